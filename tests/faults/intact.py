"""What must hold after every fault."""

from collections import Counter
from collections.abc import Iterable

import sqlalchemy as sa

from quizlib.config import Settings
from quizlib.services.app import open_for_upkeep
from quizlib.services.maintenance import find_damage, rebuild_caches
from quizlib.store.tables import steps


def assert_intact(settings: Settings, acknowledged: Iterable[int]) -> None:
    """Every acknowledged answer is stored, once; nothing is damaged; rebuilding the caches changes nothing."""
    told = Counter(acknowledged)
    assert told, "nothing was answered"
    assert set(told.values()) == {1}, "an answer was acknowledged twice"
    with open_for_upkeep(settings) as app:
        with app.database.read() as connection:
            counted = sa.select(steps.c.item_id, sa.func.count()).where(steps.c.action == "submit")
            stored = {row.item_id: row[1] for row in connection.execute(counted.group_by(steps.c.item_id))}
        assert {item: stored.get(item, 0) for item in told} == dict(told)
        assert set(stored.values()) == {1}, "an answer was stored twice"
        assert find_damage(app) == []
        assert rebuild_caches(app) == 0
