"""Starting and answering through the services, on databases of several sizes."""

import json
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from quizlib.config import Settings
from quizlib.model.attempt import Behaviour, Filter, Plan
from quizlib.services.app import App, open_app, use
from quizlib.services.people import people
from quizlib.services.quizzes import choosing, exam, study
from quizlib.services.quizzes.choosing import Choice

ROOT = Path(__file__).parents[2]
TOPICS = ("nerve-roots", "dermatomes", "red-flags", "mechanisms", "anatomy", "conditions", "diagnosis", "treatment")


def filled(folder: Path, questions: int, answers: int, mine: int) -> App:
    """Make a database of this size; `mine` of the answers are the learner's own."""
    app = open_app(Settings(f"sqlite:///{folder / 'quiz.db'}", ROOT / "questions"))
    use(app)
    me = people.local_person().id
    app.database.close()
    rng = random.Random(7)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    with sqlite3.connect(folder / "quiz.db") as db:
        content, content_hash, asked = db.execute("SELECT content, content_hash, asked_hash FROM versions").fetchone()
        first = db.execute("SELECT max(id) FROM versions").fetchone()[0] + 1
        ids = [
            (f"filler-{n}", TOPICS[n % 8], ("recall", "apply", "analyse")[n % 3], first + n) for n in range(questions)
        ]
        db.executemany(
            "INSERT INTO questions (id, topic, kind, level, status, origin, version_id) "
            "VALUES (?, ?, 'choice', ?, 'live', 'import', NULL)",
            [one[:3] for one in ids],
        )
        db.executemany(
            "INSERT INTO versions (id, question_id, number, topic, content, content_hash, asked_hash, saved_at) "
            "VALUES (?, ?, 1, ?, ?, ?, ?, '2026-01-01 00:00:00')",
            [(one[3], one[0], one[1], content, content_hash, asked) for one in ids],
        )
        db.execute("UPDATE questions SET version_id = (SELECT id FROM versions v WHERE v.question_id = questions.id)")
        db.executemany(
            "INSERT INTO users (id, name, roles, created_at) VALUES (?, 'x', '[\"student\"]', '2026-01-01 00:00:00')",
            [(n,) for n in range(me + 1, me + 301)],
        )
        db.executemany(
            "INSERT INTO attempts (id, user_id, plan, behaviour, filter, seed, started_at, finished_at) "
            "VALUES (?, ?, 'random', 'practice', '{}', 1, '2026-01-01 00:00:00', '2026-01-01 00:00:00')",
            [(n + 1, me) for n in range(answers // 20 + 1)],
        )

        def rows() -> list[tuple[object, ...]]:
            found = []
            for n in range(answers):
                one = ids[rng.randrange(questions)] if questions else None
                if one is None:
                    return []
                at = (start + timedelta(seconds=n)).strftime("%Y-%m-%d %H:%M:%S.000000")
                user = me if n < mine else me + 1 + n % 300
                found.append((n // 20 + 1, n % 20 + 1, one[3], "[0,1,2,3]", user, one[0], one[1], asked, 1, "answered",
                              float(rng.random() < 0.7), json.dumps({"chosen": [0]}), at))  # fmt: skip
            return found

        db.executemany(
            "INSERT INTO items (attempt_id, position, version_id, arrangement, user_id, question_id, topic, "
            "asked_hash, seq, state, fraction, response, answered_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
            rows(),
        )
        db.execute("ANALYZE")
    db.close()
    app = open_app(app.settings)
    use(app)
    return app


def median_ms(times: int, act: Callable[[], object]) -> float:
    """Give the median time of an act in milliseconds."""
    took = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        took.append(time.perf_counter() - started)
    return statistics.median(took) * 1000


def starts(size: tuple[int, int, int]) -> dict[str, float]:
    """Time starting 20 questions after each plan, and with a filter."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        filled(Path(folder), *size)
        me = people.local_person()
        for plan in (Plan.MIXED, Plan.NEW, Plan.MISTAKES, Plan.RANDOM):
            choice = Choice(plan=plan, number=20)
            found[plan.value] = median_ms(15, lambda choice=choice: choosing.start(me, choice))
            found[f"{plan.value}: how many match"] = median_ms(
                5, lambda choice=choice: choosing.match(me, choice).questions
            )
        narrow = Choice(plan=Plan.RANDOM, number=20, filter=Filter(topics=("anatomy",), levels=("apply",)))
        found["one topic, one level"] = median_ms(15, lambda: choosing.start(me, narrow))
        use(None)
    return found


def answers(size: tuple[int, int, int]) -> tuple[float, float]:
    """Time one answer with the next question, and one change of choice in an exam of 100."""
    with tempfile.TemporaryDirectory() as folder:
        filled(Path(folder), *size)
        me = people.local_person()
        quiz = study.start(me, number=200)
        shown = study.sheet(me, quiz)

        def answer() -> None:
            nonlocal shown
            several = getattr(shown.question.body, "choose", "one") == "several"
            given = {"choice": [0, 1] if several else [0]}.get(shown.question.kind)
            if given is None:
                study.skip(me, quiz, shown.item.id)
            else:
                study.answer(me, quiz, shown.item.id, given, seen=shown.item.seq)
            following = study.go_on(me, quiz, shown.item.id)
            assert following is not None
            shown = following

        one = median_ms(120, answer)
        sitting = choosing.start(
            me, Choice(plan=Plan.RANDOM, number=100, behaviour=Behaviour.EXAM, filter=Filter(kinds=("choice",)))
        )
        page = study.sheet(me, sitting)
        places = iter([0, 1] * 100)
        several = getattr(page.question.body, "choose", "one") == "several"
        change = median_ms(
            60, lambda: exam.save(me, sitting, page.item.id, [next(places)] if not several else [0, 1], seen=999)
        )
        use(None)
    return one, change


def main() -> None:
    """Print the table."""
    print("start of 20 at 100,000 questions and 50,000 own answers (bar: p50 100 ms)")
    for plan, ms in starts((100_000, 50_000, 50_000)).items():
        print(f"  {plan:24} {ms:7.1f} ms")
    print("answer + next question through services (bar: p50 5 ms, 1.5 × smaller)")
    for size in ((1_000, 0, 0), (100_000, 1_000_000, 50_000)):
        one, change = answers(size)
        print(
            f"  {size[0]:>7} questions, {size[1]:>9} answers: {one:5.2f} ms; change in an exam of 100: {change:5.2f} ms"
        )


if __name__ == "__main__":
    main()
