"""Measure the app against an empty Streamlit app with the same settings, in turn, and print a table of ratios."""

import asyncio
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from driving.server import ROOT, Server

from bench.loads import EmptyUse, ExamUse, QuizUse, in_browser, many_learners, memory_each, one_learner
from quizlib.config import Settings
from quizlib.model.attempt import Behaviour, Filter, Plan
from quizlib.services import choosing, people
from quizlib.services.app import open_app, use
from quizlib.services.choosing import Choice

HERE = Path(__file__).parent
ROUNDS = 5
PEOPLE = 50


def main() -> None:
    """Run every measurement and print it beside its bar."""
    with tempfile.TemporaryDirectory() as folder:
        ours = Server(Path(folder) / "ours")
        empty = Server(Path(folder) / "empty", script=HERE / "empty_app.py", wait_for="_stcore/health")
        with ours, empty:
            asyncio.run(one_learner(ours.url, QuizUse(), 20))
            asyncio.run(one_learner(empty.url, EmptyUse(), 20))
            one = [
                (
                    statistics.median(asyncio.run(one_learner(ours.url, QuizUse(), 100))),
                    statistics.median(asyncio.run(one_learner(empty.url, EmptyUse(), 100))),
                )
                for _ in range(ROUNDS)
            ]
            _row("Check → feedback, one learner, p50", one, 1000, "ms", "≤ 1.6")
            sitting = ExamUse(_exam(ours, 100))
            changes = [
                (
                    statistics.median(asyncio.run(one_learner(ours.url, sitting, 100))),
                    statistics.median(asyncio.run(one_learner(empty.url, EmptyUse(), 100))),
                )
                for _ in range(ROUNDS)
            ]
            _row("choice changes in an exam of 100, p50", changes, 1000, "ms", "≤ 2.0")
            many = [
                (
                    asyncio.run(many_learners(ours.url, QuizUse(), PEOPLE, 4)),
                    asyncio.run(many_learners(empty.url, EmptyUse(), PEOPLE, 4)),
                )
                for _ in range(ROUNDS)
            ]
            _row(f"{PEOPLE} learners back to back, page runs", many, 1, "/s", "≥ 0.25 (goal 0.30)")
            painted = [(in_browser(ours.url, QuizUse(), 50), in_browser(empty.url, EmptyUse(), 50))]
            _row("click → painted, browser, median of 50", painted, 1000, "ms", "≤ 2.5")
        with ours, empty:
            memory = [
                (
                    asyncio.run(memory_each(ours.url, QuizUse(), PEOPLE, ours.memory)),
                    asyncio.run(memory_each(empty.url, EmptyUse(), PEOPLE, empty.memory)),
                )
            ]
            _row("memory per open learner", memory, 1 / 2**20, "MB", "≤ 1 MB")


def _exam(server: Server, number: int) -> int:
    """Begin a mock exam of choices of one for the local person of a running server."""
    app = open_app(Settings(f"sqlite:///{server.database}", ROOT / "questions"))
    use(app)
    everything = Filter(kinds=("choice",))
    quiz = choosing.start(
        people.local_person(),
        Choice(plan=Plan.RANDOM, number=number, behaviour=Behaviour.EXAM, filter=everything),
        remember=False,
    )
    use(None)
    app.close()
    return quiz


def _row(what: str, pairs: list[tuple[float, float]], scale: float, unit: str, bar: str) -> None:
    ours, empty = (statistics.median(side) * scale for side in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs if b)
    spread = f"{min(a / b for a, b in pairs):.2f} to {max(a / b for a, b in pairs):.2f}"
    print(
        f"{what:42} {ours:8.2f} {unit}  empty {empty:8.2f} {unit}  ratio {ratio:.2f} ({spread})  bar {bar}", flush=True
    )


if __name__ == "__main__":
    main()
