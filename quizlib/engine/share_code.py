"""Share codes: a paper in a few groups of letters that survive being read out and typed.

A code is Crockford's base 32 (no I, L, O, U) of: a letter for its form, the fingerprint of the bank, the seed, the
number of questions and what was filtered; then a checksum (CRC-16), so that a slip of the fingers is told.
"""

import binascii
from dataclasses import dataclass

from quizlib.errors import QuizError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_FORM = 1
_BYTES = 1 + 4 + 6 + 1 + 2 + 1 + 1
BAD = "This share code has a typing error. Compare it with the original, letter by letter."


@dataclass(frozen=True)
class Paper:
    """A paper drawn at random: fingerprint of its bank (8 hexadecimal digits), seed, length, and masks of its filter.

    A mask has bit n set for the n-th topic, level or type in the order of their names; 0 means all.
    """

    fingerprint: str
    seed: int
    number: int
    topics: int = 0
    levels: int = 0
    kinds: int = 0


class BadCode(QuizError, ValueError):
    """A share code that cannot be read."""


def encode(paper: Paper) -> str:
    """Write a paper as a code in groups of five."""
    raw = (
        bytes([_FORM])
        + bytes.fromhex(paper.fingerprint)
        + paper.seed.to_bytes(6, "big")
        + paper.number.to_bytes(1, "big")
        + paper.topics.to_bytes(2, "big")
        + bytes([paper.levels, paper.kinds])
    )
    value = int.from_bytes(raw + binascii.crc_hqx(raw, 0).to_bytes(2, "big"), "big")
    letters = ""
    while value:
        value, rest = divmod(value, 32)
        letters = ALPHABET[rest] + letters
    return "-".join(letters[place : place + 5] for place in range(0, len(letters), 5))


def decode(code: str) -> Paper:
    """Read a code, small letters and any spacing allowed; raise BadCode."""
    letters = "".join(code.upper().translate(_READ_AS).replace("-", " ").split())
    if not letters or len(letters) > 40 or any(letter not in ALPHABET for letter in letters):
        raise BadCode(BAD)
    value = 0
    for letter in letters:
        value = value * 32 + ALPHABET.index(letter)
    try:
        whole = value.to_bytes(_BYTES + 2, "big")
    except OverflowError:
        raise BadCode(BAD) from None
    raw, check = whole[:_BYTES], int.from_bytes(whole[_BYTES:], "big")
    if binascii.crc_hqx(raw, 0) != check or raw[0] != _FORM:
        raise BadCode(BAD)
    return Paper(
        fingerprint=raw[1:5].hex(),
        seed=int.from_bytes(raw[5:11], "big"),
        number=raw[11],
        topics=int.from_bytes(raw[12:14], "big"),
        levels=raw[14],
        kinds=raw[15],
    )
