"""Classes: who is in them, and how one gets in and out."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from quizlib.engine.behaviour import GRACE
from quizlib.errors import NotFound, Refused
from quizlib.model.classes import Assignment, Class, Member
from quizlib.model.person import Role, User
from quizlib.services import permissions
from quizlib.services.app import current
from quizlib.services.classes.ends import move_ends
from quizlib.services.people.accounts import NO_CODE, open_class, plain_code
from quizlib.services.people.people import good_name
from quizlib.store.answers import assignments as tasks
from quizlib.store.answers.practice import practised_since
from quizlib.store.databases.database import PEOPLE, Connection
from quizlib.store.people import classes as rows
from quizlib.store.people import people

# nothing that is taken for something else when it is read from a wall
_LETTERS = "ACDEFGHJKMNPQRTUVWXY34679"
CODE_LENGTH = 8
WEEK = timedelta(days=7)
# fewer people than this do not vanish in a total
FEW = 5
EXTRA_TIMES = (1.0, 1.25, 1.5, 1.75, 2.0, 3.0)


@dataclass(frozen=True)
class Progress:
    """How far a class is with an assignment: students who are done, have begun, have not begun."""

    assignment: Assignment
    done: int
    begun: int
    not_begun: int


@dataclass(frozen=True)
class Practice:
    """What a class practised by itself in a week.

    Totals only, to the nearest five, and none while so few have practised that they would tell about one person. The
    students in `shared` let this class's instructors see it by name, each with answers and how many were right.
    """

    learners: int | None
    answers: int | None
    right: int | None
    shared: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class ClassView:
    """A class as its instructor sees it: everybody in it, and how far each assignment is, newest first."""

    group: Class
    members: tuple[Member, ...]
    progress: tuple[Progress, ...]

    @property
    def students(self) -> tuple[Member, ...]:
        """The students, by name."""
        return tuple(one for one in self.members if one.role is Role.STUDENT)

    @property
    def instructors(self) -> tuple[Member, ...]:
        """The instructors, by name."""
        return tuple(one for one in self.members if one.role is Role.INSTRUCTOR)


def mine(actor: User) -> list[tuple[Class, Member]]:
    """Give the classes that the actor is in, and what they are there."""
    with current().database.read() as connection:
        found = rows.classes_of(connection, actor.id)
    # what only an instructor needs is not told to others
    return [
        (one if member.role is Role.INSTRUCTOR else one.model_copy(update={"join_code": None}), member)
        for one, member in found
    ]


def make(actor: User, name: str) -> int:
    """Make a class and give its id."""
    permissions.require_instructor(actor)
    app = current()
    name = good_name(name)
    with app.database.write(PEOPLE) as connection:
        permissions.require_person(connection, actor)
        return rows.add_class(
            connection, name=name, join_code=_fresh_code(connection), made_by=actor.id, now=app.clock()
        )


def view(actor: User, class_id: int) -> ClassView:
    """Give a class with everybody in it and how far its assignments are."""
    app = current()
    with app.database.read() as connection:
        group = permissions.class_taught(connection, actor, class_id)
        members = rows.members(connection, class_id)
        given = tasks.of_class(connection, class_id)
        far = tasks.how_far(connection, class_id, app.clock() - GRACE)
    students = sum(one.role is Role.STUDENT for one in members)
    progress = []
    for assignment in given:
        done, begun = far.get(assignment.id, (0, 0))
        progress.append(Progress(assignment, done, begun, students - done - begun))
    return ClassView(group, tuple(members), tuple(progress))


def taught(actor: User, class_id: int) -> Class:
    """Give a class that the actor instructs."""
    with current().database.read() as connection:
        return permissions.class_taught(connection, actor, class_id)


def practice(actor: User, class_id: int) -> Practice:
    """Give what a class practised in the last seven days: totals, and by name who shares it."""
    app = current()
    with app.database.read() as connection:
        permissions.class_taught(connection, actor, class_id)
        done = practised_since(connection, class_id, app.clock() - WEEK)
        members = {one.user_id: one for one in rows.members(connection, class_id)}
    shared = tuple(
        (members[one.user_id].name, one.answers, one.right) for one in done if members[one.user_id].shares_practice
    )
    silent = [one for one in done if not members[one.user_id].shares_practice]
    if 0 < len(silent) < FEW:
        return Practice(None, None, None, shared)
    known_answers, known_right = sum(answers for _, answers, _ in shared), sum(right for _, _, right in shared)
    answers = _in_fives(sum(one.answers for one in silent))
    right = min(answers, _in_fives(sum(one.right for one in silent)))
    return Practice(len(done), known_answers + answers, known_right + right, shared)


def rename(actor: User, class_id: int, name: str) -> None:
    """Give a class another name."""
    with current().database.write(PEOPLE) as connection:
        permissions.class_taught(connection, actor, class_id)
        rows.change_class(connection, class_id, name=good_name(name))


def new_code(actor: User, class_id: int) -> str:
    """Give a class a new join code, also one that took nobody new; the old one stops working."""
    with current().database.write(PEOPLE) as connection:
        permissions.require_real(permissions.class_taught(connection, actor, class_id))
        code = _fresh_code(connection)
        rows.change_class(connection, class_id, join_code=code)
    return code


def close(actor: User, class_id: int) -> None:
    """Take nobody new into a class; who is in it stays."""
    with current().database.write(PEOPLE) as connection:
        permissions.class_taught(connection, actor, class_id)
        rows.change_class(connection, class_id, join_code=None)


def name_for_code(code: str) -> str:
    """Give the name of the class that a code opens; raise Refused when there is none."""
    with current().database.read() as connection:
        found = rows.by_join_code(connection, plain_code(code)) if code.strip() else None
    if found is None:
        raise Refused(NO_CODE)
    return found.name


def join(actor: User, code: str) -> int:
    """Join the class that a code opens, and give its id; who is in it already stays what they are."""
    app = current()
    with app.database.write(PEOPLE) as connection:
        permissions.require_person(connection, actor)
        class_id = open_class(connection, code)
        if rows.membership(connection, class_id, actor.id) is None:
            rows.add_members(connection, class_id, [actor.id], Role.STUDENT, app.clock())
    return class_id


def leave(actor: User, class_id: int) -> None:
    """Leave a class; an only instructor can when nobody else is in it, and then nobody gets in any more."""
    with current().database.write(PEOPLE) as connection:
        member = permissions.member_of(connection, actor, class_id)
        group = rows.read_class(connection, class_id)
        if member.role is Role.INSTRUCTOR and group is not None:
            permissions.require_successor(connection, group, actor.id)
        rows.remove_member(connection, class_id, actor.id)
        if not rows.members(connection, class_id):
            rows.change_class(connection, class_id, join_code=None)


def remove(actor: User, class_id: int, user_id: int) -> None:
    """Take somebody out of the actor's class; what they answered is kept."""
    with current().database.write(PEOPLE) as connection:
        group = permissions.class_taught(connection, actor, class_id)
        member = rows.membership(connection, class_id, user_id)
        if member is None:
            raise NotFound("This person is not in the class any more.")
        if member.role is Role.INSTRUCTOR:
            permissions.require_successor(connection, group, user_id)
        rows.remove_member(connection, class_id, user_id)


