"""Who may do what. Every service checks once, here, before it does anything."""

from quizlib.errors import NotAllowed, NotFound, Refused, SignedOut
from quizlib.model.classes import Assignment, Class, Member
from quizlib.model.person import Role, User
from quizlib.store.answers import assignments
from quizlib.store.databases.database import Connection
from quizlib.store.people import classes, people

NO_CLASS = "This class is not here. You may have left it, or it belongs to somebody else."
NO_ASSIGNMENT = "This assignment is not here. It may have been withdrawn, or you are not in its class."
ONLY_INSTRUCTORS = "Only instructors can do this."
GONE = "You are signed out."


def require_person(connection: Connection, actor: User) -> None:
    """Raise SignedOut when the actor is nobody any more, as in a tab that stayed open while they erased themself."""
    if people.read_user(connection, actor.id) is None:
        raise SignedOut(GONE)


def require_instructor(actor: User) -> None:
    """Raise NotAllowed unless the actor is an instructor."""
    if not actor.instructs:
        raise NotAllowed(ONLY_INSTRUCTORS)


def class_taught(connection: Connection, actor: User, class_id: int) -> Class:
    """Give a class that the actor instructs; raise NotFound otherwise, so that nobody learns that it exists."""
    found = classes.read_class(connection, class_id)
    member = classes.membership(connection, class_id, actor.id)
    if found is None or member is None or member.role is not Role.INSTRUCTOR or not actor.instructs:
        raise NotFound(NO_CLASS)
    return found


def require_real(group: Class) -> None:
    """Raise Refused where somebody real would come into an invented class: it is taken away whole."""
    if group.invented:
        raise Refused("This class is invented, to look round in. Nobody can join it; make a class of your own.")


def require_successor(connection: Connection, group: Class, user_id: int) -> None:
    """Raise Refused when others are in a class, and nobody but this person instructs it."""
    if group.invented:
        return
    others = [one for one in classes.members(connection, group.id) if one.user_id != user_id]
    if others and not any(one.instructs for one in others):
        raise Refused(
            f"You are the only instructor of {group.name}. Have another one take over first, or remove the students."
        )


def member_of(connection: Connection, actor: User, class_id: int) -> Member:
    """Give what the actor is in a class; raise NotFound when they are not in it."""
    member = classes.membership(connection, class_id, actor.id)
    if member is None:
        raise NotFound(NO_CLASS)
    return member


def assignment_taught(connection: Connection, actor: User, assignment_id: int) -> Assignment:
    """Give an assignment of a class that the actor instructs; raise NotFound otherwise."""
    found = assignments.read_assignment(connection, assignment_id)
    if found is None or found.withdrawn_at is not None:
        raise NotFound(NO_ASSIGNMENT)
    try:
        class_taught(connection, actor, found.class_id)
    except NotFound:
        raise NotFound(NO_ASSIGNMENT) from None
    return found


def assignment_given(connection: Connection, actor: User, assignment_id: int) -> tuple[Assignment, Member]:
    """Give an assignment that the actor has as a student, and what they are in its class; raise NotFound otherwise."""
    found = assignments.read_assignment(connection, assignment_id)
    member = classes.membership(connection, found.class_id, actor.id) if found else None
    if found is None or found.withdrawn_at is not None or member is None or member.role is not Role.STUDENT:
        raise NotFound(NO_ASSIGNMENT)
    return found, member
