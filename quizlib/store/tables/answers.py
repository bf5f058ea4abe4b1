"""Assignments, attempts, items and steps. Steps are the only truth about learners.

The state in `items` is a cache of each item's last step, and `tallies` of the items of each finished attempt.
"""

import sqlalchemy as sa

from quizlib.store.columns import Id, Json, Key, UtcTime, Word
from quizlib.store.tables.base import metadata

assignments = sa.Table(
    "assignments",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("class_id", sa.ForeignKey("classes.id"), nullable=False),
    sa.Column("title", sa.String(200), nullable=False),
    sa.Column("filter", Json, nullable=False),
    sa.Column("question_ids", Json, nullable=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("same_for_all", sa.Boolean, nullable=False),
    # what the first student drew, where it is the same for all
    sa.Column("drawn_ids", Json, nullable=True),
    sa.Column("seed", sa.BigInteger, nullable=False),
    sa.Column("behaviour", Word, nullable=False),
    sa.Column("opens_at", UtcTime, nullable=True),
    sa.Column("due_at", UtcTime, nullable=True),
    sa.Column("minutes", sa.Float, nullable=True),
    sa.Column("attempts_allowed", sa.Integer, nullable=True),
    sa.Column("counts", Word, nullable=False),
    sa.Column("tells", Word, nullable=False),
    sa.Column("told_at", UtcTime, nullable=True),
    sa.Column("made_by", sa.ForeignKey("users.id"), nullable=False),
    sa.Column("made_at", UtcTime, nullable=False),
    sa.Column("withdrawn_at", UtcTime, nullable=True),
    sa.Index("ix_assignments_class_id", "class_id"),
)

attempts = sa.Table(
    "attempts",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("user_id", sa.ForeignKey("users.id"), nullable=False),
    sa.Column("plan", Word, nullable=False),
    sa.Column("behaviour", Word, nullable=False),
    sa.Column("filter", Json, nullable=False),
    sa.Column("seed", sa.BigInteger, nullable=False),
    sa.Column("asks_confidence", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("number", sa.Integer, nullable=True),
    sa.Column("started_at", UtcTime, nullable=False),
    sa.Column("due_at", UtcTime, nullable=True),
    sa.Column("finished_at", UtcTime, nullable=True),
    sa.Column("assignment_id", sa.ForeignKey("assignments.id"), nullable=True),
    sa.Index("ix_attempts_user_id_finished_at", "user_id", "finished_at"),
    sa.Index("ix_attempts_assigned", "assignment_id", "user_id", "finished_at"),
)

items = sa.Table(
    "items",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("attempt_id", sa.ForeignKey("attempts.id"), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("version_id", sa.ForeignKey("versions.id"), nullable=False),
    sa.Column("arrangement", Json, nullable=False),
    # what follows is the cache of the last step
    sa.Column("user_id", sa.ForeignKey("users.id"), nullable=False),
    sa.Column("question_id", Key, sa.ForeignKey("questions.id"), nullable=False),
    sa.Column("topic", Key, nullable=False),
    sa.Column("asked_hash", sa.String(64), nullable=False),
    sa.Column("seq", sa.Integer, nullable=False, server_default="0"),
    sa.Column("state", Word, nullable=False, server_default="open"),
    sa.Column("flagged", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("first", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("fraction", sa.Float, nullable=True),
    sa.Column("response", Json, nullable=True),
    sa.Column("confidence", Word, nullable=True),
    sa.Column("answered_at", UtcTime, nullable=True),
    # the version by whose key it was marked, where that is not its own
    sa.Column("graded_by", sa.ForeignKey("versions.id"), nullable=True),
    # how long the question stood there before it was answered; unknown in an exam, where one goes to and fro
    sa.Column("elapsed_ms", sa.Integer, nullable=True),
    sa.UniqueConstraint("attempt_id", "position"),
    sa.Index("ix_items_learned", "user_id", "question_id", "answered_at", "fraction"),
    sa.Index("ix_items_flagged", "user_id", "flagged", "question_id"),
    sa.Index("ix_items_of_question", "question_id", "first", "fraction", "user_id"),
)

steps = sa.Table(
    "steps",
    metadata,
    sa.Column("item_id", sa.ForeignKey("items.id"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("action", Word, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("actor_id", sa.ForeignKey("users.id"), nullable=False),
    sa.Column("state", Word, nullable=False),
    sa.Column("response", Json, nullable=True),
    sa.Column("confidence", Word, nullable=True),
    sa.Column("fraction", sa.Float, nullable=True),
    sa.Column("elapsed_ms", sa.Integer, nullable=True),
    sa.Column("graded_by", sa.ForeignKey("versions.id"), nullable=True),
    sa.Column("rescoring_id", sa.ForeignKey("rescorings.id"), nullable=True),
)

# Cache: how a finished attempt went, by topic, so that histories and classes are read by attempts and not by answers.
tallies = sa.Table(
    "tallies",
    metadata,
    sa.Column("attempt_id", sa.ForeignKey("attempts.id"), primary_key=True),
    sa.Column("topic", Key, primary_key=True),
    sa.Column("questions", sa.Integer, nullable=False),
    sa.Column("answered", sa.Integer, nullable=False),
    sa.Column("right", sa.Integer, nullable=False),
    # the sum of what the answers are worth
    sa.Column("points", sa.Float, nullable=False),
    # of the answers of which it is known; none where it is of none
    sa.Column("elapsed_ms", sa.BigInteger, nullable=True),
)

CACHED = (
    "seq",
    "state",
    "flagged",
    "first",
    "fraction",
    "response",
    "confidence",
    "answered_at",
    "graded_by",
    "elapsed_ms",
)
