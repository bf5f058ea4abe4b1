"""A class with what it was given and what its student did, and everybody who might reach for it."""

from dataclasses import replace
from typing import NamedTuple

import sqlalchemy as sa
from argon2 import PasswordHasher
from drawn import encoded
from makers import place_of, question
from services.corrections.keys import WHY, correct

from quizlib.bank.writing import write_question
from quizlib.model.attempt import Attempt, Behaviour, Plan
from quizlib.model.authoring import About, Origin
from quizlib.model.classes import Tells, Terms
from quizlib.model.person import Role, User
from quizlib.services.app import App, current
from quizlib.services.authoring import drafts, pictures, saving, versions
from quizlib.services.classes import assignments, classes, roster
from quizlib.services.classes.roster import Preview
from quizlib.services.corrections import complaints, rescoring
from quizlib.services.exporting import answers
from quizlib.services.people import accounts, privacy
from quizlib.services.quizzes import choosing, sharing, study
from quizlib.services.quizzes.choosing import Choice
from quizlib.store.answers.attempts import read_attempt, read_places
from quizlib.store.content.questions import save_version
from quizlib.store.content.versions import versions_of
from quizlib.store.people import people
from quizlib.store.people.classes import change_member
from quizlib.store.tables import complaints as rows

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
    """What there is to be reached for: `begun` and `unbegun` are assignments of the class.

    `told` is a question whose answer the student has been told, `complaint` the first of what they reported;
    `draft` is the instructor's work on the frog, which is asked in `version`. By `corrected`, a version of the heron,
    past answers were marked, which is the decision `marking`. `file` is what the student had made to be fetched.
    """

    group: int
    student: int
    colleague: int
    begun: int
    unbegun: int
    practice: Sitting
    exam: Sitting
    told: Sitting
    complaint: int
    draft: int
    unwritten: int
    proposed: int
    version: int
    code: str
    share_code: str | None
    preview: Preview
    picture: str
    corrected: int
    marking: int
    file: str

    def elsewhere(self) -> "World":
        """Give the same with numbers that nothing has."""
        return self._replace(
            group=self.group + _NOWHERE,
            begun=self.begun + _NOWHERE,
            unbegun=self.unbegun + _NOWHERE,
            practice=Sitting(*(one + _NOWHERE for one in self.practice)),
            exam=Sitting(*(one + _NOWHERE for one in self.exam)),
            told=Sitting(*(one + _NOWHERE for one in self.told)),
            complaint=self.complaint + _NOWHERE,
            draft=self.draft + _NOWHERE,
            unwritten=self.unwritten + _NOWHERE,
            proposed=self.proposed + _NOWHERE,
            version=self.version + _NOWHERE,
            picture=f"no-{self.picture}",
            corrected=self.corrected + _NOWHERE,
            marking=self.marking + _NOWHERE,
            file=f"no-{self.file}",
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
    corrected = correct(app, "toad", "heron")
    marking = rescoring.rescore(instructor, "heron", corrected, WHY).rescoring_id or 0
    disagree()
    begun, unbegun = (assignments.give(instructor, group, terms()) for _ in range(2))
    practice = choosing.start(student, Choice(plan=Plan.RANDOM, number=4))
    # a mistake in what no exam asks: that may be repeated while one goes on
    sheets = (study.sheet(student, practice, position) for position in (1, 3, 4))
    first = next(one for one in sheets if one.question.id in ("mole", "newt"))
    study.answer(student, practice, first.item.id, place_of(first, "newt"), seen=0)
    told = _reported(app, student)
    world = World(
        group,
        student.id,
        colleague.id,
        begun,
        unbegun,
        _sitting(app, practice, 2),
        _sitting(app, assignments.begin(student, begun), 1),
        told,
        complaints.queue(instructor)[-1].complaint.id,
        drafts.edit(instructor, "frog"),
        drafts.begin(instructor),
        _proposed(app, instructor),
        versions.opened(instructor, "frog").newest.id,
        code,
        sharing.code_of(student, practice),
        roster.preview(instructor, group, b"name,username\nSam Swift,sam\n", "list.csv"),
        pictures.take(instructor, encoded()),
        corrected,
        marking,
        answers.mine(student, "csv").token,
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


def disagree(_before: None = None) -> None:
    """Change the mole in its file and in the database, to something new each time."""
    app = current()
    with app.database.write() as connection:
        number = len(versions_of(connection, "mole"))
        here = question("mole", "meadow", takeaway=f"Moles dig for the {number}th time.")
        save_version(connection, here, now=app.clock(), origin=Origin.BROWSER, note="made")
    write_question(app.settings.questions, question("mole", "meadow", takeaway=f"Moles dug {number} times."))


def open_complaint(world: World) -> int:
    """Give a complaint of the student that nobody has answered yet: each is answered once."""
    with current().database.read() as connection:
        waiting = sa.select(sa.func.min(rows.c.id)).where(rows.c.closed_at.is_(None), rows.c.id >= world.complaint)
        return connection.scalar(waiting) or world.complaint


def _reported(app: App, student: User) -> Sitting:
    """Have the student end a quiz and report its three questions; give the first."""
    quiz = study.start(student, number=3)
    study.finish(student, quiz)
    told = [_sitting(app, quiz, position) for position in (1, 2, 3)]
    for one in told:
        complaints.complain(student, *one, About.KEY, "It is the newt.")
    return told[0]


def _proposed(app: App, instructor: User) -> int:
    """Have a version of the newt wait for its approval."""
    before = app.settings
    app.settings = replace(before, must_be_approved=True)
    draft = drafts.read(instructor, drafts.edit(instructor, "newt")).draft
    content = {**draft.content, "takeaway": "Newts swim."}
    draft = drafts.keep(instructor, draft.id, draft.seq, topic=draft.topic, content=content)
    made = saving.save(instructor, draft.id, draft.seq, "shorter", publish=True)
    app.settings = before
    return made.version_id


def _sitting(app: App, quiz: int, position: int) -> Sitting:
    with app.database.read() as connection:
        return Sitting(quiz, read_places(connection, quiz)[position - 1].item_id)
