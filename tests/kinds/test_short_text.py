"""Short text: what counts as the answer, what as a slip, and what never does."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from quizlib.errors import MalformedResponse
from quizlib.kinds import KINDS
from quizlib.kinds.short_text import ShortTextBody, normal, one_slip

SHORT = KINDS["short_text"]
EXACT = ShortTextBody(
    answers=["Tree-frog", "hyla"],
    why="It climbs.",
    wrong=[{"text": "tree toad", "why": "There is none here.", "misconception": "toad-for-frog"}],
)
LENIENT = ShortTextBody(answers=["salamander", "newt", "fire salamander"], slips=True, why="It is wet.")
letters = st.text("abcdefgh -.", max_size=12)


def graded(body: ShortTextBody, text: str) -> float:
    return SHORT.grade(body, SHORT.read(body, (), text)).fraction


@pytest.mark.parametrize(
    "text", ["tree-frog", "Tree frog", " TREE   FROG. ", "tree–frog", "tree‑frog", "tree\u00a0frog", "hyla", "Hyla."]
)
def test_case_spaces_hyphens_and_a_full_stop_do_not_matter(text: str):
    assert graded(EXACT, text) == 1


@pytest.mark.parametrize("text", ["frog", "tree frogs", "treefrog", "tree froh", "tree toad", "tree frog hyla"])
def test_any_other_text_is_wrong(text: str):
    assert graded(EXACT, text) == 0


@pytest.mark.parametrize(
    "text", ["salamandr", "salamanderr", "salamandre", "salamonder", "Fire-Salamender", "firesalamander"]
)
def test_one_slip_in_a_long_word_is_right_where_slips_count(text: str):
    assert graded(LENIENT, text) == 1


@pytest.mark.parametrize("text", ["newd", "calamander", "salamndr", "salamander5", "alamander", "slaamandre"])
def test_short_words_digits_the_initial_and_two_slips_are_wrong(text: str):
    assert graded(LENIENT, text) == 0


def test_the_remark_and_the_review_of_a_slip_say_how_it_is_spelt():
    assert SHORT.grade(LENIENT, {"text": "salamandre"}).remark == "it is spelt salamander"
    assert SHORT.review(LENIENT, (), {"text": "salamandre"})["spelt"] == "salamander"
    assert SHORT.review(LENIENT, (), {"text": "Salamander"})["spelt"] is None


def test_a_foreseen_wrong_answer_is_no_slip_and_gets_its_own_reason():
    body = ShortTextBody(
        answers=["abduction"], slips=True, why="Away.", wrong=[{"text": "adduction", "why": "Towards the middle."}]
    )
    told = SHORT.review(body, (), {"text": "Adduction."})

    assert graded(body, "adduction") == 0
    assert told["yours_why"] == {"why": "Towards the middle."}
    assert not told["accepted"]


@pytest.mark.parametrize(
    ("answer", "given", "words"),
    [
        ("peroneal", "perineal", ["perineal"]),
        ("deep peroneal nerve", "deep perineal nerve", ["perineal"]),
        ("abductor hallucis", "adductor hallucis", ["ab-", "ad-"]),
        ("posterior iliac spine", "posterior ileac spine", ["ileac"]),
    ],
)
def test_another_term_is_never_a_slip(answer: str, given: str, words: list[str]):
    body = ShortTextBody(answers=[answer], slips=True, why="So it is called.")

    assert graded(body, given) == 1
    assert graded(SHORT.told_apart(body, words), given) == 0


def test_an_answer_itself_is_never_taken_for_another_term():
    body = ShortTextBody(answers=["peroneal", "perineal"], slips=True, why="Both will do.")

    assert SHORT.told_apart(body, ["perineal", "peroneal"]).confusable == ()


def test_without_slips_there_is_nothing_to_tell_apart():
    assert SHORT.told_apart(EXACT, ["tree frag"]) is EXACT


@given(letters, letters)
def test_a_slip_between_words_that_may_both_be_misspelt_goes_both_ways(a: str, b: str):
    long = min(sum(one.isalpha() for one in normal(word)) for word in (a, b)) >= 7

    assert not (long and one_slip(a, b)) or one_slip(b, a)
    assert not one_slip(a, a)


@given(st.text("salmndert", min_size=8, max_size=12), st.integers(1, 6))
def test_leaving_out_doubling_and_swapping_a_letter_are_slips(word: str, at: int):
    out, doubled = word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:]
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]

    assert one_slip(out, word)
    assert one_slip(doubled, word)
    assert swapped == word or one_slip(swapped, word)


@given(st.text(max_size=40))
def test_what_does_not_count_is_left_out_once_and_for_all(text: str):
    assert normal(text) == normal(normal(text))


@pytest.mark.parametrize("text", ["", "  ", "-", "…", "\x00", "\u200b"])
def test_an_empty_answer_is_told(text: str):
    with pytest.raises(MalformedResponse, match=r"^Write an answer first\.$"):
        SHORT.read(EXACT, (), text)


def test_ten_thousand_characters_are_told_and_two_hundred_are_read():
    with pytest.raises(MalformedResponse, match=r"has 10000 characters\. Write it in 200 or fewer"):
        SHORT.read(EXACT, (), "x" * 10_000)
    assert SHORT.read(EXACT, (), "x" * 200) == {"text": "x" * 200}


def test_an_answer_to_another_question_is_told():
    with pytest.raises(MalformedResponse, match="as text"):
        SHORT.read(EXACT, (), [0])


def test_what_no_database_stores_is_left_out():
    assert SHORT.read(EXACT, (), "tree\x00\ud800 \nfrog") == {"text": "tree frog"}


def test_the_review_gives_the_answer_and_other_ways_to_write_it():
    told = SHORT.review(EXACT, (), None)

    assert (told["yours"], told["accepted"], told["right"], told["others"]) == (None, False, "Tree-frog", ["hyla"])
    assert told["yours_why"] is None


def test_a_mix_up_is_told_with_its_place_in_the_file():
    assert list(SHORT.misconceptions(EXACT)) == [(("wrong", 0, "misconception"), "toad-for-frog")]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"answers": []}, "at least 1"),
        ({"answers": ["--"]}, "neither letters nor digits"),
        ({"answers": ["tree frog", "Tree-Frog."]}, "counts as"),
        ({"wrong": [{"text": "HYLA", "why": "?"}]}, "counts as"),
        ({"answers": ["x" * 201]}, "at most 200"),
    ],
)
def test_answers_that_make_no_question_are_refused(change: dict[str, object], what: str):
    with pytest.raises(ValidationError, match=re.escape(what)):
        ShortTextBody.model_validate({**EXACT.model_dump(), **change})
