"""What may be a password, and how it is kept."""

import argon2
import pytest

from quizlib.errors import Refused
from quizlib.services.people import passwords
from quizlib.services.people.passwords import _hasher as real_hasher
from quizlib.services.people.passwords import require_good


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "too short"),
        ("nine char", "too short"),
        ("x1!" * 67, "too long"),
        ("1234567890", "first that others would try"),
        ("QwertyUiop", "first that others would try"),
        ("aaaaaaaaaaaa", "first that others would try"),
        ("abcabcabcabc", "first that others would try"),
        ("nora newt 7", "your name"),
        ("Nora NEWT 7", "your name"),
        ("7 twen aron", "your name"),
        ("noranewt77", "your name"),
        ("nora@pond.example", "your name"),
    ],
)
def test_what_others_would_guess_is_no_password(password: str, why: str):
    with pytest.raises(Refused, match=why):
        require_good(password, "Nora Newt 7", "nora@pond.example", "noranewt77")


def test_a_name_is_found_in_a_password_that_leaves_out_its_spaces():
    with pytest.raises(Refused, match="your name"):
        require_good("FreddyFrogson", "Freddy Frogson")


@pytest.mark.parametrize("password", ["ten chars!", "over the lily pads", "ü" * 3 + "älöß日本語", "x1!y" * 50])
def test_anything_else_of_ten_characters_is(password: str):
    require_good(password, "Nora Newt", "nora", "")

    assert passwords.matches(password, passwords.hash_password(password))


def test_every_common_password_is_long_and_small_enough_to_be_found():
    found = passwords._common()

    assert len(found) > 100
    assert all(len(one) >= passwords.SHORTEST and one == one.casefold() for one in found)


def test_the_same_password_is_kept_as_another_hash_each_time():
    first, second = (passwords.hash_password("over the lily pads") for _ in range(2))

    assert first != second
    assert first.startswith("$argon2id$")


def test_a_stored_hash_that_is_damaged_matches_nothing():
    assert not passwords.matches("over the lily pads", "damaged")
    assert not passwords.matches("", "damaged")


@pytest.mark.parametrize("password", ["", "nobody's password, for names that nobody has"])
def test_where_no_password_is_stored_none_matches(password: str):
    assert not passwords.matches(password, None)


def test_hashes_cost_what_rfc_9106_asks_for():
    made = argon2.extract_parameters(real_hasher.hash("over the lily pads"))

    assert made == argon2.profiles.RFC_9106_LOW_MEMORY
