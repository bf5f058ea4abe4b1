"""An invented class goes as if it had never been there; what real people did stays to the letter."""

from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa
from makers import Clock, on_sqlite
from services.classes.people import joined
from services.classes.sitting import sit, terms
from services.corrections.keys import give, publish
from services.invented.invented import FEW, contents, given, large_pond, load_few, rows_of

from quizlib.errors import Refused
from quizlib.kinds import content_of, question_from
from quizlib.model.authoring import About
from quizlib.model.person import User
from quizlib.services import maintenance
from quizlib.services.app import App, open_app
from quizlib.services.authoring import statistics
from quizlib.services.classes import assignments, classes
from quizlib.services.corrections import complaints, rescoring
from quizlib.services.invented import removing
from quizlib.store.content.statistics import stored
from quizlib.store.databases.database import Connection
from quizlib.store.people import invented as rows
from quizlib.store.tables import attempts, metadata, notices, rescorings, users
from quizlib.store.tables import complaints as complaint_rows

# what an instructor does about questions; nobody can do it who is invented
WORK = {
    "catalogue_entries",
    "corrections",
    "media",
    "questions",
    "question_statistics",
    "question_texts",
    "rescorings",
    "verdicts",
    "versions",
}


@pytest.fixture
def ann(app: App, teacher: User) -> User:
    """A real student of a real class, who has answered there and by herself, and has reported a question."""
    group = classes.make(teacher, "Frogs 101")
    (ann,) = joined(app, teacher, group, "Ann Frog")
    sit(ann, assignments.give(teacher, group, terms(question_ids=("leap-0", "leap-1"))), "frog", "toad")
    quiz = give(ann, "newt", "leap-2")
    item = next(one for one in rows_of_attempt(app, quiz))
    complaints.complain(ann, quiz, item, About.TYPO)
    correct_key(app, teacher, "leap-1")
    return ann


def rows_of_attempt(app: App, quiz: int) -> Iterator[int]:
    with app.database.read() as connection:
        yield from connection.scalars(sa.text("SELECT id FROM items WHERE attempt_id = :quiz"), {"quiz": quiz})


def correct_key(app: App, teacher: User, name: str) -> int | None:
    """Find out that the toad jumps, and mark past answers again; give the decision."""
    old = next(one for one in large_pond() if one.id == name)
    content = content_of(old)
    for one in content["options"]:
        one["correct"] = one["text"] == "toad"
    version = publish(app, question_from(name, old.topic, content))
    return rescoring.rescore(teacher, name, version, "It is the toad.").rescoring_id


def test_nothing_is_left_of_it(app: App, teacher: User, ann: User):
    statistics.refresh(app)
    before = contents(app)
    done = load_few(app, teacher, anyway=True)
    counted = contents(app)["question_statistics"]
    removed = removing.remove(app)

    assert removed == done.answers
    assert counted != before["question_statistics"], "its answers had counted"
    assert contents(app) == before
    assert maintenance.find_damage(app) == []


@pytest.mark.usefixtures("uncounted")
def test_what_an_instructor_did_with_it_goes_too(app: App, teacher: User, ann: User):
    before = contents(app)
    group = load_few(app, teacher, number=20, anyway=True).class_id
    assignments.give(teacher, group, terms(question_ids=("leap-3",)))
    classes.share_practice(teacher, group, True)
    for one in rows_of(app, complaint_rows, complaint_rows.c.user_id != ann.id):
        complaints.answer(teacher, one.id, "So it is.")
    told = rows_of(app, notices)
    removing.remove(app)

    assert len(told) > len(before["notices"])
    assert contents(app) == before


@pytest.mark.usefixtures("uncounted")
def test_a_marking_again_tells_how_far_it_reached_without_it(app: App, teacher: User, ann: User, clock: Clock):
    give(ann, "toad", "leap-4", clock)
    group = load_few(app, teacher, anyway=True).class_id
    decided = correct_key(app, teacher, "leap-4")
    (with_it,) = rows_of(app, rescorings, rescorings.c.id == decided)
    removing.remove(app)
    (without,) = rows_of(app, rescorings, rescorings.c.id == decided)

    assert with_it.answers > 1
    assert with_it.learners > 1
    assert (without.answers, without.changed, without.learners) == (1, 1, 1)
    assert given(app, group) == []
    assert maintenance.find_damage(app) == []


@pytest.mark.usefixtures("uncounted")
def test_a_removal_that_is_cut_off_is_done_again(app: App, teacher: User, ann: User, monkeypatch: pytest.MonkeyPatch):
    before = contents(app)
    load_few(app, teacher, anyway=True)
    with monkeypatch.context() as cut:
        cut.setattr(rows, "AT_ONCE", 2)
        cut.setattr(rows, "remove_people", _twice(rows.remove_people))
        with pytest.raises(KeyboardInterrupt):
            removing.remove(app)
    left = len(rows_of(app, users, users.c.invented))
    with pytest.raises(Refused, match="loaded already"):
        load_few(app, teacher, anyway=True)
    removing.remove(app)

    assert 0 < left < FEW
    assert contents(app) == before


def _twice(remove: Callable[[Connection], bool]) -> Callable[[Connection], bool]:
    """Have the power fail when it is called for the third time."""
    left = [remove, remove]

    def removed(connection: Connection) -> bool:
        if not left:
            raise KeyboardInterrupt
        return left.pop()(connection)

    return removed


@pytest.mark.usefixtures("uncounted")
def test_a_quiz_of_somebody_real_stays_theirs(app: App, teacher: User, ann: User):
    group = load_few(app, teacher, anyway=True).class_id
    quiz = give(ann, "frog", "leap-5")
    task = given(app, group)[0].id
    with app.database.write() as connection:  # which no page allows
        connection.execute(sa.update(attempts).where(attempts.c.id == quiz).values(assignment_id=task))
    removing.remove(app)
    (kept,) = rows_of(app, attempts, attempts.c.id == quiz)

    assert (kept.user_id, kept.assignment_id) == (ann.id, None)


def test_where_there_is_none_it_says_so(app: App, teacher: User):
    with pytest.raises(Refused, match="No invented class is loaded"):
        removing.remove(app)


@pytest.mark.usefixtures("uncounted")
def test_every_process_hears_of_it(app: App, teacher: User, clock: Clock):
    with open_app(app.settings, clock=clock) as other:
        seen = [other.invented]
        load_few(app, teacher)
        other.look()
        seen.append(other.invented)
        with open_app(app.settings, clock=clock) as later:
            seen.append(later.invented)
        removing.remove(app)
        other.look()
        seen.append(other.invented)

        assert seen == [False, True, True, False]
        assert not app.invented


@on_sqlite
def test_no_table_that_names_people_is_forgotten(app: App):
    gone = {table.name for table in rows.GONE} | {"users"}
    pointing = {
        table.name
        for table in metadata.sorted_tables
        if {key.column.table.name for key in table.foreign_keys} & (gone | WORK)
    }

    assert pointing - WORK - gone == set(), "say in store/people/invented.py what becomes of it"
    assert gone & WORK == set()


@on_sqlite
def test_figures_of_questions_are_those_of_real_people_again(app: App, teacher: User, ann: User):
    load_few(app, teacher, anyway=True)
    removing.remove(app)
    with app.database.read() as connection:
        answers = {one: counted.answers for one, counted in stored(connection).items() if counted.answers}

    # without sign-in, instructors are learners too; the teacher has answered nothing
    assert answers == {"leap-0": 1, "leap-1": 1, "leap-2": 1}
