"""Instructors write, review and correct questions."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from quizlib.store.columns import Id, Json, UtcTime

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add what instructors leave on the way to a version, what is wrong with one, and marking again."""
    postgres = op.get_bind().dialect.name == "postgresql"
    key = sa.String(80, collation="C") if postgres else sa.String(80)
    word = sa.String(20, collation="C") if postgres else sa.String(20)
    op.add_column("questions", sa.Column("proposed_id", Id, nullable=True))
    op.create_table(
        "drafts",
        sa.Column("id", Id, nullable=False),
        _to("drafts", "user_id", "users"),
        _to("drafts", "question_id", "questions", key, nullable=True),
        _to("drafts", "version_id", "versions", nullable=True),
        sa.Column("topic", key, nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.UniqueConstraint("user_id", "question_id", name="uq_drafts_user_id_question_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "verdicts",
        sa.Column("id", Id, nullable=False),
        _to("verdicts", "version_id", "versions"),
        _to("verdicts", "user_id", "users"),
        sa.Column("judgement", word, nullable=False),
        sa.Column("comment", sa.Text(), nullable=False, server_default=""),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_verdicts"),
    )
    op.create_index("ix_verdicts_version_id", "verdicts", ["version_id"])
    op.create_table(
        "catalogue_entries",
        sa.Column("part", word, nullable=False),
        sa.Column("key", key, nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("position", sa.Integer(), nullable=True),
        _to("catalogue_entries", "saved_by", "users"),
        sa.Column("saved_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("part", "key", name="pk_catalogue_entries"),
    )
    op.create_table(
        "media",
        sa.Column("name", key, nullable=False),
        sa.Column("type", word, nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        _to("media", "saved_by", "users", nullable=True),
        sa.Column("saved_at", UtcTime(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_media"),
    )
    op.create_table(
        "question_texts",
        _to("question_texts", "question_id", "questions", key),
        sa.Column("version_id", Id, nullable=False),
        sa.Column("saved_at", UtcTime(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("rules", sa.String(16), nullable=False),
        sa.Column("flaws", Json, nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("question_id", name="pk_question_texts"),
    )
    op.create_table(
        "question_statistics",
        _to("question_statistics", "question_id", "questions", key),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("fraction_sum", sa.Float(), nullable=False),
        sa.Column("as_of", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("question_id", name="pk_question_statistics"),
    )
    _corrections(key, word)


def _corrections(key: sa.String, word: sa.String) -> None:
    op.create_table(
        "complaints",
        sa.Column("id", Id, nullable=False),
        _to("complaints", "user_id", "users"),
        _to("complaints", "item_id", "items"),
        _to("complaints", "question_id", "questions", key),
        _to("complaints", "version_id", "versions"),
        sa.Column("about", word, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("closed_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_complaints"),
    )
    op.create_index("ix_complaints_queue", "complaints", ["closed_at", "at"])
    op.create_index("ix_complaints_question_id", "complaints", ["question_id"])
    op.create_index("ix_complaints_user_id_item_id", "complaints", ["user_id", "item_id"])
    op.create_table(
        "replies",
        _to("replies", "complaint_id", "complaints"),
        _to("replies", "made_by", "users"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("complaint_id", name="pk_replies"),
    )
    op.create_table(
        "rescorings",
        sa.Column("id", Id, nullable=False),
        _to("rescorings", "question_id", "questions", key),
        _to("rescorings", "version_id", "versions"),
        _to("rescorings", "undoes_id", "rescorings", nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        _to("rescorings", "made_by", "users"),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("covers", Json, nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("changed", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("learners", sa.Integer(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_rescorings"),
    )
    op.create_index("ix_rescorings_question_id", "rescorings", ["question_id"])
    op.create_table(
        "corrections",
        _to("corrections", "version_id", "versions"),
        _to("corrections", "graded_by", "versions"),
        _to("corrections", "rescoring_id", "rescorings"),
        sa.PrimaryKeyConstraint("version_id", name="pk_corrections"),
    )
    op.create_table(
        "notices",
        sa.Column("id", Id, nullable=False),
        _to("notices", "user_id", "users"),
        sa.Column("about", word, nullable=False),
        _to("notices", "question_id", "questions", key),
        _to("notices", "attempt_id", "attempts", nullable=True),
        _to("notices", "complaint_id", "complaints", nullable=True),
        _to("notices", "rescoring_id", "rescorings", nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("read_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
    )
    op.create_index("ix_notices_user_id_read_at", "notices", ["user_id", "read_at"])
    op.create_index("ix_items_of_question", "items", ["question_id", "first", "fraction", "user_id"])
    # in one statement each, which both databases know: Alembic would copy SQLite's whole table to add the constraint
    number = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    for table, column, target in (
        ("items", "graded_by", "versions"),
        ("steps", "graded_by", "versions"),
        ("steps", "rescoring_id", "rescorings"),
    ):
        constraint = f"CONSTRAINT fk_{table}_{column} REFERENCES {target} (id)"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {number} {constraint}")


def _to(
    table: str, name: str, target: str, type: sa.types.TypeEngine[Any] = Id, *, nullable: bool = False
) -> sa.Column[Any]:

    return sa.Column(name, type, sa.ForeignKey(f"{target}.id", name=f"fk_{table}_{name}"), nullable=nullable)
