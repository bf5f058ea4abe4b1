"""Every function is tried as everybody: who may not learns nothing and changes nothing."""

import hashlib

import pytest
import sqlalchemy as sa
from services.permissions.table import ASKED
from services.permissions.world import GONE, WHO, World, make_world

from quizlib.errors import NotAllowed, NotFound, SignedOut
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.store.tables import metadata


def contents(app: App) -> dict[str, tuple[int, str]]:
    """Give how many rows each table has, and a digest of them."""
    found = {}
    with app.database.read() as connection:
        for table in metadata.sorted_tables:
            rows = connection.execute(sa.select(table).order_by(*table.primary_key)).all()
            found[table.name] = len(rows), hashlib.sha256(repr(rows).encode()).hexdigest()
    return found


def refusal(name: str, world: World, actor: User) -> tuple[type[BaseException], str]:
    """Give how a function refuses."""
    with pytest.raises((NotAllowed, NotFound, SignedOut)) as told:
        ASKED[name].call(world, actor)
    return told.type, str(told.value)


@pytest.mark.parametrize("name", ASKED)
def test_only_those_may_who_may(app: App, name: str):
    call, may = ASKED[name]
    world, actors = make_world(app)
    before = contents(app)

    for who in WHO:
        if who not in may:
            # nor does it tell that there is such a thing
            assert refusal(name, world, actors[who]) == refusal(name, world.elsewhere(), actors[who]), who
        elif who in GONE:
            call(world, actors[who])
        assert contents(app) == before, who
    for who in WHO:
        if who in may - GONE:
            call(world, actors[who])
