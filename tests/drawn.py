"""Makers of small pictures: a green frog, left half darker, so that one sees how it was turned."""

import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

LEAF = "A green frog, seen from above, on a darker leaf to its left."


def frog(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    image = Image.new("RGB", (width, height), (60, 200, 60))
    image.paste((20, 60, 20), (0, 0, width // 2, height))
    return image.convert(mode)


def encoded(kind: str = "PNG", image: Image.Image | None = None, **how: Any) -> bytes:
    into = BytesIO()
    (image or frog()).save(into, kind, **how)
    return into.getvalue()


def shows(file: str = "frog.png") -> dict[str, dict[str, str]]:
    """Give what a question says that shows a picture."""
    return {"picture": {"file": file, "description": LEAF}}


def put(folder: Path, name: str = "frog.png", content: bytes | None = None) -> Path:
    """Put a picture beside the questions of a folder."""
    path = folder / "pictures" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encoded() if content is None else content)
    return path


def decoded(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def bomb() -> bytes:
    """Give a picture of a few bytes that says it has ten thousand million pixels."""
    content = bytearray(encoded())
    content[16:24] = (100_000).to_bytes(4, "big") * 2
    # the checksum of the header, or it would be broken rather than large
    content[29:33] = zlib.crc32(bytes(content[12:29])).to_bytes(4, "big")
    return bytes(content)
