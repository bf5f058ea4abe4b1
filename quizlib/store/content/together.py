"""Many questions read together, for what is done with all of them at once."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.kinds import question_from
from quizlib.model.authoring import Status
from quizlib.model.question import Question
from quizlib.store.ids import batched
from quizlib.store.tables import questions, versions


class Standing(NamedTuple):
    """A question at one of its versions, and whether learners are asked it."""

    question: Question
    status: Status


def newest(connection: Connection, ids: Collection[str]) -> list[Standing]:
    """Give those of the questions that are there, each at the version that work goes on from, by id."""
    return _standing(connection, ids, sa.func.coalesce(questions.c.proposed_id, questions.c.version_id))


def asked(connection: Connection, ids: Collection[str]) -> list[Standing]:
    """Give those of the questions that are there, each at its current version, by id."""
    return _standing(connection, ids, questions.c.version_id)


def whole(connection: Connection, ids: Iterable[str]) -> list[str]:
    """Give the questions, with every part of the cases that some of them are parts of."""
    wanted = dict.fromkeys(ids)
    for some in batched(wanted):
        cases = sa.select(questions.c.case_id).where(questions.c.id.in_(some), questions.c.case_id.is_not(None))
        parts = sa.select(questions.c.id).where(questions.c.case_id.in_(cases)).order_by(questions.c.part)
        wanted |= dict.fromkeys(connection.scalars(parts))
    return list(wanted)


def statuses(connection: Connection, ids: Collection[str]) -> dict[str, Status]:
    """Give the status of those of the questions that are there."""
    found: dict[str, Status] = {}
    for some in batched(ids):
        rows = connection.execute(sa.select(questions.c.id, questions.c.status).where(questions.c.id.in_(some)))
        found |= {row.id: Status(row.status) for row in rows}
    return found


def _standing(connection: Connection, ids: Collection[str], version: sa.ColumnElement[int]) -> list[Standing]:
    wanted = sa.select(versions.c.question_id, versions.c.topic, versions.c.content, questions.c.status).join(
        questions, versions.c.id == version
    )
    found = []
    for some in batched(ids):
        for row in connection.execute(wanted.where(questions.c.id.in_(some))):
            question = question_from(row.question_id, row.topic, row.content)
            found.append(Standing(question, Status(row.status)))
    return sorted(found, key=lambda one: one.question.id)
