"""Types of columns that are the same on both databases."""

from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Dialect


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
