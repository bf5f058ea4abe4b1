"""Picture files beside the questions: look at them, write them."""

import hashlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from PIL import Image

from quizlib.bank.yaml_text import Located
from quizlib.errors import ContentProblems, Problem
from quizlib.model.picture import PictureFile
from quizlib.model.question import Question

# The folder beside those of the topics; no topic has this name.
FOLDER = "pictures"
LARGEST = 4 * 1024 * 1024
LONGEST_SIDE = 4000
MOST_PIXELS = 40_000_000
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
ENDINGS = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}
ANOTHER = "Save it as PNG, JPEG or WebP, and take that file."
# What people take for a picture, by how it begins.
_OTHERS = (
    (b"GIF8", "a GIF"),
    (b"BM", "a bitmap (BMP)"),
    (b"II*\0", "a TIFF"),
    (b"MM\0*", "a TIFF"),
    (b"%PDF", "a PDF"),
    (b"PK\3\4", "an archive or a document"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)


class Unfit(Exception):
    """Bytes that are no picture for a question: what they are, and what to do."""

    def __init__(self, what: str, fix: str = ANOTHER) -> None:
        super().__init__(f"{what} {fix}")
        self.what, self.fix = what, fix


def open_picture(content: bytes) -> Image.Image:
    """Open a PNG, JPEG or WebP picture by its content, whatever it is called, without decoding it; raise Unfit."""
    try:
        image = Image.open(BytesIO(content), formats=tuple(TYPES))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels() from None
    except Exception:  # foreign bytes may trip a decoder in any way
        raise Unfit(_what_it_is(content)) from None
    if image.width * image.height > MOST_PIXELS:
        raise _too_many_pixels()
    if image.format in ("PNG", "WEBP") and getattr(image, "is_animated", False):
        raise Unfit("The picture moves.", "Save one picture of it, and take that file.")
    return image


def picture_file(name: str, content: bytes) -> PictureFile:
    """Look whether the content is a whole picture of the type that the name says; raise Unfit."""
    image = open_picture(content)
    width, height = image.size
    # a photograph of a telephone says JPEG in more words
    kind = "JPEG" if image.format == "MPO" else str(image.format)
    ending = Path(name).suffix
    if ENDINGS.get(ending) != TYPES[kind]:
        right = next(one for one, type_ in ENDINGS.items() if type_ == TYPES[kind])
        raise Unfit(f"It is a {kind} picture.", f"Let its name end in {right} instead of {ending}.")
    if max(width, height) > LONGEST_SIDE:
        raise Unfit(
            f"The picture has {width} × {height} pixels; a side may have {LONGEST_SIDE} at most.",
            "Scale it down; 1600 pixels are enough for any screen.",
        )
    try:
        if kind == "JPEG":
            image.draft("L", (1, 1))  # an eighth of the size shows as well whether the end is missing
            image.load()
        else:
            image.verify()
    except Exception:  # as above
        raise _broken() from None
    return PictureFile(
        name=name, type=TYPES[kind], width=width, height=height, content_hash=hash_of(content), content=content
    )


def hash_of(content: bytes) -> str:
    """Give what bytes are compared by."""
    return hashlib.sha256(content).hexdigest()


class Pictures:
    """The picture files of a folder of questions; each is looked at once, however many questions show it.

    `hashes` are those of the sound ones, by name.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._unfit: dict[str, Unfit] = {}
        self.hashes: dict[str, str] = {}

    def read(self, name: str) -> PictureFile:
        """Read a picture; raise Unfit."""
        path = self._folder / FOLDER / name
        place = f"{self._folder.name}/{FOLDER}/{name}"
        try:
            if not path.resolve().is_relative_to(self._folder.resolve()):
                raise Unfit(f"The picture {place} is a link out of the folder.", "Copy the file itself there.")
            size = path.stat().st_size
            if size > LARGEST:
                what = f"The picture {name} has {megabytes(size)} MB; it may have {megabytes(LARGEST)} at most."
                raise Unfit(what, "Scale it down; 1600 pixels are enough for any screen.")
            content = path.read_bytes()
        except FileNotFoundError:
            raise Unfit(f"There is no picture {place}.", "Put it there, or correct its name.") from None
        except (OSError, RuntimeError):  # RuntimeError: a link to itself, before Python 3.13
            raise Unfit(f"The picture {place} cannot be read.", "Check that it is a file you may read.") from None
        try:
            return picture_file(name, content)
        except Unfit as found:
            raise Unfit(f"{name}: {found.what}", found.fix) from None

    def problems(self, question: Question, where: str, located: Located) -> list[Problem]:
        """Tell what keeps a question from showing its picture."""
        if question.picture is None:
            return []
        name = question.picture.file
        if name not in self.hashes and name not in self._unfit:
            try:
                self.hashes[name] = self.read(name).content_hash
            except Unfit as found:
                self._unfit[name] = found
        unfit = self._unfit.get(name)
        place = f"{where}:{located.line(('picture', 'file'))}, picture.file"
        return [Problem(place, unfit.what, unfit.fix)] if unfit else []

    def unused(self) -> list[Problem]:
        """Tell the files that no question shows."""
        folder = self._folder / FOLDER
        found = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
        return [
            Problem(
                f"{self._folder.name}/{FOLDER}/{name}",
                "No question shows this file.",
                "Name it in one, or take it out.",
            )
            for name in found
            if name not in self.hashes and name not in self._unfit and not name.startswith(".")
        ]


def read_as_before(folder: Path, name: str, content_hash: str) -> PictureFile:
    """Read a picture once more; raise ContentProblems when it is not what was looked at before."""
    where = f"{folder.name}/{FOLDER}/{name}"
    try:
        found = Pictures(folder).read(name)
    except Unfit as unfit:
        raise ContentProblems([Problem(where, unfit.what, unfit.fix)]) from None
    if found.content_hash != content_hash:
        raise ContentProblems([Problem(where, "The picture was changed while it was read.", "Do the same again.")])
    return found


def write_pictures(folder: Path, pictures: Mapping[str, bytes]) -> list[Path]:
    """Write pictures to their place in the folder, each whole or not at all; give the paths."""
    written = []
    for name, content in pictures.items():
        path = folder / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{name}.new")
        draft.write_bytes(content)
        draft.replace(path)
        written.append(path)
    return written


def megabytes(size: int) -> str:
    """Say a size in megabytes, as people read it."""
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0")


def _too_many_pixels() -> Unfit:
    most = MOST_PIXELS // 1_000_000
    return Unfit(f"The picture has more than {most} million pixels.", "Scale it down; 1600 pixels a side are enough.")


def _broken() -> Unfit:
    return Unfit("The picture is broken: part of it is missing.", "Save or download it again.")


def _what_it_is(content: bytes) -> str:
    """Say what bytes are that are no picture of ours."""
    if not content:
        return "The file is empty."
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in start:
        return "The file is an SVG drawing, which may hold scripts."
    if start.startswith((b"<!doctype html", b"<html")):
        return "The file is a web page."
    if content[4:8] == b"ftyp":
        return "The file is a HEIC or AVIF photograph." if content[8:12] in _PHOTOGRAPHS else "The file is a film."
    named = next((name for sign, name in _OTHERS if content.startswith(sign)), None)
    if named:
        return f"The file is {named}."
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff", b"RIFF")):
        return "The picture is broken."
    return "The file is not a picture."


_PHOTOGRAPHS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
