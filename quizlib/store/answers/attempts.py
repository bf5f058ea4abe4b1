"""Rows of attempts, items and steps."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping
from sqlalchemy.exc import IntegrityError

from quizlib.model.attempt import Action, Attempt, Behaviour, Filter, Item, Place, Plan, State, Step
from quizlib.store.answers.tallies import tally_once_marked
from quizlib.store.databases.database import Taken
from quizlib.store.tables import attempts, corrections, items, steps

_ITEM = [
    items.c[name]
    for name in (
        "id",
        "attempt_id",
        "position",
        "question_id",
        "version_id",
        "topic",
        "arrangement",
        "seq",
        "state",
        "flagged",
        "response",
        "confidence",
        "fraction",
        "answered_at",
        "graded_by",
        "elapsed_ms",
    )
]


_ATTEMPT_FIELDS = tuple(column.name for column in attempts.columns)
_STATES = {state.value: state for state in State}

# What every answer needs is built once; building a statement costs more than SQLite takes to run it.
_ATTEMPT_BY_ID = sa.select(attempts).where(attempts.c.id == sa.bindparam("attempt_id"))
_ITEMS_OF_ATTEMPT = sa.select(*_ITEM).where(items.c.attempt_id == sa.bindparam("attempt_id")).order_by(items.c.position)
_others = items.alias("others")
_of_learner = (_others.c.user_id == items.c.user_id, _others.c.question_id == items.c.question_id)
_of_attempt = sa.select(sa.func.count()).select_from(_others).where(_others.c.attempt_id == items.c.attempt_id)
_STANDING = (
    sa.select(
        *_ITEM,
        *(column.label(f"of_attempt_{column.name}") for column in attempts.columns),
        sa.select(sa.func.max(_others.c.answered_at)).where(*_of_learner).scalar_subquery().label("last_answered"),
        sa.exists().where(*_of_learner, _others.c.flagged == sa.true()).label("flagged_ever"),
        _of_attempt.scalar_subquery().label("total"),
        _of_attempt.where(_others.c.state == State.ANSWERED).scalar_subquery().label("answered"),
        corrections.c.graded_by.label("corrected_by"),
    )
    .join_from(items, attempts, items.c.attempt_id == attempts.c.id)
    .join(corrections, corrections.c.version_id == items.c.version_id, isouter=True)
    .where(items.c.id == sa.bindparam("item_id"), items.c.attempt_id == sa.bindparam("attempt_id"))
)
_PLACES = (
    sa.select(
        items.c.id,
        items.c.position,
        items.c.state,
        items.c.flagged,
        items.c.response.is_not(None),
        items.c.question_id,
    )
    .where(items.c.attempt_id == sa.bindparam("attempt_id"))
    .order_by(items.c.position)
)
_ADD_STEP = sa.insert(steps)
_SET_CACHE = sa.update(items).where(items.c.id == sa.bindparam("the_item"))


class Standing(NamedTuple):
    """An item with its attempt, what its learner did with that question before, and how far the attempt is.

    `corrected_by` is the version by whose key an answer to it is graded now, where that is not its own.
    """

    attempt: Attempt
    item: Item
    last_answered: datetime | None
    flagged: bool
    total: int
    answered: int
    corrected_by: int | None


def add_attempt(
    connection: Connection,
    *,
    user_id: int,
    plan: Plan,
    behaviour: Behaviour,
    filter: Filter,
    seed: int,
    asks_confidence: bool,
    now: datetime,
    drawn: Sequence[dict[str, Any]],
    number: int | None = None,
    due_at: datetime | None = None,
    assignment_id: int | None = None,
) -> int:
    """Store an attempt with its items; `drawn` gives version, question, topic, asked hash and arrangement of each."""
    attempt_id = connection.execute(
        sa.insert(attempts)
        .values(
            user_id=user_id,
            plan=plan,
            behaviour=behaviour,
            filter=filter.model_dump(mode="json"),
            seed=seed,
            asks_confidence=asks_confidence,
            number=number,
            started_at=now,
            due_at=due_at,
            assignment_id=assignment_id,
        )
        .returning(attempts.c.id)
    ).scalar_one()
    add_items(connection, int(attempt_id), user_id, drawn, after=0)
    return int(attempt_id)


def add_items(
    connection: Connection, attempt_id: int, user_id: int, drawn: Sequence[dict[str, Any]], *, after: int
) -> None:
    """Add items to an attempt behind a position."""
    connection.execute(
        sa.insert(items),
        [
            {**one, "attempt_id": attempt_id, "position": position, "user_id": user_id}
            for position, one in enumerate(drawn, start=after + 1)
        ],
    )


def read_attempt(connection: Connection, attempt_id: int) -> Attempt | None:
    """Give an attempt, or None."""
    if not _known(attempt_id):
        return None
    row = connection.execute(_ATTEMPT_BY_ID, {"attempt_id": attempt_id}).mappings().one_or_none()
    return None if row is None else _attempt(row)


def read_standing(connection: Connection, attempt_id: int, *, item_id: int) -> Standing | None:
    """Give an item with all that an answer to it needs, in one query; None when there is no such pair."""
    if not (_known(attempt_id) and _known(item_id)):
        return None
    row = connection.execute(_STANDING, {"attempt_id": attempt_id, "item_id": item_id}).mappings().one_or_none()
    if row is None:
        return None
    attempt = _attempt({name: row[f"of_attempt_{name}"] for name in _ATTEMPT_FIELDS})
    item = _item({column.name: row[column.name] for column in _ITEM})
    counted = row["last_answered"], row["flagged_ever"], row["total"], row["answered"]
    return Standing(attempt, item, *counted, row["corrected_by"])


def read_places(connection: Connection, attempt_id: int) -> list[Place]:
    """Give every item of an attempt as an overview shows it, in order; positions count from 1 without gaps."""
    rows = connection.execute(_PLACES, {"attempt_id": attempt_id if _known(attempt_id) else 0})
    return [
        Place(item_id, position, _STATES[state], flagged, given, question_id)
        for item_id, position, state, flagged, given, question_id in rows
    ]


def open_attempts(connection: Connection, user_id: int, limit: int = 3) -> list[Attempt]:
    """Give a person's unfinished attempts outside assignments, newest first."""
    rows = connection.execute(
        sa.select(attempts)
        .where(attempts.c.user_id == user_id, attempts.c.finished_at.is_(None), attempts.c.assignment_id.is_(None))
        .order_by(attempts.c.id.desc())
        .limit(limit)
    )
    return [_attempt(row) for row in rows.mappings()]


