"""What goes wrong with a question after it was asked: complaints, corrected keys, and who is told."""

import sqlalchemy as sa

from quizlib.store.columns import Id, Json, Key, UtcTime, Word
from quizlib.store.tables.base import metadata

complaints = sa.Table(
    "complaints",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("user_id", sa.ForeignKey("users.id"), nullable=False),
    sa.Column("item_id", sa.ForeignKey("items.id"), nullable=False),
    sa.Column("question_id", Key, sa.ForeignKey("questions.id"), nullable=False),
    sa.Column("version_id", sa.ForeignKey("versions.id"), nullable=False),
    sa.Column("about", Word, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("closed_at", UtcTime, nullable=True),
    sa.Index("ix_complaints_queue", "closed_at", "at"),
    sa.Index("ix_complaints_question_id", "question_id"),
    sa.Index("ix_complaints_user_id_item_id", "user_id", "item_id"),
)

# What an instructor answers to a complaint.
replies = sa.Table(
    "replies",
    metadata,
    sa.Column("complaint_id", sa.ForeignKey("complaints.id"), primary_key=True),
    sa.Column("made_by", sa.ForeignKey("users.id"), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("at", UtcTime, nullable=False),
)

# One decision to mark past answers again by the key of a version, or to undo such a decision.
rescorings = sa.Table(
    "rescorings",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("question_id", Key, sa.ForeignKey("questions.id"), nullable=False),
    sa.Column("version_id", sa.ForeignKey("versions.id"), nullable=False),
    sa.Column("undoes_id", sa.ForeignKey("rescorings.id"), nullable=True),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("made_by", sa.ForeignKey("users.id"), nullable=False),
    sa.Column("made_at", UtcTime, nullable=False),
    # the versions whose answers it is about, each with what they were marked by before it: undoing puts that back
    sa.Column("covers", Json, nullable=False),
    # how many answers it marked, how many of them are worth something else since, and whose they are
    sa.Column("answers", sa.Integer, nullable=False, server_default="0"),
    sa.Column("changed", sa.Integer, nullable=False, server_default="0"),
    sa.Column("learners", sa.Integer, nullable=False, server_default="0"),
    sa.Index("ix_rescorings_question_id", "question_id"),
)

# By the key of which version answers to a version are graded, where that is not its own.
corrections = sa.Table(
    "corrections",
    metadata,
    sa.Column("version_id", sa.ForeignKey("versions.id"), primary_key=True),
    sa.Column("graded_by", sa.ForeignKey("versions.id"), nullable=False),
    sa.Column("rescoring_id", sa.ForeignKey("rescorings.id"), nullable=False),
)

# What a person finds on the home page until they put it away.
notices = sa.Table(
    "notices",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("user_id", sa.ForeignKey("users.id"), nullable=False),
    sa.Column("about", Word, nullable=False),
    sa.Column("question_id", Key, sa.ForeignKey("questions.id"), nullable=False),
    sa.Column("attempt_id", sa.ForeignKey("attempts.id"), nullable=True),
    sa.Column("complaint_id", sa.ForeignKey("complaints.id"), nullable=True),
    sa.Column("rescoring_id", sa.ForeignKey("rescorings.id"), nullable=True),
    sa.Column("at", UtcTime, nullable=False),
    sa.Column("read_at", UtcTime, nullable=True),
    sa.Index("ix_notices_user_id_read_at", "user_id", "read_at"),
)
