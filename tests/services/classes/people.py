"""People who come to a class, without passwords: how they sign in is not asked here."""

from quizlib.model.person import Role, User
from quizlib.services.app import App
from quizlib.services.classes import classes
from quizlib.store.people import people


def add(app: App, name: str, *, instructs: bool = False) -> User:
    """Add somebody with the sign-in name that their name gives: Ann Frog signs in as ann.frog."""
    roles = [Role.STUDENT, *([Role.INSTRUCTOR] if instructs else [])]
    sign_in_name = name.lower().replace(" ", ".")
    with app.database.write() as connection:
        return people.add_user(connection, app.clock(), name=name, sign_in_name=sign_in_name, roles=roles)


def code_of(teacher: User, group: int) -> str:
    """Give the join code of a class that takes people."""
    code = classes.view(teacher, group).group.join_code
    assert code is not None
    return code


def joined(app: App, teacher: User, group: int, *names: str) -> list[User]:
    """Add people and let them join."""
    people_there = [add(app, name) for name in names]
    for one in people_there:
        classes.join(one, code_of(teacher, group))
    return people_there


def names(teacher: User, group: int) -> list[str]:
    """Give the names of a class's students."""
    return [one.name for one in classes.view(teacher, group).students]
