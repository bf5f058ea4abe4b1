"""A class with what it was given and what its student did, and everybody who might reach for it."""

from typing import NamedTuple

from argon2 import PasswordHasher
from makers import place_of

from quizlib.model.attempt import Attempt, Behaviour, Plan
from quizlib.model.classes import Tells, Terms
from quizlib.model.person import Role, User
from quizlib.services.app import App, current
from quizlib.services.classes import assignments, classes, roster
from quizlib.services.classes.roster import Preview
from quizlib.services.people import accounts, privacy
from quizlib.services.quizzes import choosing, sharing, study
from quizlib.services.quizzes.choosing import Choice
from quizlib.store import people
from quizlib.store.attempts import read_attempt, read_places
from quizlib.store.classes import change_member

PASSWORD = "over the lily pads"
_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
_NOWHERE = 1_000

# Actors, those whom no database knows first.
NOBODY, ERASED, STUDENT, OTHER_STUDENT = "nobody", "erased instructor", "student", "student of another class"
GUEST = "instructor who joined it as a student"
OTHER_INSTRUCTOR, FORMER, INSTRUCTOR = "instructor of another class", "instructor without the role", "instructor"
WHO = (NOBODY, ERASED, STUDENT, OTHER_STUDENT, GUEST, OTHER_INSTRUCTOR, FORMER, INSTRUCTOR)
GONE = frozenset({NOBODY, ERASED})


class Sitting(NamedTuple):
    """A quiz of the student, and a question in it that is open."""

    quiz: int
    item: int


class World(NamedTuple):
    """What there is to be reached for: `begun` and `unbegun` are assignments of the class."""

    group: int
    student: int
    colleague: int
    begun: int
    unbegun: int
    practice: Sitting
    exam: Sitting
    code: str
    share_code: str | None
    preview: Preview

    def elsewhere(self) -> "World":
        """Give the same with numbers that nothing has."""
        return self._replace(
            group=self.group + _NOWHERE,
            begun=self.begun + _NOWHERE,
            unbegun=self.unbegun + _NOWHERE,
            practice=Sitting(*(one + _NOWHERE for one in self.practice)),
            exam=Sitting(*(one + _NOWHERE for one in self.exam)),
        )


def terms(title: str = "Who jumps") -> Terms:
    return Terms(title=title, question_ids=("frog", "heron"), behaviour=Behaviour.EXAM, tells=Tells.BY_HAND)


def attempt(quiz: int) -> Attempt | None:
    """Read an attempt, whosever it is."""
    with current().database.read() as connection:
        return read_attempt(connection, quiz)


def make_world(app: App) -> tuple[World, dict[str, User]]:
    """Make the class and everybody in and around it."""
    instructor, colleague, guest, other_instructor, former, erased = (
        _add(app, f"{name} Heron", Role.INSTRUCTOR) for name in ("Ida", "Cleo", "Gus", "Olaf", "Fay", "Ed")
    )
    student, other_student = (_add(app, name) for name in ("Nora Newt", "Tom Toad"))
    group, code = _class(instructor, student, colleague, former, erased)
    _class(other_instructor, other_student, colleague)
    classes.join(guest, code)
    accounts.set_roles(former, [])
    privacy.erase(erased, erased.name)
    begun, unbegun = (assignments.give(instructor, group, terms()) for _ in range(2))
    practice = choosing.start(student, Choice(plan=Plan.RANDOM, number=3))
    first = study.sheet(student, practice)
    study.answer(student, practice, first.item.id, place_of(first, "toad"), seen=0)
    world = World(
        group,
        student.id,
        colleague.id,
        begun,
        unbegun,
        _sitting(app, practice, 2),
        _sitting(app, assignments.begin(student, begun), 1),
        code,
        sharing.code_of(student, practice),
        roster.preview(instructor, group, b"name,username\nSam Swift,sam\n", "list.csv"),
    )
    nobody = User(id=student.id + _NOWHERE, name="Nobody", sign_in_name="nobody", roles=frozenset(Role))
    former = former.model_copy(update={"roles": frozenset({Role.STUDENT})})
    people_there = (nobody, erased, student, other_student, guest, other_instructor, former, instructor)
    return world, dict(zip(WHO, people_there, strict=True))


def _add(app: App, name: str, *roles: Role) -> User:
    """Add somebody with an account: Nora Newt signs in as nora."""
    with app.database.write() as connection:
        return people.add_user(
            connection,
            app.clock(),
            name=name,
            sign_in_name=name.split()[0].lower(),
            password=_HASH,
            roles=[Role.STUDENT, *roles],
        )


def _class(instructor: User, student: User, *instructors: User) -> tuple[int, str]:
    """Make a class with a student and more instructors; give it and its code."""
    group = classes.make(instructor, f"The class of {instructor.name}")
    code = classes.new_code(instructor, group)
    classes.join(student, code)
    with current().database.write() as connection:
        change_member(connection, group, student.id, account_made=True)
    for one in instructors:
        classes.join(one, code)
        classes.make_instructor(instructor, group, one.id)
    return group, code


def _sitting(app: App, quiz: int, position: int) -> Sitting:
    with app.database.read() as connection:
        return Sitting(quiz, read_places(connection, quiz)[position - 1].item_id)
