"""Pages of a class of 300 with 300,000 answers, and of a question, among ten million answers of others."""

import asyncio
import statistics
import sys
import tempfile
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from driving.crowd import EACH, crowd, store_attempts, store_items
from driving.postgres import Postgres
from driving.protocol import Tab
from driving.server import ROOT, Server
from driving.upkeep import prepare

from bench.loads import EmptyUse, one_learner
from bench.pages import empty_server
from quizlib.config import Settings
from quizlib.model.classes import Terms
from quizlib.model.person import Role, User
from quizlib.services.app import App, open_app, use
from quizlib.services.authoring import statistics as figures
from quizlib.services.classes import assignments, classes
from quizlib.services.people import accounts
from quizlib.store.databases.addresses import database_at
from quizlib.store.people import people
from quizlib.store.people.classes import add_members

ANSWERS, STUDENTS, ASSIGNMENTS, TIMES = 10_000_000, 300, 50, 15
PASSWORD = "three green frogs"


def main(answers: int = ANSWERS) -> None:
    """Measure on both databases, beside an empty app."""
    with tempfile.TemporaryDirectory() as name, Postgres() as postgres:
        folder = Path(name)
        for address in (f"sqlite:///{folder / 'quiz.db'}", postgres.fresh()):
            settings = Settings(address, ROOT / "questions", "accounts")
            prepare(settings)
            kind = address.partition(":")[0].partition("+")[0]
            with open_app(settings) as app:
                use(app)
                token, pages = filled(app, answers)
                took = _timed(lambda app=app: figures.refresh(app))
                print(f"every question analysed among {answers:,} answers, {kind}: {took:.0f} s", flush=True)
                use(None)
            with (
                Server(folder / kind, database_url=address, sign_in="accounts") as server,
                empty_server(folder) as empty,
            ):
                asyncio.run(_pages(kind, server, empty, token, pages))


def filled(app: App, answers: int) -> tuple[str, dict[str, tuple[str, float]]]:
    """Store the answers of a class and of others; give the instructor's token, and the pages with their bars in ms."""
    started = time.perf_counter()
    teacher, link = accounts.add_person("Anna Frog", "anna", [Role.INSTRUCTOR])
    token = accounts.use_link(link, PASSWORD)
    class_id = classes.make(teacher, "Anatomy")
    given = [
        assignments.give(teacher, class_id, Terms(title=f"Week {number + 1}", number=EACH, same_for_all=False))
        for number in range(ASSIGNMENTS)
    ]
    students = _students(app, class_id)
    patient = database_at(app.settings.database_url, patient=True)
    with closing(patient), patient.write() as connection:
        first, attempt = students[0].id, 1
        number = STUDENTS * ASSIGNMENTS
        store_attempts(connection, attempt, number, f"{first} + i % {STUDENTS}", f"{given[0]} + i / {STUDENTS}")
        # everybody has the same twenty questions of an assignment
        person = f"{first} + i / {EACH} % {STUDENTS}"
        question = f"i / {EACH * STUDENTS} * {EACH} + i % {EACH}"
        store_items(connection, 1, number * EACH, f"{attempt} + i / {EACH}", person, question)
        question_id = connection.scalar(sa.text("SELECT question_id FROM items ORDER BY id LIMIT 1"))
        crowd(connection, answers)
    with (
        closing(database_at(app.settings.database_url, patient=True)) as database,
        database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
    ):
        connection.execute(sa.text("ANALYZE"))
    print(f"(filled in {time.perf_counter() - started:.0f} s)", flush=True)
    student = students[0].id
    return token, {
        "class": (f"class={class_id}", 400),
        "scores": (f"class={class_id}", 400),
        "student": (f"class={class_id}&student={student}", 400),
        "question": (f"question={question_id}", 300),
        "assignment": (f"assignment={given[-1]}", 400),
        "analysis": (f"assignment={given[-1]}", 400),
    }


def _students(app: App, class_id: int) -> list[User]:
    now = app.clock()
    with app.database.write() as connection:
        new = [people.add_user(connection, now, name=f"Student {n}", roles=[Role.STUDENT]) for n in range(STUDENTS)]
        add_members(connection, class_id, [one.id for one in new], Role.STUDENT, now - timedelta(days=100))
    return new


async def _pages(kind: str, server: Server, empty: Server, token: str, pages: dict[str, tuple[str, float]]) -> None:
    nothing = statistics.median(await one_learner(empty.url, EmptyUse(), 30))
    for page, (query, bar) in pages.items():
        async with Tab(server.url, page=page, query=query, headers={"Cookie": f"quiz_sign_in={token}"}) as tab:
            assert tab.exceptions == []
            assert not tab.has("trouble"), tab.text()
            took = statistics.median([await tab.rerun() for _ in range(TIMES)])
        print(
            f"page {page}, {kind}: server run p50 {took * 1000:.0f} ms, {took / nothing:.1f} times an empty app's  "
            f"bar ≤ {bar} ms",
            flush=True,
        )


def _timed(act) -> float:  # type: ignore[no-untyped-def]
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(int(sys.argv[1]))
