"""How finished attempts went, by topic, is what their answers say: at the end, after an upgrade, after damage."""

from typing import Any

import pytest
import sqlalchemy as sa
from driving.behind import behind
from makers import NOON, Clock, place_of

from quizlib.model.attempt import Behaviour, Filter, Plan
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.maintenance import find_damage, rebuild_caches
from quizlib.services.quizzes import choosing, exam, study
from quizlib.services.quizzes.choosing import Choice
from quizlib.store.databases import migrate
from quizlib.store.tables import items, tallies

BACK = (
    "DROP TABLE tallies",
    "ALTER TABLE items DROP COLUMN elapsed_ms",
    "ALTER TABLE users DROP COLUMN invented",
    "ALTER TABLE classes DROP COLUMN invented",
    "ALTER TABLE question_statistics DROP COLUMN discrimination",
    "ALTER TABLE question_statistics DROP COLUMN correlated",
    "ALTER TABLE question_statistics DROP COLUMN analysed",
    "ALTER TABLE question_statistics DROP COLUMN analysed_at",
    "ALTER TABLE question_statistics DROP COLUMN figures",
    "UPDATE alembic_version SET version_num = '0005'",
)


@pytest.fixture
def quiz(learner: User, clock: Clock) -> int:
    """A quiz that is done: three in the pond with one mistake, and one in the meadow."""
    number = choosing.start(learner, Choice(plan=Plan.RANDOM, number=4))
    for position in (1, 2, 3, 4):
        clock.move(seconds=20)
        shown = study.sheet(learner, number, position)
        name = "toad" if shown.question.id == "heron" else "frog"
        study.answer(learner, number, shown.item.id, place_of(shown, name), seen=0, elapsed_ms=2_000)
    return number


def stored(app: App) -> list[tuple[Any, ...]]:
    with app.database.read() as connection:
        return [tuple(row) for row in connection.execute(sa.select(tallies).order_by(*tallies.primary_key.columns))]


def test_a_quiz_that_ends_is_tallied_by_topic(app: App, quiz: int):
    assert stored(app) == [(quiz, "meadow", 1, 1, 1, 1.0, 2_000), (quiz, "pond", 3, 3, 2, 2.0, 6_000)]


def test_a_quiz_that_goes_on_has_no_tally_and_one_that_is_ended_counts_what_was_left(app: App, learner: User):
    number = choosing.start(learner, Choice(filter=Filter(topics=("pond",)), plan=Plan.RANDOM, number=3))
    shown = study.sheet(learner, number, 1)
    study.answer(learner, number, shown.item.id, place_of(shown, "frog"), seen=0)
    assert stored(app) == []

    study.finish(learner, number)

    assert stored(app) == [(number, "pond", 3, 1, 1, 1.0, None)]


def test_an_exam_is_tallied_as_it_was_handed_in(app: App, learner: User):
    sat = choosing.start(
        learner, Choice(filter=Filter(topics=("pond",)), plan=Plan.RANDOM, number=2, behaviour=Behaviour.EXAM)
    )
    shown = study.sheet(learner, sat, 1)
    exam.save(learner, sat, shown.item.id, place_of(shown, "newt"), seen=shown.item.seq)
    study.finish(learner, sat)

    assert stored(app) == [(sat, "pond", 2, 1, 0, 0.0, None)]


@pytest.mark.parametrize(
    "damage",
    ["DELETE FROM tallies", "UPDATE tallies SET points = 9", "UPDATE tallies SET topic = 'x' WHERE topic = 'pond'"],
)
def test_a_wrong_tally_is_found_and_mended(app: App, quiz: int, damage: str):
    whole = stored(app)
    assert find_damage(app) == []
    behind(app.settings.database_url, damage)

    (problem,) = find_damage(app)
    assert str(problem).startswith(f"attempt {quiz}")
    assert rebuild_caches(app) == 1
    assert stored(app) == whole
    assert find_damage(app) == []


def test_an_upgrade_tallies_what_was_done_before(app: App, quiz: int):
    """The tables are taken back to the release before, and brought up again."""
    whole = stored(app)
    for back in BACK:
        behind(app.settings.database_url, back)

    assert migrate.upgrade(app.database, NOON)

    assert stored(app) == whole
    with app.database.read() as connection:
        assert set(connection.scalars(sa.select(items.c.elapsed_ms))) == {2_000}
    assert find_damage(app) == []
