"""A learner's own history with 2,000 quizzes and 50,000 answers: the first view, and what is opened in it."""

import asyncio
import statistics
import tempfile
from pathlib import Path

import sqlalchemy as sa
from driving.past import fill_past
from driving.postgres import Postgres
from driving.protocol import Tab
from driving.server import ROOT, Server
from driving.upkeep import prepare
from streamlit.proto.WidgetStates_pb2 import WidgetState

from bench.loads import EmptyUse, one_learner
from bench.pages import empty_server
from quizlib.config import Settings
from quizlib.services.app import open_app, use
from quizlib.services.people.people import local_person

QUIZZES, EACH, DAYS = 2_000, 25, 700
TIMES = 25
FOLDS = ("calendar", "times", "judgement")


def main() -> None:
    """The bar of the page on both databases, beside an empty app on the same machine."""
    with tempfile.TemporaryDirectory() as name, Postgres(durable=True) as postgres:
        folder = Path(name)
        for address in (f"sqlite:///{folder / 'quiz.db'}", postgres.fresh()):
            settings = Settings(address, ROOT / "questions")
            prepare(settings)
            kind = address.partition(":")[0].partition("+")[0]
            with open_app(settings) as app:
                use(app)
                fill_past(app, local_person("Europe/Berlin"), QUIZZES, EACH, DAYS)
                with app.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    connection.execute(sa.text("VACUUM ANALYZE" if kind == "postgresql" else "ANALYZE"))
                use(None)
            with Server(folder / kind, database_url=address) as server, empty_server(folder) as empty:
                asyncio.run(_page(kind, server, empty))


async def _page(kind: str, server: Server, empty: Server) -> None:
    nothing = statistics.median(await one_learner(empty.url, EmptyUse(), 30))
    async with Tab(server.url, page="history") as tab:
        assert tab.exceptions == []
        assert tab.has("repeat-open")
        took = sorted([await tab.rerun() for _ in range(TIMES)])
        print(
            f"history of {QUIZZES:,} quizzes, {kind}: server run p50 {took[TIMES // 2] * 1000:.0f} ms, "
            f"slowest {took[-1] * 1000:.0f} ms, {took[TIMES // 2] / nothing:.1f} times an empty app's  bar ≤ 150 ms",
            flush=True,
        )
        for name in FOLDS:
            opened = await tab.rerun(WidgetState(id=tab.find(f"fold-{name}").id, bool_value=True))
            print(f"  with {name} opened, {kind}: {opened * 1000:.0f} ms", flush=True)
            assert tab.exceptions == []
