"""People, questions with versions, attempts with items and steps."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from quizlib.store.columns import Id, Json, UtcTime

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the tables of the first release."""
    op.create_table(
        "questions",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("version_id", Id, nullable=True),
        sa.Column("file_hash", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    op.create_index("ix_questions_status_topic", "questions", ["status", "topic", "id"], unique=False)
    op.create_table(
        "users",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("roles", Json, nullable=False),
        sa.Column("time_zone", sa.String(length=64), server_default="UTC", nullable=False),
        sa.Column("asks_confidence", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
    )
    op.create_table(
        "attempts",
        sa.Column("id", Id, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("plan", sa.String(length=20), nullable=False),
        sa.Column("behaviour", sa.String(length=20), nullable=False),
        sa.Column("filter", Json, nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("asks_confidence", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("started_at", UtcTime(), nullable=False),
        sa.Column("finished_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_attempts_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
    )
    op.create_index("ix_attempts_user_id_finished_at", "attempts", ["user_id", "finished_at"], unique=False)
    op.create_table(
        "versions",
        sa.Column("id", Id, nullable=False),
        sa.Column("question_id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("content", Json, nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("asked_hash", sa.String(length=64), nullable=False),
        sa.Column("saved_by", Id, nullable=True),
        sa.Column("saved_at", UtcTime(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_versions_question_id")),
        sa.ForeignKeyConstraint(["saved_by"], ["users.id"], name=op.f("fk_versions_saved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_versions")),
        sa.UniqueConstraint("question_id", "number", name=op.f("uq_versions_question_id_number")),
    )
    op.create_table(
        "items",
        sa.Column("id", Id, nullable=False),
        sa.Column("attempt_id", Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version_id", Id, nullable=False),
        sa.Column("arrangement", Json, nullable=False),
        sa.Column("user_id", Id, nullable=False),
        sa.Column("question_id", sa.String(length=80), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("asked_hash", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), server_default="0", nullable=False),
        sa.Column("state", sa.String(length=20), server_default="open", nullable=False),
        sa.Column("flagged", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("first", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("fraction", sa.Float(), nullable=True),
        sa.Column("response", Json, nullable=True),
        sa.Column("confidence", sa.String(length=20), nullable=True),
        sa.Column("answered_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_items_attempt_id")),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_items_question_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_items_user_id")),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_items_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_items")),
        sa.UniqueConstraint("attempt_id", "position", name=op.f("uq_items_attempt_id_position")),
    )
    op.create_index(
        "ix_items_user_id_question_id_answered_at", "items", ["user_id", "question_id", "answered_at"], unique=False
    )
    op.create_table(
        "steps",
        sa.Column("item_id", Id, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("actor_id", Id, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("response", Json, nullable=True),
        sa.Column("confidence", sa.String(length=20), nullable=True),
        sa.Column("fraction", sa.Float(), nullable=True),
        sa.Column("elapsed_ms", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name=op.f("fk_steps_actor_id")),
        sa.ForeignKeyConstraint(["item_id"], ["items.id"], name=op.f("fk_steps_item_id")),
        sa.PrimaryKeyConstraint("item_id", "seq", name=op.f("pk_steps")),
    )
