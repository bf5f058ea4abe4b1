"""Pictures of questions: taken from an instructor or a file, stored once, given to whoever is here."""

import re
import threading
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from quizlib.bank.files import Bank
from quizlib.bank.pictures import (
    LARGEST,
    TYPES,
    Unfit,
    hash_of,
    megabytes,
    open_picture,
    read_as_before,
    write_pictures,
)
from quizlib.errors import ContentProblems, NotFound, Problem, Refused
from quizlib.model.person import User
from quizlib.model.picture import NAME, PictureFile
from quizlib.model.question import Question
from quizlib.services import permissions
from quizlib.services.app import current
from quizlib.store.content import media
from quizlib.store.databases.database import BANK, Connection

MOST_BYTES = 8 * 1024 * 1024
SIDE = 1600
# as PNG it is exact, and beyond this too much for a telephone on its way to school
_LARGEST_PNG = 1024 * 1024
_ENDINGS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp"}
# what is decoded may take hundreds of megabytes
_one_at_a_time = threading.Lock()

Encoded = tuple[str, bytes, tuple[int, int]]


def take(actor: User, content: bytes) -> str:
    """Store a picture that an instructor gives, scaled down and without what the camera noted; give its name.

    The name is made of the content alone: learners can see it, and what a file was called may tell the answer. The same
    picture twice is one. Raises Refused with what the file is and what to do.
    """
    permissions.require_instructor(actor)
    if len(content) > MOST_BYTES:
        raise Refused(
            f"The picture has {megabytes(len(content))} MB; it may have {megabytes(MOST_BYTES)} at most. "
            f"Scale it down; {SIDE} pixels on its longer side are enough."
        )
    try:
        with _one_at_a_time:
            kind, encoded, (width, height) = _encoded_anew(content)
    except Unfit as unfit:
        raise Refused(str(unfit)) from None
    hashed = hash_of(encoded)
    app = current()
    with app.database.write(BANK) as connection:
        permissions.require_person(connection, actor)
        known = media.name_of(connection, hashed)
        if known is not None:
            return known
        picture = PictureFile(
            name=f"picture-{hashed[:16]}.{_ENDINGS[kind]}",
            type=TYPES[kind],
            width=width,
            height=height,
            content_hash=hashed,
            content=encoded,
        )
        media.add_picture(connection, picture, now=app.clock(), saved_by=actor.id)
        return picture.name


def read(actor: User, name: str) -> PictureFile:
    """Give a picture to somebody who is here; raise NotFound when there is none of this name."""
    with current().database.read() as connection:
        permissions.require_person(connection, actor)
        # a letter that no database can hold is in no name either
        found = media.read_picture(connection, name) if re.match(NAME, name) else None
    if found is None:
        raise NotFound("There is no such picture.")
    return found


def sizes(names: Collection[str]) -> dict[str, tuple[int, int]]:
    """Give width and height of those of the pictures that are stored, by name."""
    if not names:
        return {}
    with current().database.read() as connection:
        return media.sizes_of(connection, names)


def set_changed_aside(connection: Connection, bank: Bank) -> list[Problem]:
    """Take out of what was read the files with a picture that is another than the database has; tell each."""
    stored = media.hashes_of(connection, bank.pictures)
    changed = {name for name, known in stored.items() if known != bank.pictures[name]}
    problems = []
    for question in list(bank.questions.values()):
        if question.picture is None or question.picture.file not in changed:
            continue
        located = bank.lines.get(question.id)
        line = f":{located.line(('picture', 'file'))}" if located else ""
        problems.append(_another(f"{bank.files[question.id]}{line}, picture.file", question.picture.file))
    files = {problem.where.partition(":")[0].partition(",")[0] for problem in problems}
    for question_id in [one for one, file in bank.files.items() if file in files]:
        bank.unread.add(question_id)
        bank.questions.pop(question_id, None)
    return list(dict.fromkeys(problems))


def take_in(connection: Connection, folder: Path, bank: Bank, ids: Iterable[str], now: datetime) -> None:
    """Store the pictures that these questions of a folder show; raise ContentProblems, so that none is half taken."""
    names = shown_by(bank.questions[one] for one in ids)
    stored = media.hashes_of(connection, names)
    for name in names:
        if name not in stored:
            media.add_picture(connection, read_as_before(folder, name, bank.pictures[name]), now=now)
        elif stored[name] != bank.pictures[name]:
            raise ContentProblems([_another(f"{folder.name}/pictures/{name}", name)])


def write_out(connection: Connection, folder: Path, questions: Iterable[Question]) -> list[Path]:
    """Write the pictures that these questions show beside their files; give the paths."""
    paths = []
    for name in shown_by(questions):  # one after the other: together they may not fit into memory
        paths += write_pictures(folder, media.pictures_of(connection, [name]))
    return paths


def shown_by(questions: Iterable[Question]) -> list[str]:
    """Give the names of the pictures that these questions show, each once."""
    return list(dict.fromkeys(one.picture.file for one in questions if one.picture is not None))


def _another(where: str, name: str) -> Problem:
    what = f"The picture {name} is another one than before."
    return Problem(where, what, "Give it a new name, and name that in the question.")


def _encoded_anew(content: bytes) -> Encoded:
    """Decode a picture, turn it as its camera was held, and encode what is seen and nothing else."""
    image = open_picture(content)
    kind = "JPEG" if image.format == "MPO" else str(image.format)
    try:
        image.draft("RGB", (SIDE, SIDE))
        image.load()
    except Exception:  # foreign bytes may trip a decoder in any way
        raise Unfit("The picture is broken: part of it is missing.", "Save or download it again.") from None
    with suppress(Exception):  # what cannot be read turns nothing
        image = ImageOps.exif_transpose(image)
    image = _in_plain_colours(image)
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    image.info = {}
    if kind == "JPEG":
        return kind, _saved(image, kind, quality=85, progressive=True), image.size
    if kind == "PNG":
        exact = _saved(image, kind, optimize=True)
        if len(exact) <= _LARGEST_PNG:
            return kind, exact, image.size
    for quality in (88, 60, 30):
        encoded = _saved(image, "WEBP", quality=quality, alpha_quality=quality)
        if len(encoded) <= LARGEST:  # so that its file, once written, can be read again
            break
    return "WEBP", encoded, image.size


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """Give the picture as RGB, or RGBA where something shows through."""
    if image.mode.startswith("I;16"):  # an X-ray image, of which Pillow would cut off all but the dark
        brightest = 0 if image.mode.endswith("B") else 1
        image = Image.frombytes("L", image.size, image.tobytes()[brightest::2])
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _saved(image: Image.Image, kind: str, **how: object) -> bytes:
    into = BytesIO()
    image.save(into, kind, **how)
    return into.getvalue()
