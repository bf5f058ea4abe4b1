"""How long questions take: medians, of what is known."""

import pandas as pd

from quizlib.analytics.timing import seconds, seconds_by_topic


def answers(*times: float | None, topic: str = "pond") -> pd.DataFrame:
    return pd.DataFrame({"topic": topic, "elapsed_ms": pd.Series(times, dtype=float)})


def test_the_middle_half_is_told():
    assert seconds(answers(1000, 2000, 3000, 4000, 5000)) == (5, 2.0, 3.0, 4.0)


def test_a_page_left_open_moves_nothing():
    assert seconds(answers(1000, 2000, 3000, 4000, 3_600_000)) == (5, 2.0, 3.0, 4.0)


def test_unknown_times_do_not_count():
    assert seconds(answers(1000, 2000, 3000, 4000, None)) is None
    assert seconds(answers(1000, 2000, 3000, 4000, None, 5000)) == (5, 2.0, 3.0, 4.0)
    assert seconds(answers()) is None


def test_topics_are_sorted_with_the_slowest_first_and_few_answers_left_out():
    found = seconds_by_topic(
        pd.concat(
            [answers(*[1000] * 5), answers(*[9000] * 6, topic="meadow"), answers(*[20_000] * 4, topic="marsh")],
            ignore_index=True,
        )
    )

    assert list(found["topic"]) == ["meadow", "pond"]
    assert list(found["n"]) == [6, 5]
    assert list(found["median"]) == [9.0, 1.0]


def test_without_answers_there_are_no_topics():
    assert seconds_by_topic(answers()).empty
