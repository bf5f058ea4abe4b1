"""Questions, their versions, and the work of instructors on them."""

import sqlalchemy as sa

from quizlib.store.columns import Id, Json, Key, UtcTime, Word
from quizlib.store.tables.base import metadata

questions = sa.Table(
    "questions",
    metadata,
    sa.Column("id", Key, primary_key=True),
    sa.Column("topic", Key, nullable=False),
    sa.Column("kind", Word, nullable=False),
    sa.Column("level", Word, nullable=False),
    sa.Column("status", Word, nullable=False),
    sa.Column("case_id", Key, nullable=True),
    sa.Column("part", sa.Integer, nullable=True),
    sa.Column("parts", sa.Integer, nullable=True),
    sa.Column("origin", Word, nullable=False),
    sa.Column("version_id", Id, nullable=True),
    # a newer version of a live question that waits for its approval
    sa.Column("proposed_id", Id, nullable=True),
    sa.Column("file_hash", sa.String(64), nullable=True),
    sa.Index("ix_questions_drawn", "status", "topic", "level", "kind", "id", "case_id", "parts"),
    sa.Index("ix_questions_case_id_part", "case_id", "part"),
)

versions = sa.Table(
    "versions",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("question_id", Key, sa.ForeignKey("questions.id"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("topic", Key, nullable=False),
    sa.Column("content", Json, nullable=False),
    sa.Column("content_hash", sa.String(64), nullable=False),
    sa.Column("asked_hash", sa.String(64), nullable=False),
    sa.Column("saved_by", sa.ForeignKey("users.id"), nullable=True),
    sa.Column("saved_at", UtcTime, nullable=False),
    sa.Column("note", sa.Text, nullable=False, server_default=""),
    sa.UniqueConstraint("question_id", "number"),
)

# Work on a question that is not saved as a version yet: what the form holds, sound or not.
drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("user_id", sa.ForeignKey("users.id"), nullable=False),
    # none for a question that does not exist yet
    sa.Column("question_id", Key, sa.ForeignKey("questions.id"), nullable=True),
    # the version that the work began from
    sa.Column("version_id", sa.ForeignKey("versions.id"), nullable=True),
    sa.Column("topic", Key, nullable=False),
    sa.Column("content", Json, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("changed_at", UtcTime, nullable=False),
    sa.UniqueConstraint("user_id", "question_id"),
    # an address that a browser remembers must not come to name another draft
    sqlite_autoincrement=True,
)

verdicts = sa.Table(
    "verdicts",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("version_id", sa.ForeignKey("versions.id"), nullable=False),
    sa.Column("user_id", sa.ForeignKey("users.id"), nullable=False),
    sa.Column("judgement", Word, nullable=False),
    sa.Column("comment", sa.Text, nullable=False, server_default=""),
    sa.Column("at", UtcTime, nullable=False),
    sa.Index("ix_verdicts_version_id", "version_id"),
)

# Topics and references that were made or changed in the browser; they stand before those of the files.
catalogue_entries = sa.Table(
    "catalogue_entries",
    metadata,
    sa.Column("part", Word, primary_key=True),
    sa.Column("key", Key, primary_key=True),
    sa.Column("content", Json, nullable=False),
    sa.Column("position", sa.Integer, nullable=True),
    sa.Column("saved_by", sa.ForeignKey("users.id"), nullable=False),
    sa.Column("saved_at", UtcTime, nullable=False),
)

# Pictures by the name that questions call them; a name keeps its picture for ever.
media = sa.Table(
    "media",
    metadata,
    sa.Column("name", Key, primary_key=True),
    sa.Column("type", Word, nullable=False),
    sa.Column("width", sa.Integer, nullable=False),
    sa.Column("height", sa.Integer, nullable=False),
    sa.Column("content_hash", sa.String(64), nullable=False),
    sa.Column("saved_by", sa.ForeignKey("users.id"), nullable=True),
    sa.Column("saved_at", UtcTime, nullable=False),
    # last: SQLite reads through it to whatever stands behind
    sa.Column("content", sa.LargeBinary, nullable=False),
)

# Cache: what a list of questions shows of each one's current version, what it is searched for, and its flaws.
question_texts = sa.Table(
    "question_texts",
    metadata,
    sa.Column("question_id", Key, sa.ForeignKey("questions.id"), primary_key=True),
    sa.Column("version_id", Id, nullable=False),
    sa.Column("saved_at", UtcTime, nullable=False),
    sa.Column("content_hash", sa.String(64), nullable=False),
    # which state of the rules found the flaws
    sa.Column("rules", sa.String(16), nullable=False),
    sa.Column("flaws", Json, nullable=False),
    sa.Column("title", sa.String(200), nullable=False),
    # last, because it is long: what stands before it is read without it
    sa.Column("search", sa.Text, nullable=False),
)

# Cache: how first answers to a question went, as of a moment.
question_statistics = sa.Table(
    "question_statistics",
    metadata,
    sa.Column("question_id", Key, sa.ForeignKey("questions.id"), primary_key=True),
    sa.Column("answers", sa.Integer, nullable=False),
    sa.Column("fraction_sum", sa.Float, nullable=False),
    sa.Column("as_of", UtcTime, nullable=False),
    # the correlation with the rest, and over how many learners, of what is asked now; none where it is not defined
    sa.Column("discrimination", sa.Float, nullable=True),
    sa.Column("correlated", sa.Integer, nullable=False, server_default="0"),
    # whether the figures are of these answers, or of those before
    sa.Column("analysed", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("analysed_at", UtcTime, nullable=True),
    # every figure of each wording, the newest first; last, because it is long
    sa.Column("figures", Json, nullable=True),
)
