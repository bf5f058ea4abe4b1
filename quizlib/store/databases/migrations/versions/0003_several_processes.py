"""Signs of life, notes of change, and on PostgreSQL keys that sort by code point."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from quizlib.store.columns import Id, UtcTime

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KEYS = {
    "questions": {"id": 80, "topic": 80, "kind": 20, "level": 20, "status": 20, "case_id": 80, "origin": 20},
    "versions": {"question_id": 80, "topic": 80},
    "users": {"text_size": 20},
    "attempts": {"plan": 20, "behaviour": 20},
    "items": {"question_id": 80, "topic": 80, "state": 20, "confidence": 20},
    "steps": {"action": 20, "state": 20, "confidence": 20},
}


def upgrade() -> None:
    """Add two tables; SQLite sorts by code point already."""
    word = sa.String(20)
    if op.get_bind().dialect.name == "postgresql":
        for table, columns in KEYS.items():
            changes = ", ".join(f'ALTER "{name}" TYPE varchar({size}) COLLATE "C"' for name, size in columns.items())
            op.execute(f"ALTER TABLE {table} {changes}")
        word = sa.String(20, collation="C")
    op.create_table(
        "changes",
        sa.Column("name", word, nullable=False),
        sa.Column("number", Id, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_changes")),
    )
    op.create_table(
        "processes",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("host", sa.String(200), nullable=False),
        sa.Column("pid", sa.Integer, nullable=False),
        sa.Column("started_at", UtcTime(), nullable=False),
        sa.Column("seen_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processes")),
    )
