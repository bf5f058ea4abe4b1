"""A share code survives being read out and typed; a slip of the fingers is always told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.engine.share_code import ALPHABET, BAD, BadCode, Paper, decode, encode

papers = st.builds(
    Paper,
    fingerprint=st.binary(min_size=4, max_size=4).map(bytes.hex),
    seed=st.integers(0, 2**48 - 1),
    number=st.integers(0, 255),
    topics=st.integers(0, 2**16 - 1),
    levels=st.integers(0, 255),
    kinds=st.integers(0, 255),
)
PAPER = Paper(fingerprint="0f09beef", seed=2**47 + 10, number=20, topics=0b101, levels=1, kinds=2)


def letters_of(code: str) -> str:
    return code.replace("-", "")


@given(papers)
def test_what_was_written_is_read(paper: Paper):
    assert decode(encode(paper)) == paper


@given(papers)
def test_a_code_is_groups_of_five_letters_that_are_not_taken_for_one_another(paper: Paper):
    groups = encode(paper).split("-")

    assert {len(group) for group in groups[:-1]} <= {5}
    assert 1 <= len(groups[-1]) <= 5
    assert set("".join(groups)) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


@given(papers, st.data())
def test_one_changed_letter_is_always_told(paper: Paper, data: st.DataObject):
    letters = letters_of(encode(paper))
    place = data.draw(st.integers(0, len(letters) - 1))
    other = data.draw(st.sampled_from([letter for letter in ALPHABET if letter != letters[place]]))

    with pytest.raises(BadCode, match="has a typing error"):
        decode(letters[:place] + other + letters[place + 1 :])


def test_every_changed_letter_of_one_code_is_told():
    letters = letters_of(encode(PAPER))
    for place, right in enumerate(letters):
        for other in ALPHABET.replace(right, ""):
            with pytest.raises(BadCode):
                decode(letters[:place] + other + letters[place + 1 :])


@given(papers, st.data())
def test_two_neighbours_in_the_wrong_order_are_told(paper: Paper, data: st.DataObject):
    letters = letters_of(encode(paper))
    places = [place for place in range(len(letters) - 1) if letters[place] != letters[place + 1]]
    place = data.draw(st.sampled_from(places))

    with pytest.raises(BadCode):
        decode(letters[:place] + letters[place + 1] + letters[place] + letters[place + 2 :])


@given(papers, st.data())
def test_a_letter_left_out_is_told(paper: Paper, data: st.DataObject):
    letters = letters_of(encode(paper))
    place = data.draw(st.integers(0, len(letters) - 1))

    with pytest.raises(BadCode):
        decode(letters[:place] + letters[place + 1 :])


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        letters_of,
        lambda code: f"  {code.replace('-', ' ')}\n",
        lambda code: code.replace("-", "--"),
        lambda code: code.replace("0", "O"),
        lambda code: code.replace("0", "o"),
        lambda code: code.replace("1", "I"),
        lambda code: code.replace("1", "i"),
        lambda code: code.replace("1", "L"),
        lambda code: code.replace("1", "l"),
    ],
    ids=["small", "no dashes", "blanks", "two dashes", "O", "o", "I", "i", "L", "l"],
)
@given(papers)
def test_what_people_type_is_read(typed, paper: Paper):
    assert decode(typed(encode(paper))) == paper


@pytest.mark.parametrize("typed", ["", " - ", "frog!", "Ä", "0", "Z" * 40, "0" * 41, "1" * 10_000, "\u0661"])
def test_what_is_no_code_is_told_in_a_sentence(typed: str):
    with pytest.raises(BadCode) as refusal:
        decode(typed)
    assert str(refusal.value) == BAD
    assert BAD.endswith("letter by letter.")


@given(st.text(max_size=50) | st.text(ALPHABET, min_size=20, max_size=40))
def test_whatever_is_typed_is_a_paper_or_a_bad_code(typed: str):
    try:
        paper = decode(typed)
    except BadCode:
        return

    assert decode(encode(paper)) == paper
