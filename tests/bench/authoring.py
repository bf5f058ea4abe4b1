"""The page of all questions at 10,000 of them: opened, searched, and what is done with many at once."""

import asyncio
import gc
import statistics
import tempfile
import time
from pathlib import Path

import sqlalchemy as sa
from driving.many import fill
from driving.postgres import Postgres
from driving.protocol import Tab
from driving.server import ROOT, Server
from driving.upkeep import prepare

from bench.loads import EmptyUse, one_learner
from bench.pages import empty_server
from quizlib.config import Settings
from quizlib.model.person import User
from quizlib.services.app import App, open_app, use
from quizlib.services.authoring import bulk, drafts, saving, shelf
from quizlib.services.authoring import statistics as figures
from quizlib.services.authoring.shelf import Search, Sort
from quizlib.services.people.people import local_person

QUESTIONS, MANY, TIMES = 10_000, 500, 15
SEARCHES = {
    "opened": "",
    "searched for nerve": "find=nerve",
    "searched for three words": "find=nerve+root+ankle",
    "sorted by its words": "sort=title&order=up",
    "with any suggestion": "suggestion=Any+suggestion",
}


def main() -> None:
    """The bars of the page on both databases, beside an empty app on the same machine."""
    with tempfile.TemporaryDirectory() as name, Postgres(durable=True) as postgres:
        folder = Path(name)
        for address in (f"sqlite:///{folder / 'quiz.db'}", postgres.fresh()):
            settings = Settings(address, ROOT / "questions")
            prepare(settings)
            kind = address.partition(":")[0].partition("+")[0]
            with open_app(settings) as app:
                use(app)
                actor = local_person()
                fill(app, QUESTIONS)
                _services(kind, app, actor)
                use(None)
            with Server(folder / kind, database_url=address) as server, empty_server(folder) as empty:
                asyncio.run(_page(kind, server, empty))


def _services(kind: str, app: App, actor: User) -> None:
    started = time.perf_counter()
    found = shelf.find(actor, Search())
    print(f"first list of {len(found.rows):,}, {kind}: {time.perf_counter() - started:.1f} s", flush=True)
    _analyse(app)
    # as an app does that serves; else each collection walks the bank
    gc.collect()
    gc.freeze()
    for what, search in {
        "all": Search(),
        "by words": Search(text="nerve"),
        "by share right": Search(sort=Sort.SHARE),
    }.items():
        took = statistics.median(_timed(lambda search=search: shelf.find(actor, search)) for _ in range(9))
        print(f"find, {what}, service, {kind}: {took * 1000:.0f} ms  bar ≤ 100 ms", flush=True)
    took = statistics.median(_after_a_change(app, actor) for _ in range(9))
    print(f"find, after a question was saved, service, {kind}: {took * 1000:.0f} ms", flush=True)
    ids = [row.id for row in found.rows if row.id.startswith("copy-")][:MANY]
    took = _timed(lambda: bulk.add_tag(actor, ids, "measured"))
    print(f"{MANY} tagged, {kind}: {took:.2f} s  bar ≤ 2 s", flush=True)
    for asked in ("choice", "short_text"):
        took = statistics.median(_saved(app, actor, asked))
        print(f"a {asked} question saved, {kind}: p50 {took * 1000:.0f} ms  bar ≤ 100 ms", flush=True)
    print(f"statistics counted, {kind}: {_timed(lambda: figures.refresh(app)):.2f} s", flush=True)


def _saved(app: App, actor: User, kind: str) -> list[float]:
    """Time the saving of changed questions of a type: checked, linted, told apart, stored."""
    took = []
    for question_id in [one.id for one in app.bank.questions.values() if one.kind == kind and "." not in one.id][
        :TIMES
    ]:
        draft = drafts.read(actor, drafts.edit(actor, question_id)).draft
        content = {**draft.content, "takeaway": f"Measured at {time.monotonic_ns()}."}
        draft = drafts.keep(actor, draft.id, draft.seq, topic=draft.topic, content=content)
        took.append(_timed(lambda draft=draft: saving.save(actor, draft.id, draft.seq, "measured", publish=True)))
    return took


async def _page(kind: str, server: Server, empty: Server) -> None:
    nothing = statistics.median(await one_learner(empty.url, EmptyUse(), 30))
    for what, query in SEARCHES.items():
        async with Tab(server.url, page="questions", query=query) as tab:
            assert tab.exceptions == []
            assert tab.has("questions-list") or "No question matches" in tab.text()
            took = statistics.median([await tab.rerun() for _ in range(TIMES)])
            rows = len(tab.data("questions-list")["rows"]) if tab.has("questions-list") else 0
        print(
            f"page {what} ({rows:,}), {kind}: server run p50 {took * 1000:.0f} ms, {took / nothing:.1f} times an empty "
            "app's  bar ≤ 150 ms",
            flush=True,
        )


def _after_a_change(app: App, actor: User) -> float:
    """Time a list that is read anew, since somebody has saved a question."""
    bulk.add_tag(actor, ["copy-1"], f"at-{time.monotonic_ns()}")
    return _timed(lambda: shelf.find(actor, Search()))


def _analyse(app: App) -> None:
    with app.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE"))


def _timed(act) -> float:  # type: ignore[no-untyped-def]
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
