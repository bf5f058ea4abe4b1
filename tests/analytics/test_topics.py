"""Topics: the latest answers of each, what they say, and which gained."""

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.analytics.topics import LATEST, Standing, best_gain, latest_by_topic

START = datetime(2026, 11, 1, tzinfo=UTC)


def frame(*quizzes: tuple[str, int, int]) -> pd.DataFrame:
    """Give quizzes of a topic with how many were answered and right, one a day."""
    at = [START + timedelta(days=number) for number in range(len(quizzes))]
    rows = pd.DataFrame(quizzes, columns=["topic", "answered", "right"])
    return rows.assign(at=pd.Series(at, dtype="datetime64[us, UTC]"))


def row(found: pd.DataFrame, topic: str = "pond") -> dict[str, object]:
    (one,) = found[found["topic"] == topic].to_dict("records")
    return one


def standing(answered: int, right: int) -> Standing:
    return row(latest_by_topic(frame(("pond", answered, right))))["standing"]


def test_nothing_gives_no_topic_and_no_gain():
    found = latest_by_topic(frame())

    assert found.empty
    assert best_gain(found) is None


def test_topics_without_an_answer_are_left_out():
    assert list(latest_by_topic(frame(("pond", 0, 0), ("meadow", 1, 1)))["topic"]) == ["meadow"]


def test_the_latest_are_whole_quizzes_until_there_are_thirty():
    found = row(latest_by_topic(frame(("pond", 10, 1), ("pond", 25, 20), ("meadow", 9, 9), ("pond", 10, 10))))

    assert (found["n"], found["right"]) == (35, 30)
    assert (found["n_before"], found["right_before"]) == (10, 1)


@pytest.mark.parametrize(
    ("answered", "right", "word"),
    [
        (4, 4, Standing.FEW),
        (5, 5, Standing.GROWING),  # all right, and the interval begins at 57 %
        (6, 6, Standing.SECURE),
        (5, 0, Standing.SHAKY),
        (10, 5, Standing.SHAKY),
        (10, 6, Standing.GROWING),
        (20, 16, Standing.GROWING),  # 80 %, and the interval begins at 58 %
        (20, 17, Standing.SECURE),
    ],
)
def test_the_word_follows_share_and_interval(answered: int, right: int, word: Standing):
    assert standing(answered, right) == word


def test_fewer_than_five_answers_have_no_share():
    found = latest_by_topic(frame(("pond", 4, 2)))

    assert found[["share", "low", "high"]].isna().all(axis=None)


def test_the_best_gain_is_the_largest_against_before():
    found = latest_by_topic(
        frame(("pond", 30, 10), ("meadow", 30, 20), ("pond", 30, 25), ("meadow", 30, 21), ("marsh", 30, 30))
    )

    assert best_gain(found) == "pond"


def test_no_gain_is_told_of_fewer_than_five_answers_nor_where_nothing_was_gained():
    few = latest_by_topic(frame(("pond", 4, 0), ("pond", 30, 30)))
    lost = latest_by_topic(frame(("pond", 30, 20), ("pond", 30, 20), ("meadow", 30, 20), ("meadow", 30, 10)))

    assert best_gain(few) is None
    assert best_gain(lost) is None


counts = st.lists(
    st.tuples(st.sampled_from(["pond", "meadow", "marsh"]), st.integers(0, 40)).flatmap(
        lambda one: st.tuples(st.just(one[0]), st.just(one[1]), st.integers(0, one[1]))
    ),
    max_size=40,
)


@given(counts, st.integers(1, 60))
def test_latest_and_before_are_all_answers_and_the_latest_no_more_than_needed(
    taken: list[tuple[str, int, int]], latest: int
):
    found = latest_by_topic(frame(*taken), latest)

    assert found["n"].sum() + found["n_before"].sum() == sum(answered for _, answered, _ in taken)
    assert found["right"].sum() + found["right_before"].sum() == sum(right for *_, right in taken)
    for one in found.to_dict("records"):
        most = max(answered for topic, answered, _ in taken if topic == one["topic"])
        assert 0 < one["n"] < latest + most
        assert one["n"] >= latest or one["n_before"] == 0
        assert (one["n"] < 5) == (one["standing"] == Standing.FEW)


def test_thirty_is_what_the_page_says():
    assert LATEST == 30
