"""Rows of decisions to mark past answers again: what they cover, and the marks of those answers."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from quizlib.model.attempt import Action, State, Step
from quizlib.model.authoring import Covered, MarkedAgain, Rescoring
from quizlib.model.person import Role
from quizlib.store.ids import batched
from quizlib.store.tables import corrections, items, rescorings, steps, users, versions


class Correction(NamedTuple):
    """By whose key answers to a version are graded, and by which decision."""

    graded_by: int
    rescoring_id: int


class Answer(NamedTuple):
    """An answered item as it is marked now; its response as it is stored, so that equal ones are graded once."""

    id: int
    user_id: int
    attempt_id: int
    version_id: int
    fraction: float
    response: str


class Mark(NamedTuple):
    """What an answer is worth, and by whose key where that is not its own."""

    fraction: float
    graded_by: int | None


def corrections_of(connection: Connection, version_ids: Collection[int]) -> dict[int, Correction]:
    """Give by whose key answers to these versions are graded, as far as that is not their own."""
    rows = connection.execute(sa.select(corrections).where(corrections.c.version_id.in_(version_ids)))
    return {row.version_id: Correction(row.graded_by, row.rescoring_id) for row in rows}


def correct(connection: Connection, standing: Mapping[int, Correction | None]) -> None:
    """Have answers to these versions graded from now on as said; by their own key where nothing is."""
    connection.execute(sa.delete(corrections).where(corrections.c.version_id.in_(list(standing))))
    added = [{"version_id": one, **to._asdict()} for one, to in standing.items() if to is not None]
    if added:
        connection.execute(sa.insert(corrections), added)


def add_rescoring(
    connection: Connection,
    *,
    question_id: str,
    version_id: int,
    reason: str,
    made_by: int,
    now: datetime,
    covers: Iterable[Covered],
    undoes_id: int | None = None,
) -> int:
    """Store a decision; give its id."""
    added = connection.execute(
        sa.insert(rescorings)
        .values(
            question_id=question_id,
            version_id=version_id,
            undoes_id=undoes_id,
            reason=reason,
            made_by=made_by,
            made_at=now,
            covers=[one.model_dump() for one in covers],
        )
        .returning(rescorings.c.id)
    )
    return int(added.scalar_one())


def add_extent(connection: Connection, rescoring_id: int, *, answers: int, changed: int, learners: int) -> None:
    """Note how many more answers a decision has marked, how many of them are worth something else, and whose."""
    connection.execute(
        sa.update(rescorings)
        .where(rescorings.c.id == rescoring_id)
        .values(
            answers=rescorings.c.answers + answers,
            changed=rescorings.c.changed + changed,
            learners=rescorings.c.learners + learners,
        )
    )


def read_rescoring(connection: Connection, rescoring_id: int) -> Rescoring | None:
    """Give a decision, or None."""
    row = connection.execute(_RESCORING.where(rescorings.c.id == rescoring_id)).mappings().one_or_none()
    return None if row is None else _rescoring(row)


def rescorings_of(connection: Connection, question_id: str) -> list[Rescoring]:
    """Give the decisions about a question, the latest first."""
    wanted = _RESCORING.where(rescorings.c.question_id == question_id).order_by(rescorings.c.id.desc())
    return [_rescoring(row) for row in connection.execute(wanted).mappings()]


def marked_again_at(connection: Connection, question_ids: Collection[str]) -> dict[int, list[datetime]]:
    """Give when past answers to the versions of some questions were marked again, oldest first, by version."""
    found: dict[int, list[datetime]] = {}
    for some in batched(question_ids):
        wanted = sa.select(rescorings.c.covers, rescorings.c.made_at).where(rescorings.c.question_id.in_(some))
        for covers, at in connection.execute(wanted.order_by(rescorings.c.made_at)):
            for one in covers:
                found.setdefault(Covered(**one).version_id, []).append(at)
    return found


def answers_not_marked_by(
    connection: Connection, question_id: str, by: Mapping[int, int], *, locked: bool = False
) -> list[Answer]:
    """Give the answers to some versions of a question that are marked by another key than `by` says, version by id.

    `locked` keeps others from changing them until the transaction ends.
    """
    groups: dict[int, list[int]] = {}
    for one, key in by.items():
        groups.setdefault(key, []).append(one)
    otherwise = [
        sa.and_(items.c.version_id.in_(those), sa.func.coalesce(items.c.graded_by, items.c.version_id) != key)
        for key, those in groups.items()
    ]
    wanted = (
        sa.select(
            items.c.id,
            items.c.user_id,
            items.c.attempt_id,
            items.c.version_id,
            items.c.fraction,
            sa.cast(items.c.response, sa.Text),
        )
        .where(items.c.question_id == question_id, items.c.state == State.ANSWERED, sa.or_(sa.false(), *otherwise))
        .order_by(items.c.id)
    )
    rows = connection.execute(wanted.with_for_update(key_share=True) if locked else wanted)
    return [Answer(*row) for row in rows]


def count_answers(connection: Connection, question_id: str, version_ids: Collection[int]) -> int:
    """Count the answers to some versions of a question."""
    wanted = sa.select(sa.func.count()).where(
        items.c.question_id == question_id, items.c.state == State.ANSWERED, items.c.version_id.in_(version_ids)
    )
    return connection.scalar(wanted) or 0


def add_alike(connection: Connection, step: Step, item_ids: Sequence[int]) -> None:
    """Mark locked items alike: each gets this step behind its last one, and the cache follows."""
    about = ("action", "at", "actor_id", "state", "fraction", "graded_by", "rescoring_id")
    values = [sa.literal(getattr(step, name), steps.c[name].type).label(name) for name in about]
    some = items.c.id.in_(item_ids)
    connection.execute(
        sa.insert(steps).from_select(
            ["item_id", "seq", *about], sa.select(items.c.id, items.c.seq + 1, *values).where(some)
        )
    )
    connection.execute(
        sa.update(items).where(some).values(seq=items.c.seq + 1, fraction=step.fraction, graded_by=step.graded_by)
    )


def marks_before(
    connection: Connection, rescoring_id: int, question_id: str, version_ids: Collection[int]
) -> dict[int, Mark]:
    """Give what answers were worth before a decision, as far as it was the last to mark them."""
    rows = connection.execute(
        sa.select(steps.c.item_id, steps.c.fraction, steps.c.graded_by, steps.c.rescoring_id)
        .join(items, items.c.id == steps.c.item_id)
        .where(items.c.question_id == question_id, items.c.version_id.in_(version_ids), steps.c.fraction.is_not(None))
        .order_by(steps.c.item_id, steps.c.seq)
    )
    found: dict[int, Mark] = {}
    last: dict[int, Mark] = {}
    for item_id, fraction, graded_by, decided in rows:
        if decided == rescoring_id and item_id in last:
            found[item_id] = last[item_id]
        else:
            found.pop(item_id, None)
        last[item_id] = Mark(fraction, graded_by)
    return found


def last_marked_again(connection: Connection, item_ids: Collection[int]) -> dict[int, MarkedAgain]:
    """Give when and why items were last marked again, by item id."""
    if not item_ids:
        return {}
    rows = connection.execute(_MARKED_AGAIN, {"item_ids": list(item_ids)})
    return {item_id: MarkedAgain(at=at, reason=reason) for item_id, at, reason in rows}


def instructors_among(connection: Connection, user_ids: Collection[int]) -> set[int]:
    """Give those of some people who instruct."""
    found: set[int] = set()
    for some in batched(user_ids):
        rows = connection.execute(sa.select(users.c.id, users.c.roles).where(users.c.id.in_(some)))
        found |= {row.id for row in rows if Role.INSTRUCTOR in row.roles}
    return found


_RESCORING = (
    sa.select(rescorings, users.c.name, versions.c.number)
    .join(users, users.c.id == rescorings.c.made_by)
    .join(versions, versions.c.id == rescorings.c.version_id)
)
_MARKED_AGAIN = (
    sa.select(steps.c.item_id, steps.c.at, rescorings.c.reason)
    .join(rescorings, rescorings.c.id == steps.c.rescoring_id)
    .where(steps.c.item_id.in_(sa.bindparam("item_ids", expanding=True)), steps.c.action == Action.RESCORE)
    .order_by(steps.c.item_id, steps.c.seq)
)


def _rescoring(row: RowMapping) -> Rescoring:
    return Rescoring(**{**row, "covers": tuple(Covered(**one) for one in row["covers"])})
