"""Rows of pictures. A name keeps its picture for ever."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from quizlib.model.picture import PictureFile
from quizlib.store.ids import batched
from quizlib.store.tables import media


def add_picture(connection: Connection, picture: PictureFile, *, now: datetime, saved_by: int | None = None) -> None:
    """Store a picture under a name that no other has."""
    connection.execute(sa.insert(media).values(**picture.model_dump(), saved_by=saved_by, saved_at=now))


def read_picture(connection: Connection, name: str) -> PictureFile | None:
    """Give a picture by its name."""
    columns = [media.c[field] for field in PictureFile.model_fields]
    row = connection.execute(sa.select(*columns).where(media.c.name == name)).mappings().one_or_none()
    return PictureFile(**row) if row else None


def name_of(connection: Connection, content_hash: str) -> str | None:
    """Give the name of the picture with these bytes; of several, the first."""
    found: str | None = connection.scalar(
        sa.select(sa.func.min(media.c.name)).where(media.c.content_hash == content_hash)
    )
    return found


def hashes_of(connection: Connection, names: Collection[str]) -> dict[str, str]:
    """Give the hashes of those of the pictures that are stored, by name."""
    found: dict[str, str] = {}
    for some in batched(names):
        rows = connection.execute(sa.select(media.c.name, media.c.content_hash).where(media.c.name.in_(some)))
        found |= {row.name: row.content_hash for row in rows}
    return found


def sizes_of(connection: Connection, names: Collection[str]) -> dict[str, tuple[int, int]]:
    """Give width and height of those of the pictures that are stored, by name."""
    found: dict[str, tuple[int, int]] = {}
    for some in batched(names):
        rows = connection.execute(sa.select(media.c.name, media.c.width, media.c.height).where(media.c.name.in_(some)))
        found |= {row.name: (row.width, row.height) for row in rows}
    return found


def pictures_of(connection: Connection, names: Collection[str]) -> dict[str, bytes]:
    """Give the bytes of those of the pictures that are stored, by name."""
    found: dict[str, bytes] = {}
    for some in batched(names):
        rows = connection.execute(sa.select(media.c.name, media.c.content).where(media.c.name.in_(some)))
        found |= {row.name: row.content for row in rows}
    return found
