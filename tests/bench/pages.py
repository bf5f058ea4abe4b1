"""Pages through the real server, by protocol and in a browser."""

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from driving.choices import only_choices
from driving.postgres import Postgres
from driving.server import Server
from driving.upkeep import prepare

from bench.loads import EmptyUse, ExamUse, QuizUse, Use, in_browser, many_learners, one_learner, with_pauses
from bench.printing import row
from quizlib.config import Settings
from quizlib.model.attempt import Behaviour, Filter, Plan
from quizlib.services.app import open_app, use
from quizlib.services.people import people
from quizlib.services.quizzes import choosing
from quizlib.services.quizzes.choosing import Choice

HERE = Path(__file__).parent
ROUNDS = 5
PEOPLE = 50


def main() -> None:
    """One learner and many, on both databases, against an empty app and the same pages over fixed data."""
    with _folder() as folder:
        bank = only_choices(folder / "questions")
        ours = Server(folder / "ours", questions=str(bank))
        empty = empty_server(folder)
        fixed = Server(folder / "fixed", script=HERE / "fixed_app.py", wait_for="_stcore/health", questions=str(bank))
        with ours, empty, fixed:
            row("Check → feedback, SQLite, p50", _alone(ours, QuizUse(), empty), 1000, "ms", "≤ 1.5")
            sitting = ExamUse(_exam(ours, 100))
            row("choice changes in an exam of 100, SQLite, p50", _alone(ours, sitting, empty), 1000, "ms", "≤ 2")
            many = [(_many(ours), _many(empty, EmptyUse())) for _ in range(ROUNDS)]
            row(f"{PEOPLE} learners back to back, SQLite, page runs", many, 1, "/s", "≥ 0.25, goal 0.30")
            same = [(_many(ours), _many(fixed)) for _ in range(ROUNDS)]
            row(f"{PEOPLE} learners, SQLite, against no database", same, 1, "/s", "≥ 0.6", "fixed")
            painted = [(in_browser(ours.url, QuizUse(), 50), in_browser(empty.url, EmptyUse(), 50))]
            row("click → painted in a browser, SQLite, median", painted, 1000, "ms", "≤ 2.5")
        with Postgres(durable=True) as postgres:
            address = postgres.fresh()
            prepare(Settings(address, bank))
            with Server(folder / "pg", database_url=address, questions=str(bank)) as ours, empty, fixed:
                row("Check → feedback, PostgreSQL, p50", _alone(ours, QuizUse(), empty), 1000, "ms", "≤ 2")
                many = [(_many(ours), _many(empty, EmptyUse())) for _ in range(ROUNDS)]
                row(f"{PEOPLE} learners back to back, PostgreSQL, page runs", many, 1, "/s", "≥ 0.25, goal 0.30")
                same = [(_many(ours), _many(fixed)) for _ in range(ROUNDS)]
                row(f"{PEOPLE} learners, PostgreSQL, against no database", same, 1, "/s", "≥ 0.6", "fixed")


def a_class() -> None:
    """200 learners who think before they press."""
    with _folder() as folder, Server(folder / "ours", questions=str(only_choices(folder / "questions"))) as ours:
        took = sorted(asyncio.run(with_pauses(ours.url, QuizUse(), 200, 60)))
        middle, late = (took[int(len(took) * share)] * 1000 for share in (0.5, 0.95))
        print(
            f"200 learners, 3-20 s thought, SQLite: {len(took)} Checks, p50 {middle:.1f} ms, p95 {late:.1f} ms", end=""
        )
        print(f", longest {took[-1] * 1000:.0f} ms, 0 errors  bar p95 ≤ 100 ms", flush=True)


def two_processes() -> None:
    """Two processes on one PostgreSQL against one, everything on this machine."""
    with _folder() as folder, Postgres(durable=True) as postgres:
        bank = only_choices(folder / "questions")
        address = postgres.fresh()
        prepare(Settings(address, bank))
        pair = [Server(folder / name, database_url=address, questions=str(bank)) for name in ("one", "two")]
        with pair[0], pair[1]:
            both, single = [], []
            for _ in range(ROUNDS):
                single.append(_many(pair[0]))
                with _counted() as used:
                    both.append(asyncio.run(_at_both(pair)))
        print(f"of {os.cpu_count()} cores the load client took {used[0]:.2f}, everything together {used[1]:.2f}")
        row("two processes, PostgreSQL, page runs", list(zip(both, single, strict=True)), 1, "/s", "≥ 1.5", "one")


@contextmanager
def _counted() -> Iterator[list[float]]:
    """Count the cores that this process, and all processes of the machine, are busy with."""
    used: list[float] = []
    started, own, all_ = time.perf_counter(), time.process_time(), _busy_seconds()
    yield used
    took = time.perf_counter() - started
    used += [(time.process_time() - own) / took, (_busy_seconds() - all_) / took]


def _busy_seconds() -> float:
    """Give the seconds that the machine's cores have worked, together, since it started (proc(5), /proc/stat)."""
    user, nice, system, _idle, _wait, *other = map(int, Path("/proc/stat").read_text().split("\n")[0].split()[1:8])
    return (user + nice + system + sum(other)) / os.sysconf("SC_CLK_TCK")


async def _at_both(pair: list[Server]) -> float:
    halves = (many_learners(one.url, QuizUse(), PEOPLE // 2, 4) for one in pair)
    return sum(await asyncio.gather(*halves))


def empty_server(folder: Path) -> Server:
    """Give the server of the empty app."""
    return Server(folder / "empty", script=HERE / "empty_app.py", wait_for="_stcore/health")


def _alone(ours: Server, use_: Use, empty: Server) -> list[tuple[float, float]]:
    asyncio.run(one_learner(ours.url, use_, 20))
    asyncio.run(one_learner(empty.url, EmptyUse(), 20))
    return [
        (
            statistics.median(asyncio.run(one_learner(ours.url, use_, 100))),
            statistics.median(asyncio.run(one_learner(empty.url, EmptyUse(), 100))),
        )
        for _ in range(ROUNDS)
    ]


def _many(server: Server, use_: Use | None = None) -> float:
    return asyncio.run(many_learners(server.url, use_ or QuizUse(), PEOPLE, 4))


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _exam(server: Server, number: int) -> int:
    """Begin a mock exam for the local person of a running server."""
    app = open_app(Settings(f"sqlite:///{server.database}", server.questions))
    use(app)
    quiz = choosing.start(
        people.local_person(),
        Choice(plan=Plan.RANDOM, number=number, behaviour=Behaviour.EXAM, filter=Filter(kinds=("choice",))),
        remember=False,
    )
    use(None)
    app.close()
    return quiz