def finish_attempt(connection: Connection, attempt_id: int, at: datetime) -> None:
    """Close an attempt, unless it is closed already, and tally how it went."""
    closed = connection.execute(
        sa.update(attempts).where(attempts.c.id == attempt_id, attempts.c.finished_at.is_(None)).values(finished_at=at)
    )
    if closed.rowcount:
        tally_once_marked(connection, attempt_id)


def read_items(connection: Connection, attempt_id: int) -> list[Item]:
    """Give the items of an attempt in their order; positions count from 1 without gaps."""
    rows = connection.execute(_ITEMS_OF_ATTEMPT, {"attempt_id": attempt_id})
    return [_item(row) for row in rows.mappings()]


def add_step(connection: Connection, after: Item, step: Step, *, first: bool = False) -> None:
    """Store a step, and the item as it stands after it as the cache.

    (item, seq) is unique: of two that race for the same place one raises Taken.
    """
    cache: dict[str, Any] = {"seq": after.seq, "state": after.state, "flagged": after.flagged}
    if step.action is Action.SAVE:
        cache["response"] = after.response
    if step.action is Action.SUBMIT:
        answered = ("response", "confidence", "fraction", "answered_at", "graded_by", "elapsed_ms")
        cache |= {"first": first, **{name: getattr(after, name) for name in answered}}
    # the item first: whoever marks many again has them locked, and a step put in before would wait for each other's
    connection.execute(_SET_CACHE, {"the_item": after.id, **cache})
    try:
        connection.execute(_ADD_STEP, {"item_id": after.id, **_values(step)})
    except IntegrityError:
        raise Taken from None


def read_steps(connection: Connection, item_ids: Sequence[int]) -> dict[int, list[Step]]:
    """Give the steps of items in their order, by item id."""
    found: dict[int, list[Step]] = {one: [] for one in item_ids}
    rows = connection.execute(
        sa.select(steps).where(steps.c.item_id.in_(item_ids)).order_by(steps.c.item_id, steps.c.seq)
    )
    for row in rows.mappings():
        found[row["item_id"]].append(_step(row))
    return found


def flagged_items(connection: Connection, user_id: int, question_id: str) -> list[Item]:
    """Give the items on which a person flagged a question, for a change: nobody else changes them meanwhile."""
    rows = connection.execute(
        sa.select(*_ITEM)
        .where(items.c.user_id == user_id, items.c.flagged == sa.true(), items.c.question_id == question_id)
        # all at once and in the order in which whoever marks many again takes them, so that neither waits for ever
        .order_by(items.c.id)
        .with_for_update(key_share=True)
    )
    return [_item(row) for row in rows.mappings()]


def _known(row_id: int) -> bool:
    """Tell whether a number can be that of a row; drivers refuse larger ones with an error of their own."""
    return 0 < row_id < 2**63


def _attempt(row: RowMapping | dict[str, Any]) -> Attempt:
    return Attempt(
        id=row["id"],
        user_id=row["user_id"],
        plan=Plan(row["plan"]),
        behaviour=Behaviour(row["behaviour"]),
        filter=Filter.model_validate(row["filter"]),
        seed=row["seed"],
        asks_confidence=row["asks_confidence"],
        number=row["number"],
        due_at=row["due_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        assignment_id=row["assignment_id"],
    )


def _item(row: RowMapping | dict[str, Any]) -> Item:
    return Item(**{**row, "arrangement": tuple(row["arrangement"])})


def _step(row: RowMapping) -> Step:
    return Step(**{name: value for name, value in row.items() if name != "item_id"})


def _values(step: Step) -> dict[str, Any]:
    return {name: getattr(step, name) for name in Step.model_fields}
