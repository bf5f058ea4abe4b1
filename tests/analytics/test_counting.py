"""Which attempt of a student counts, and how topics went."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizlib.analytics.counting import counted_scores, shares_by_topic

DAY = pd.Timestamp("2026-11-21T12:00:00Z")
ANN, BEN = 1, 2
POND, MEADOW = 10, 11
COLUMNS = ["attempt_id", "user_id", "assignment_id", "finished_at", "questions", "points"]


def attempts(*rows: tuple[int, int, float | None], questions: float = 4) -> pd.DataFrame:
    """Give attempts at assignments, oldest first: whose, at which, and the points, or None while it goes on."""
    table = [
        (number, user, assignment, pd.NaT if points is None else DAY, questions, points)
        for number, (user, assignment, points) in enumerate(rows, start=1)
    ]
    frame = pd.DataFrame(table, columns=COLUMNS).astype({"points": float})
    frame["finished_at"] = pd.to_datetime(frame["finished_at"], utc=True)
    return frame


@pytest.mark.parametrize(("counts", "attempt_id", "share"), [("first", 1, 0.5), ("best", 2, 0.75), ("last", 4, 0.25)])
def test_of_several_attempts_the_one_counts_that_was_set(counts: str, attempt_id: int, share: float):
    tries = attempts((ANN, POND, 2), (ANN, POND, 3), (ANN, POND, 3), (ANN, POND, 1), (ANN, POND, None))
    (row,) = counted_scores(tries, {POND: counts}).itertuples()

    assert (row.attempt_id, row.share, row.tries, row.running) == (attempt_id, share, 5, True)


def test_each_student_and_each_assignment_counts_for_itself():
    tries = attempts((BEN, POND, 1), (ANN, POND, 4), (ANN, MEADOW, 1), (ANN, MEADOW, 3))
    found = counted_scores(tries, {POND: "best", MEADOW: "first"})

    assert list(zip(found["user_id"], found["assignment_id"], found["share"], strict=True)) == [
        (ANN, POND, 1.0),
        (ANN, MEADOW, 0.25),
        (BEN, POND, 0.25),
    ]


def test_who_has_begun_only_has_no_score():
    (row,) = counted_scores(attempts((ANN, POND, None)), {POND: "best"}).itertuples()

    assert (row.tries, row.running) == (1, True)
    assert math.isnan(row.share)
    assert pd.isna(row.finished_at)


def test_an_attempt_handed_in_empty_scores_nothing():
    (row,) = counted_scores(attempts((ANN, POND, 0)), {POND: "best"}).itertuples()

    assert row.share == 0


def test_an_attempt_without_questions_has_no_score_and_gives_way_to_one_that_has():
    empty = attempts((ANN, POND, 0), questions=0)
    full = attempts((ANN, POND, None), (ANN, POND, 0))[1:]

    assert math.isnan(counted_scores(empty, {POND: "best"})["share"][0])
    assert counted_scores(pd.concat([empty, full]), {POND: "best"})["share"][0] == 0


def test_nobody_has_no_scores():
    found = counted_scores(attempts(), {})

    assert found.empty
    assert {"user_id", "assignment_id", "tries", "running", "attempt_id", "share"} <= set(found.columns)


some_attempts = st.lists(
    st.tuples(st.sampled_from([ANN, BEN]), st.sampled_from([POND, MEADOW]), st.none() | st.integers(0, 4)), max_size=12
)
ways = st.fixed_dictionaries({one: st.sampled_from(["first", "last", "best"]) for one in (POND, MEADOW)})


@settings(max_examples=40)
@given(some_attempts, ways)
def test_what_counts_is_one_of_the_finished_attempts_and_the_order_of_rows_does_not_matter(rows, counts):
    tries = attempts(*rows)
    found = counted_scores(tries, counts)

    pd.testing.assert_frame_equal(found, counted_scores(tries[::-1], counts))
    assert found["tries"].sum() == len(rows)
    done = tries.dropna(subset=["finished_at"])
    for row in found.itertuples():
        own = done[(done["user_id"] == row.user_id) & (done["assignment_id"] == row.assignment_id)]
        assert own.empty if pd.isna(row.attempt_id) else row.attempt_id in set(own["attempt_id"])
        if counts[row.assignment_id] == "best" and not own.empty:
            assert row.points == own["points"].max()


def by_topic(*rows: tuple[str, int, int, int]) -> dict[str, tuple[float, ...]]:
    """Give the figures of topics from topic, learners, answered and right."""
    counts = pd.DataFrame(list(rows), columns=["topic", "learners", "answered", "right"])
    return {topic: tuple(figures) for topic, *figures in shares_by_topic(counts).itertuples(index=False)}


def test_a_topic_without_answers_is_left_out():
    found = by_topic(("pond", 2, 10, 7), ("meadow", 1, 0, 0))

    assert found.keys() == {"pond"}
    assert found["pond"][:4] == (2, 10, 7, 0.7)
    assert by_topic() == {}


def test_fewer_than_five_answers_make_no_share():
    learners, n, right, *share = by_topic(("pond", 2, 4, 4))["pond"]

    assert (learners, n, right) == (2, 4, 4)
    assert all(map(math.isnan, share))


def test_a_share_lies_in_its_interval():
    *_, share, low, high = by_topic(("pond", 2, 15, 15))["pond"]

    # all 15 right: n/(n + z²) at the lower end (Wilson 1927)
    assert (round(low, 4), share, high) == (0.7961, 1, 1)
