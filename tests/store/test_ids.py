"""Ids that come as one text."""

import sqlalchemy as sa

from quizlib.services.app import App
from quizlib.store.ids import ids_by, ids_of

_words = sa.union_all(
    *(
        sa.select(sa.literal(word).label("word"), sa.literal(place).label("place"))
        for word, place in (("toad", 3), ("newt", 1), ("mole", 2), ("frog", 1))
    )
).subquery()


def test_ids_come_in_the_order_of_the_query(app: App):
    by_place = sa.select(_words.c.word).order_by(_words.c.place.desc(), _words.c.word)

    with app.database.read() as connection:
        assert ids_of(connection, by_place) == ["toad", "mole", "frog", "newt"]
        assert ids_of(connection, by_place.where(_words.c.place > 5)) == []


def test_ids_come_by_what_they_have_in_common(app: App):
    with app.database.read() as connection:
        found = ids_by(connection, sa.select(_words.c.word, _words.c.place > 1))

    assert {key: set(ids) for key, ids in found.items()} == {False: {"newt", "frog"}, True: {"toad", "mole"}}
