"""History and item analysis: how long answers took, tallies of finished attempts, figures of questions."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from quizlib.store.columns import Id, Json, UtcTime

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add the caches that pages of history are read from, and fill them from what was answered so far."""
    postgres = op.get_bind().dialect.name == "postgresql"
    key = sa.String(80, collation="C") if postgres else sa.String(80)
    op.add_column("items", sa.Column("elapsed_ms", sa.Integer(), nullable=True))
    for table in ("users", "classes"):
        op.add_column(table, sa.Column("invented", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("question_statistics", sa.Column("discrimination", sa.Float(), nullable=True))
    op.add_column("question_statistics", sa.Column("correlated", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("question_statistics", sa.Column("analysed", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("question_statistics", sa.Column("analysed_at", UtcTime(), nullable=True))
    op.add_column("question_statistics", sa.Column("figures", Json, nullable=True))
    op.create_table(
        "tallies",
        sa.Column("attempt_id", Id, sa.ForeignKey("attempts.id", name="fk_tallies_attempt_id"), nullable=False),
        sa.Column("topic", key, nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("points", sa.Float(), nullable=False),
        sa.Column("elapsed_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("attempt_id", "topic", name="pk_tallies"),
    )
    op.execute(
        "UPDATE items SET elapsed_ms = (SELECT steps.elapsed_ms FROM steps"
        " WHERE steps.item_id = items.id AND steps.action = 'submit') WHERE fraction IS NOT NULL"
    )
    op.execute(
        'INSERT INTO tallies (attempt_id, topic, questions, answered, "right", points, elapsed_ms)'
        " SELECT items.attempt_id, items.topic, count(*), count(items.fraction),"
        " count(CASE WHEN items.fraction >= 1 THEN 1 END), coalesce(sum(items.fraction), 0.0), sum(items.elapsed_ms)"
        " FROM items JOIN attempts ON attempts.id = items.attempt_id WHERE attempts.finished_at IS NOT NULL"
        " GROUP BY items.attempt_id, items.topic"
    )
