"""The key never reaches the browser before the answer."""

import asyncio
import json
import re
import shutil
import sqlite3
from pathlib import Path

import pytest
from driving.protocol import Tab
from driving.server import ROOT, Server
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from quizlib.config import Settings
from quizlib.kinds import content_hash, question_from
from quizlib.services.app import open_app, use
from quizlib.services.people import people
from quizlib.services.quizzes import study

pytestmark = pytest.mark.server


def rotated(parts: list[dict], mark: str = "correct") -> list[dict]:
    """Give the parts with their marks moved on by one."""
    marks = [part.get(mark) for part in parts]
    moved_on = zip(parts, marks[-1:] + marks[:-1], strict=True)
    return [
        {**{name: value for name, value in part.items() if name != mark}, **({mark: value} if value else {})}
        for part, value in moved_on
    ]


def moved(content: dict) -> dict:
    """Give the content with another key, and everything that is asked as it was."""
    match content["kind"]:
        case "choice":
            return {**content, "options": rotated(content["options"])}
        case "short_text":
            return {**content, "answers": ["something else"]}
        case "numeric" if "answer" in content:
            return {**content, "answer": content["answer"] + 7}
        case "numeric":
            return {**content, "low": content["low"] + 7, "high": content["high"] + 7}
        case "matching":
            return {**content, "pairs": rotated(content["pairs"], "right")}
        case "ordering":
            return {**content, "items": content["items"][1:] + content["items"][:1]}
        case "cloze":
            gaps = {
                name: {**gap, "options": rotated(gap["options"])}
                if gap.get("options")
                else {**gap, "answers": ["something else"]}
                for name, gap in content["gaps"].items()
            }
            return {**content, "gaps": gaps}
    raise AssertionError(content["kind"])


def quizzes_over_the_whole_bank(folder: Path) -> tuple[list[tuple[int, int]], int]:
    app = open_app(Settings(f"sqlite:///{folder / 'quiz.db'}", ROOT / "questions"))
    use(app)
    try:
        actor = people.local_person()
        ids = sorted(app.bank.questions)
        quizzes = []
        while ids:
            end = min(study.MOST, len(ids))
            # a case stays in one quiz: a part that comes alone is told with the answers to the parts before it
            while end < len(ids) and (case := app.bank.questions[ids[end]].case):
                if app.bank.questions[ids[end - 1]].case != case:
                    break
                end -= 1
            part, ids = ids[:end], ids[end:]
            quizzes.append((study.start_fixed(actor, part), len(part)))
        return quizzes, len(app.bank.questions)
    finally:
        use(None)
        app.database.close()


async def messages(url: str, quizzes: list[tuple[int, int]]) -> dict[tuple[int, int], list[bytes]]:
    found = {}
    for quiz, length in quizzes:
        async with Tab(url, page="practice", query=f"quiz={quiz}&q=1") as tab:
            for position in range(1, length + 1):
                tab.query = f"quiz={quiz}&q={position}"
                tab.keep_received, tab.received = True, []
                await tab.rerun()
                assert tab.data("card")["position"] == position
                assert tab.data("card")["feedback"] is None
                found[quiz, position] = [without_chance(raw) for raw in tab.received]
    return found


RUN_ID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def without_chance(raw: bytes) -> bytes:
    """Take out what differs between any two sessions: the greeting, and the random id of the run."""
    message = ForwardMsg()
    message.ParseFromString(raw)
    if message.WhichOneof("type") == "new_session":
        return b"new session"
    return RUN_ID.sub(b"(run)", raw)


def test_moving_the_key_changes_no_byte_before_the_answer(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    quizzes, total = quizzes_over_the_whole_bank(ours)
    catalogue = tmp_path / "questions"
    catalogue.mkdir()
    for name in ("topics", "sources", "misconceptions", "terms"):
        shutil.copy(ROOT / "questions" / f"{name}.yaml", catalogue)
    shutil.copytree(ours, theirs)
    with sqlite3.connect(theirs / "quiz.db") as connection:
        rows = connection.execute("SELECT id, question_id, topic, content FROM versions").fetchall()
        for version_id, question_id, topic, content in rows:
            other = moved(json.loads(content))
            question = question_from(question_id, topic, other)
            values = (json.dumps(other), content_hash(question), version_id)
            connection.execute("UPDATE versions SET content = ?, content_hash = ? WHERE id = ?", values)
    connection.close()

    with (
        Server(ours, questions=str(catalogue)) as first,
        Server(theirs, questions=str(catalogue)) as second,
    ):
        before = asyncio.run(messages(first.url, quizzes))
        after = asyncio.run(messages(second.url, quizzes))

    assert len(before) == total
    assert before == after
