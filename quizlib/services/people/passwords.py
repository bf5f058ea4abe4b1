"""Passwords: argon2id at the library's default cost, which follows RFC 9106, and what may be chosen as one."""

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from quizlib.errors import Refused

SHORTEST, LONGEST = 10, 200
_hasher = PasswordHasher()


def _step_back() -> None:
    """Let the threads that serve pages come first; Linux has priorities by thread, which those it starts inherit."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)


# One at a time: each takes 64 MiB and every core.
_worker = ThreadPoolExecutor(1, "passwords", _step_back)


def hash_password(password: str) -> str:
    """Give the hash to store; it takes tens of milliseconds, so never on an event loop."""
    return _worker.submit(lambda: _hasher.hash(password)).result()


def matches(password: str, stored: str | None) -> bool:
    """Tell whether this is the password; with nothing stored it takes as long, and is not."""

    def verified() -> bool:
        try:
            return _hasher.verify(stored or _nobodys(), password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False

    return _worker.submit(verified).result()


def is_outdated(stored: str) -> bool:
    """Tell whether a hash was made at another cost than today's."""
    return _hasher.check_needs_rehash(stored)


def require_good(password: str, *names: str) -> None:
    """Raise Refused when a password is too short, too long, common, or one of the person's names."""
    if len(password) < SHORTEST:
        raise Refused(f"The password is too short. Take {SHORTEST} characters or more; three words are easy to keep.")
    if len(password) > LONGEST:
        raise Refused(f"The password is too long. Take at most {LONGEST} characters.")
    plain = password.casefold()
    if plain in _common() or len(set(plain)) < 4:
        raise Refused("That password is one of the first that others would try. Take another.")
    bare = _bare(plain)
    if any(_bare(name) and bare in (_bare(name), _bare(name)[::-1]) for name in names):
        raise Refused("The password is your name. Take another.")


def _bare(text: str) -> str:
    """Give letters and digits only: a name is as easy to guess without its spaces."""
    return "".join(filter(str.isalnum, text.casefold()))


@cache
def _nobodys() -> str:
    return _hasher.hash("nobody's password, for names that nobody has")


@cache
def _common() -> frozenset[str]:
    lines = Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8").split("\n")
    return frozenset(line.strip() for line in lines if line and not line.startswith("#"))
