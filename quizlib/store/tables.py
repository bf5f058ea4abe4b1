"""The tables. Steps are the only truth about learners; the state in `items` is a cache of each item's last step."""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _plain(length: int) -> sa.String:
    # questions are drawn in the order of these: by code point, as SQLite sorts, whatever the server's language
    return sa.String(length, collation="C")


class UtcTime(sa.types.TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets zones and PostgreSQL gives its own, so both are set right here."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time; write UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Word(sa.types.TypeDecorator[str]):
    """A short word out of an enumeration, stored as its text (psycopg would write the name of the member)."""

    impl = sa.String(20)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> sa.types.TypeEngine[str]:
        """Give the type of the column."""
        return dialect.type_descriptor(_plain(20) if dialect.name == "postgresql" else sa.String(20))

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Write the value."""
        return None if value is None else str(value)


Key = sa.String(80).with_variant(_plain(80), "postgresql")
Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
# JSON null and SQL NULL are one thing to us
Json = sa.JSON(none_as_null=True)


users = sa.Table(
    "users",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("name", sa.String(200), nullable=False),
    sa.Column("roles", Json, nullable=False),
    sa.Column("time_zone", sa.String(64), nullable=False, server_default="UTC"),
    sa.Column("asks_confidence", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("text_size", Word, nullable=False, server_default="normal"),
    sa.Column("shows_keys", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("last_choice", Json, nullable=True),
    sa.Column("created_at", UtcTime, nullable=False),
)

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
    sa.Index("ix_attempts_user_id_finished_at", "user_id", "finished_at"),
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
    sa.UniqueConstraint("attempt_id", "position"),
    sa.Index("ix_items_learned", "user_id", "question_id", "answered_at", "fraction"),
    sa.Index("ix_items_flagged", "user_id", "flagged", "question_id"),
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
)

# How often what processes keep in memory has changed: a process that knows a lower number reads again.
changes = sa.Table(
    "changes",
    metadata,
    sa.Column("name", Word, primary_key=True),
    sa.Column("number", Id, nullable=False),
)

# A sign of life of every process that serves the app.
processes = sa.Table(
    "processes",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("host", sa.String(200), nullable=False),
    sa.Column("pid", sa.Integer, nullable=False),
    sa.Column("started_at", UtcTime, nullable=False),
    sa.Column("seen_at", UtcTime, nullable=False),
)

CACHED = ("seq", "state", "flagged", "first", "fraction", "response", "confidence", "answered_at")
