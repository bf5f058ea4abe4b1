"""What rests on too few answers is reckoned, and not shown."""

import pytest
from analytics.made import EIGHT, answers, choices, column

from quizlib.analytics.items import item_analysis
from quizlib.analytics.minimums import ITEM_FIGURES, OPTION_FIGURES, Reason, masked
from quizlib.analytics.options import option_analysis
from quizlib.analytics.report import report


def few(students: int) -> set[str]:
    """Give the figures of a question that so many students are too few for."""
    rows = (EIGHT * 5)[:students]
    reasons = report(answers(rows))["questions"][0]["reasons"]
    return {name for name, why in reasons.items() if why is Reason.FEW_ANSWERS}


@pytest.mark.parametrize(
    ("figure", "least"), [("facility", 5), ("sd", 5), ("discrimination_index", 30), ("alpha_without", 30)]
)
def test_a_figure_is_shown_from_its_least_number_on(figure: str, least: int):
    assert figure in few(least - 1)
    assert figure not in few(least)


def test_what_is_known_of_the_test_needs_no_answers():
    assert "intended_weight" not in few(1)


def test_what_is_masked_takes_its_interval_along():
    shown = masked(item_analysis(answers(EIGHT)), ITEM_FIGURES)

    assert shown[["discrimination_index", "discrimination_low", "discrimination_high"]].isna().all(axis=None)
    assert shown[["facility", "facility_low", "facility_high", "n"]].notna().all(axis=None)


def test_options_are_shown_from_20_answers_on_and_their_correlations_from_30():
    for students, hidden in ((19, {"share", "top", "bottom", "correlation"}), (20, {"correlation"}), (30, set())):
        rows = (EIGHT * 5)[:students]
        chosen = choices(["BA"[int(row[0])] for row in rows])
        found = masked(option_analysis(answers(rows), chosen), OPTION_FIGURES)

        assert {name for name in OPTION_FIGURES if found[name].isna().any()} == hidden


def test_in_free_practice_those_count_who_answered_enough_else():
    """Forty students answered the question, of whom 29 answered five others: too few for its correlations."""
    rows = [f"{row}1" for row in EIGHT * 5]
    found = report(answers([row if n < 29 else f"{row[:5]}-" for n, row in enumerate(rows)]))["questions"][0]

    assert (found["n"], found["n_rest"]) == (40, 29)
    assert found["reasons"]["discrimination_index"] is Reason.FEW_ANSWERS
    assert "facility" not in found["reasons"]


def test_the_whole_test_is_told_from_30_students_on():
    assert report(answers((EIGHT * 4)[:29]))["test"]["reasons"]["alpha"] is Reason.FEW_ANSWERS
    assert report(answers((EIGHT * 4)[:30]))["test"]["reasons"] == {}


def test_masking_changes_nothing_where_there_are_enough():
    items = item_analysis(answers(EIGHT * 5))

    assert column(masked(items, ITEM_FIGURES), "discrimination_index") == column(items, "discrimination_index")