def make_instructor(actor: User, class_id: int, user_id: int) -> None:
    """Have another instructor, who has joined as a student, instruct the class as well."""
    with current().database.write(PEOPLE) as connection:
        permissions.class_taught(connection, actor, class_id)
        person = people.read_user(connection, user_id)
        if person is None or rows.membership(connection, class_id, user_id) is None:
            raise NotFound("This person is not in the class any more.")
        if not person.instructs:
            raise Refused(
                f"{person.name} is not an instructor. Whoever runs the server can change that: "
                f"quiz people role {person.sign_in_name or f'#{person.id}'} instructor"
            )
        rows.change_member(connection, class_id, user_id, role=Role.INSTRUCTOR)


def set_extra_time(actor: User, class_id: int, user_id: int, factor: float) -> None:
    """Multiply a student's time limits by a factor, also in an attempt that goes on."""
    if not 1 <= factor <= 10:
        raise Refused("Extra time is a factor from 1 to 10.")
    with current().database.write(PEOPLE) as connection:
        permissions.class_taught(connection, actor, class_id)
        if rows.membership(connection, class_id, user_id) is None:
            raise NotFound("This person is not in the class any more.")
        rows.change_member(connection, class_id, user_id, extra_time=factor)
        move_ends(connection, class_id)


def share_practice(actor: User, class_id: int, shared: bool) -> None:
    """Let the instructors of a class see one's own practice by name, or no more."""
    with current().database.write(PEOPLE) as connection:
        permissions.member_of(connection, actor, class_id)
        rows.change_member(connection, class_id, actor.id, shares_practice=shared)


def _in_fives(number: int) -> int:
    """Round so that the difference of two totals does not tell what one student did."""
    return 5 * round(number / 5)


def _fresh_code(connection: Connection) -> str:
    while True:
        code = "".join(secrets.choice(_LETTERS) for _ in range(CODE_LENGTH))
        if rows.by_join_code(connection, code) is None:
            return code
