"""What processes tell each other."""

import sqlalchemy as sa

from quizlib.store.columns import Id, UtcTime, Word
from quizlib.store.tables.base import metadata

changes = sa.Table(
    "changes",
    metadata,
    sa.Column("name", Word, primary_key=True),
    sa.Column("number", Id, nullable=False),
)

processes = sa.Table(
    "processes",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("host", sa.String(200), nullable=False),
    sa.Column("pid", sa.Integer, nullable=False),
    sa.Column("started_at", UtcTime, nullable=False),
    sa.Column("seen_at", UtcTime, nullable=False),
)
