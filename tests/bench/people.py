"""Signing in, a large class, a long list of students."""

import asyncio
import statistics
import tempfile
import time
import urllib.parse
import urllib.request
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from driving.choices import only_choices
from driving.postgres import Postgres
from driving.protocol import Tab
from driving.server import Server
from driving.upkeep import prepare

from bench.loads import QuizUse
from quizlib.config import Settings
from quizlib.interop.table import write_csv
from quizlib.model.classes import Terms
from quizlib.model.person import Role, User
from quizlib.services.app import App, open_app, use
from quizlib.services.classes import assignments, classes, roster
from quizlib.services.people import accounts, signing_in
from quizlib.services.people.passwords import hash_password
from quizlib.store.people import people
from quizlib.store.people.classes import add_members
from quizlib.store.tables import attempts, items, versions

STUDENTS, ASSIGNMENTS, LONG_LIST, AT_ONCE, LEARNERS = 300, 40, 2000, 20, 30
PASSWORD = "three green frogs"


def main() -> None:
    """The four bars of sign-in and classes, on SQLite, and what depends on the database on PostgreSQL as well."""
    with tempfile.TemporaryDirectory() as name, Postgres(durable=True) as postgres:
        folder = Path(name)
        bank = only_choices(folder / "questions")
        for address in (f"sqlite:///{folder / 'quiz.db'}", postgres.fresh()):
            settings = Settings(address, bank, "accounts")
            prepare(settings)
            kind = address.partition(":")[0].partition("+")[0]
            with open_app(settings) as app:
                use(app)
                token, class_id = _class_of(app)
                _times(kind, token, class_id)
                use(None)
            with Server(folder / kind, database_url=address, questions=str(bank), sign_in="accounts") as server:
                asyncio.run(_class_page(kind, server, token, class_id))
                if kind == "sqlite":
                    asyncio.run(_sign_ins_at_once(server, token))


def _class_of(app: App) -> tuple[str, int]:
    """Make a class of 300 in which everybody has done every assignment; give the instructor's token."""
    teacher, link = accounts.add_person("Anna Frog", "anna", [Role.INSTRUCTOR])
    token = accounts.use_link(link, PASSWORD)
    class_id = classes.make(teacher, "Anatomy 2")
    stored = hash_password(PASSWORD)
    students = [
        {"name": f"Student {n:03}", "sign_in_name": f"s{n}", "roles": [Role.STUDENT], "password": stored}
        for n in range(STUDENTS)
    ]
    with app.database.write() as connection:
        ids = people.add_users(connection, app.clock(), students)
        add_members(connection, class_id, ids, Role.STUDENT, app.clock())
    given = [assignments.give(teacher, class_id, Terms(title=f"Week {n}")) for n in range(ASSIGNMENTS)]
    _done(app, teacher, ids, given)
    return token, class_id


def _done(app: App, teacher: User, user_ids: list[int], given: list[int]) -> None:
    now = app.clock()
    with app.database.write() as connection:
        version = connection.execute(sa.select(versions).limit(1)).mappings().one()
        about = {"plan": "fixed", "behaviour": "practice", "filter": {}, "seed": 1, "number": 10, "started_at": now}
        made = connection.execute(
            sa.insert(attempts).returning(attempts.c.id, attempts.c.user_id),
            [
                {**about, "user_id": user, "assignment_id": one, "finished_at": now + timedelta(minutes=5)}
                for user in user_ids
                for one in given
            ],
        ).all()
        for start in range(0, len(made), 1000):
            connection.execute(
                sa.insert(items),
                [
                    {
                        "attempt_id": attempt.id,
                        "position": position,
                        "version_id": version["id"],
                        "arrangement": [0, 1, 2, 3],
                        "user_id": attempt.user_id,
                        "question_id": version["question_id"],
                        "topic": version["topic"],
                        "asked_hash": version["asked_hash"],
                        "state": "answered",
                        "fraction": 1.0,
                        "answered_at": now,
                    }
                    for attempt in made[start : start + 1000]
                    for position in range(1, 11)
                ],
            )


