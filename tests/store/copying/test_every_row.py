"""Every row of one database is the same in another of either kind, and the copy goes on from there."""

from typing import Any

import sqlalchemy as sa
from driving.behind import behind
from makers import Clock, opened, place_of, question
from store.copying.lessons_complaints import complain
from store.copying.lessons_drafts import write
from store.copying.lessons_rescoring import mark_again
from store.copying.rows import counted, give_sign, rows

from quizlib.bank.writing import write_question
from quizlib.config import Settings
from quizlib.model.classes import Terms
from quizlib.model.person import User
from quizlib.services import bank, maintenance
from quizlib.services.app import App, use
from quizlib.services.classes import assignments, classes
from quizlib.services.people.people import local_person
from quizlib.services.quizzes import study
from quizlib.store.databases.copying import COPIED
from quizlib.store.people import people


def test_every_row_is_the_same_there_and_back(used: str, other: str, back: str):
    before = rows(used)

    assert maintenance.copy(used, other) == maintenance.copy(other, back) == counted(before)
    assert rows(other) == rows(back) == rows(used) == before


def test_a_row_that_others_of_its_table_point_to_may_lie_behind_them(used: str, other: str):
    """PostgreSQL puts a row that is changed behind all others."""
    behind(used, "UPDATE rescorings SET reason = reason WHERE undoes_id IS NULL")
    before = rows(used)

    assert maintenance.copy(used, other) == counted(before)
    assert rows(other) == before


def test_that_was_a_database_with_everything_in_it(used: str):
    """Else the test above would say little."""
    found = rows(used)
    text = {name: "\n".join(those) for name, those in found.items()}

    assert all(found.values())
    for word in ("Żaba", "🐸", "\\u2028", "“quote”", "'case'"):
        assert word in text["versions"] + text["questions"]
    assert "'retired'" in text["questions"]
    assert {"submit", "skip", "flag", "unflag", "save"} <= set(text["steps"].split("'"))
    assert {"open", "answered"} <= set(text["items"].split("'"))
    assert "'response': None" in text["items"]
    assert "'exam'" in text["attempts"]
    assert "'finished_at': None" in text["attempts"]
    assert ", 123457, tzinfo=" in text["attempts"]
    assert "'last_choice': {" in text["users"]
    assert "'erased_at': None" in text["users"]
    assert "'question_ids': None" in text["assignments"]


def test_every_column_of_it_says_something_somewhere(app: App, used: str):
    """A column that a later release brings is not copied unseen."""
    columns = [column for table in COPIED for column in table.columns]
    with app.database.read() as connection:
        silent = {str(one) for one in columns if not connection.scalar(sa.select(sa.func.count(one)))}

    assert silent == set()


def test_whoever_has_chosen_nothing_has_chosen_nothing_there_too(app: App, learner: User, other: str):
    maintenance.copy(app.settings.database_url, other)

    assert behind(other, "SELECT count(*) FROM users WHERE last_choice IS NULL") == [(1,)]


def test_what_is_new_in_a_copy_gets_ids_of_its_own(used: str, other: str, settings: Settings, clock: Clock):
    maintenance.copy(used, other)
    before = highest(other)
    write_question(settings.questions, question("newt", takeaway="Newts do not."))
    with opened(Settings(other, settings.questions), clock) as copy:
        bank.sync(copy)
        use(copy)
        actor = local_person()
        shown = study.sheet(actor, study.start(actor))
        study.answer(actor, shown.attempt.id, shown.item.id, place_of(shown, "frog"), seen=0)
        with copy.database.write() as connection:
            people.add_local_person(connection, clock())
        assignments.give(actor, classes.make(actor, "Toads 101"), Terms(title="All about toads", number=1))
        write(actor, "crapaud")
        complain(actor, actor)
        mark_again(actor, actor, clock)
        assert maintenance.find_damage(copy) == []

    after = highest(other)
    assert {"users", "classes", "assignments", "versions", "attempts", "items", "drafts", "notices"} <= set(before)
    assert all(after[name] > before[name] for name in before)


def highest(address: str) -> dict[str, Any]:
    """Give the highest id of every table that numbers its rows."""
    numbered = [table.name for table in COPIED if table.autoincrement_column is not None]
    return {name: behind(address, f"SELECT max(id) FROM {name}")[0][0] for name in numbered}


def test_signs_of_life_are_not_copied(used: str, other: str):
    give_sign(used)
    maintenance.copy(used, other)

    assert behind(used, "SELECT count(*) FROM processes") == [(1,)]
    assert behind(other, "SELECT count(*) FROM processes") == [(0,)]
