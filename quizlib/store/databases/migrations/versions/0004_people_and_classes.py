"""People who sign in, classes, assignments."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from quizlib.store.columns import Id, Json, UtcTime

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Add tables, and columns that say how somebody signs in and which assignment an attempt is for."""
    postgres = op.get_bind().dialect.name == "postgresql"
    key = sa.String(80, collation="C") if postgres else sa.String(80)
    word = sa.String(20, collation="C") if postgres else sa.String(20)
    op.add_column("users", sa.Column("sign_in_name", key, nullable=True))
    op.add_column("users", sa.Column("password", sa.String(200), nullable=True))
    op.add_column("users", sa.Column("subject_hash", sa.String(64), nullable=True))
    op.add_column("users", sa.Column("erased_at", UtcTime(), nullable=True))
    op.create_index("ix_users_sign_in_name", "users", ["sign_in_name"], unique=True)
    op.create_index("ix_users_subject_hash", "users", ["subject_hash"], unique=True)
    op.create_table(
        "sign_ins",
        sa.Column("token_hash", sa.String(64), nullable=False),
        _user("sign_ins"),
        sa.Column("device", sa.String(100), nullable=False),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("seen_at", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sign_ins"),
    )
    op.create_index("ix_sign_ins_user_id", "sign_ins", ["user_id"])
    op.create_table(
        "links",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("purpose", word, nullable=False),
        _user("links", nullable=True),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("expires_at", UtcTime(), nullable=False),
        sa.Column("used_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name="pk_links"),
    )
    op.create_index("ix_links_user_id", "links", ["user_id"])
    op.create_table(
        "throttles",
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("since", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_throttles"),
    )
    op.create_table(
        "classes",
        sa.Column("id", Id, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("join_code", sa.String(12), nullable=True),
        _user("classes", "made_by"),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_classes"),
    )
    op.create_index("ix_classes_join_code", "classes", ["join_code"], unique=True)
    op.create_table(
        "memberships",
        _class("memberships"),
        _user("memberships"),
        sa.Column("role", word, nullable=False),
        sa.Column("joined_at", UtcTime(), nullable=False),
        sa.Column("extra_time", sa.Float(), nullable=False, server_default="1"),
        sa.Column("shares_practice", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("account_made", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("class_id", "user_id", name="pk_memberships"),
    )
    op.create_index("ix_memberships_user_id", "memberships", ["user_id"])
    op.create_table(
        "assignments",
        sa.Column("id", Id, nullable=False),
        _class("assignments"),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("filter", Json, nullable=False),
        sa.Column("question_ids", Json, nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("same_for_all", sa.Boolean(), nullable=False),
        sa.Column("drawn_ids", Json, nullable=True),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("behaviour", word, nullable=False),
        sa.Column("opens_at", UtcTime(), nullable=True),
        sa.Column("due_at", UtcTime(), nullable=True),
        sa.Column("minutes", sa.Float(), nullable=True),
        sa.Column("attempts_allowed", sa.Integer(), nullable=True),
        sa.Column("counts", word, nullable=False),
        sa.Column("tells", word, nullable=False),
        sa.Column("told_at", UtcTime(), nullable=True),
        _user("assignments", "made_by"),
        sa.Column("made_at", UtcTime(), nullable=False),
        sa.Column("withdrawn_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_assignments"),
    )
    op.create_index("ix_assignments_class_id", "assignments", ["class_id"])
    # in one statement, which both databases know: Alembic would copy SQLite's whole table to add the constraint
    number = "BIGINT" if postgres else "INTEGER"
    constraint = "CONSTRAINT fk_attempts_assignment_id REFERENCES assignments (id)"
    op.execute(f"ALTER TABLE attempts ADD COLUMN assignment_id {number} {constraint}")
    op.create_index("ix_attempts_assigned", "attempts", ["assignment_id", "user_id", "finished_at"])


def _user(table: str, name: str = "user_id", nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, Id, sa.ForeignKey("users.id", name=f"fk_{table}_{name}"), nullable=nullable)


def _class(table: str) -> sa.Column[int]:
    return sa.Column("class_id", Id, sa.ForeignKey("classes.id", name=f"fk_{table}_class_id"), nullable=False)