def _times(kind: str, token: str, class_id: int) -> None:
    teacher = signing_in.who(token)
    print(f"sign-in check of a run, {kind}: {_median(200, lambda: signing_in.who(token)):.2f} ms  bar ≤ 1 ms")
    print(
        f"class of {STUDENTS} × {ASSIGNMENTS}, service, {kind}: "
        f"{_median(9, lambda: classes.view(teacher, class_id)):.0f} ms"
    )
    rows = [(f"Newt {n}", f"newt{n}@pond.example") for n in range(LONG_LIST)]
    content = write_csv(("name", "email"), rows).encode()
    started = time.perf_counter()
    found = roster.preview(teacher, class_id, content, "list.csv")
    looked = time.perf_counter() - started
    own = classes.make(teacher, "Newts")
    started = time.perf_counter()
    roster.take_in(teacher, own, found)
    took = time.perf_counter() - started
    print(f"list of {LONG_LIST}, {kind}: preview {looked:.2f} s  bar ≤ 2 s; taken in {took:.2f} s", flush=True)


async def _class_page(kind: str, server: Server, token: str, class_id: int) -> None:
    headers = {"Cookie": f"quiz_sign_in={token}"}
    async with Tab(server.url, page="class", query=f"class={class_id}", headers=headers) as tab:
        assert "Week 1" in tab.text() or tab.exceptions == []
        took = [await tab.rerun() for _ in range(15)]
    print(f"class page, server run p50, {kind}: {statistics.median(took) * 1000:.0f} ms  bar ≤ 150 ms", flush=True)


async def _sign_ins_at_once(server: Server, token: str) -> None:
    """Time the Checks of learners alone, and while 20 others sign in at once, again and again."""
    headers = {"Cookie": f"quiz_sign_in={token}"}
    async with AsyncExitStack() as stack:
        tabs = [await stack.enter_async_context(Tab(server.url, headers=headers)) for _ in range(LEARNERS)]
        calm = await _answers(tabs, 15)
        storm = asyncio.create_task(_storm(server))
        busy = await _answers(tabs, 15)
        signed_in = await storm
    before, during = (sorted(one)[int(len(one) * 0.95)] * 1000 for one in (calm, busy))
    print(
        f"{LEARNERS} learners, p95 of a Check: {before:.1f} ms alone, {during:.1f} ms while {AT_ONCE} sign in at once "
        f"({signed_in} sign-ins), ratio {during / before:.2f}  bar ≤ 2",
        flush=True,
    )


async def _answers(tabs: list[Tab], seconds: float) -> list[float]:
    use_, took = QuizUse(), list[float]()
    end = time.perf_counter() + seconds

    async def answer(tab: Tab) -> None:
        await use_.begin(tab)
        while time.perf_counter() < end:
            await asyncio.sleep(1)
            took.append(await use_.once(tab))

    await asyncio.gather(*map(answer, tabs))
    return took


async def _storm(server: Server) -> int:
    """Have 20 people sign in at once, three times, five seconds apart."""
    done = 0
    for round_ in range(3):
        names = [f"s{AT_ONCE * round_ + n}" for n in range(AT_ONCE)]
        answers = await asyncio.gather(*(asyncio.to_thread(_sign_in, server, one) for one in names))
        done += sum(answers)
        await asyncio.sleep(3)
    return done


def _sign_in(server: Server, name: str) -> bool:
    form = urllib.parse.urlencode({"name": name, "password": PASSWORD, "to": "/healthz"}).encode()
    with urllib.request.urlopen(f"{server.url}/sign-in", form, timeout=60) as answer:
        return answer.url.endswith("/healthz")


def _median(times: int, work) -> float:  # type: ignore[no-untyped-def]
    took = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took)
