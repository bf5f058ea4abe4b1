"""Cases, mock exams, plans, and what a person has chosen."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from quizlib.store.columns import Json, UtcTime

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add columns, and indexes from which questions are drawn without reading rows."""
    op.add_column("questions", sa.Column("case_id", sa.String(80), nullable=True))
    op.add_column("questions", sa.Column("part", sa.Integer, nullable=True))
    op.add_column("questions", sa.Column("parts", sa.Integer, nullable=True))
    op.drop_index("ix_questions_status_topic", "questions")
    drawn = ["status", "topic", "level", "kind", "id", "case_id", "parts"]
    op.create_index("ix_questions_drawn", "questions", drawn)
    op.create_index("ix_questions_case_id_part", "questions", ["case_id", "part"])
    op.add_column("users", sa.Column("text_size", sa.String(20), nullable=False, server_default="normal"))
    op.add_column("users", sa.Column("shows_keys", sa.Boolean, nullable=False, server_default=sa.true()))
    op.add_column("users", sa.Column("last_choice", Json, nullable=True))
    op.add_column("attempts", sa.Column("number", sa.Integer, nullable=True))
    op.add_column("attempts", sa.Column("due_at", UtcTime(), nullable=True))
    op.drop_index("ix_items_user_id_question_id_answered_at", "items")
    op.create_index("ix_items_learned", "items", ["user_id", "question_id", "answered_at", "fraction"])
    op.create_index("ix_items_flagged", "items", ["user_id", "flagged", "question_id"])
