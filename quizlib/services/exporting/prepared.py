"""Files that were made for one person to fetch: on the disk, for half an hour, under a name that nobody guesses.

They lie in a folder of this computer that every process of the app looks into, and of which other users see nothing.
"""

import errno
import hashlib
import os
import re
import secrets
import shutil
import stat
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from quizlib.errors import NotFound, Refused
from quizlib.model.person import User
from quizlib.services import permissions
from quizlib.services.app import App, current

KEPT_SECONDS = 30 * 60
LONGEST_NAME = 80
LONGEST_ID = 18  # digits that a database takes for a number
GONE = "This file is not here. It is kept for half an hour, for whoever had it made. Go back and make it again."
# one at a time in a process: making a large one takes a processor from everybody who answers meanwhile
_turn = threading.Lock()


class Format(NamedTuple):
    """A choice of format as a person reads it."""

    title: str
    about: str


class Prepared(NamedTuple):
    """A file that waits to be fetched; `notes` are sentences about what is not in it."""

    token: str
    name: str
    bytes: int
    notes: tuple[str, ...] = ()


def prepare(
    app: App,
    owner: User,
    name: str,
    ending: str,
    write: Callable[[BinaryIO], tuple[str, ...]],
    *,
    class_id: int | None = None,
) -> Prepared:
    """Have a file written for somebody; it is there when it is whole, and not at all when `write` fails.

    A file of a class is fetched only by whoever instructs it then.
    """
    file_name = f"{_file_name(name)}.{ending}"
    # the place of the file follows from the whole token, so that a changed class leads nowhere
    token = f"{class_id or ''}.{secrets.token_urlsafe(32)}"
    with _turn, told_in_words():
        forget_old()
        draft = Path(tempfile.mkdtemp(dir=_own_folder()))
        try:
            with (draft / file_name).open("wb") as file:
                notes = write(file)
            os.utime(draft)  # half an hour from now on, however long it took
            size = (draft / file_name).stat().st_size
            draft.rename(_place(app, owner, token))
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
    return Prepared(token, file_name, size, notes)


def fetch(actor: User, token: str) -> Path:
    """Give the file that was made for the actor under a token; raise NotFound otherwise."""
    app = current()
    with app.database.read() as connection:
        permissions.require_person(connection, actor)
        class_id = token.partition(".")[0]
        if class_id.isdecimal() and len(class_id) < LONGEST_ID:
            permissions.class_taught(connection, actor, int(class_id))
    place = _place(app, actor, token)
    if not _is_ours(_folder()) or _is_old(place):
        raise NotFound(GONE)
    return next(place.iterdir())


def forget_old() -> None:
    """Take away the files that nobody may fetch any more."""
    if _is_ours(_folder()):
        for one in _folder().iterdir():
            if _is_old(one):
                shutil.rmtree(one, ignore_errors=True)


def _folder() -> Path:
    return Path(tempfile.gettempdir()) / f"rootlet-{_me()}"


def _me() -> int:
    return getattr(os, "getuid", lambda: 0)()  # where there is none, every user has temporary files of their own


def _is_ours(folder: Path) -> bool:
    """Tell whether a folder is there and nobody else has made it, nor a link of its name to another."""
    try:
        about = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(about.st_mode) and about.st_uid == _me()


def _own_folder() -> Path:
    """Give the folder of prepared files, made if need be; raise Refused when somebody else has one of its name."""
    folder = _folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    if not _is_ours(folder):
        raise Refused(f"{folder} belongs to somebody else. Whoever runs this app can remove it, or set TMPDIR.")
    folder.chmod(0o700)
    return folder


def _place(app: App, owner: User, token: str) -> Path:
    """Give where a file lies: whoever has not both the token and the sign-in of its owner looks elsewhere."""
    return _folder() / hashlib.sha256(f"{app.database.name}|{owner.id}|{token}".encode()).hexdigest()


def _is_old(place: Path) -> bool:
    try:
        return time.time() - place.stat().st_mtime > KEPT_SECONDS
    except OSError:
        return True  # it never was, or another process was quicker


def _file_name(name: str) -> str:
    """Give a name that every system takes: letters and digits of any script, and hyphens."""
    plain = re.sub(r"[^\w]+", "-", name)
    return plain.encode()[:LONGEST_NAME].decode(errors="ignore").strip("-_") or "answers"


@contextmanager
def told_in_words() -> Iterator[None]:
    """Tell in a sentence why a file cannot be written."""
    try:
        yield
    except OSError as error:
        what = "the disk is full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else error.strerror or str(error)
        raise Refused(f"The file could not be made: {what}. Tell whoever runs this app.") from error
