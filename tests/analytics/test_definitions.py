"""The figures, all at once, are what their definitions give one by one: plain Python over dictionaries, no arrays."""

import random
from collections import defaultdict
from math import sqrt
from statistics import correlation, covariance, fmean, median, stdev, variance

import pandas as pd
import pytest
from analytics.made import column

from quizlib.analytics.answers import Design
from quizlib.analytics.items import item_analysis
from quizlib.analytics.reliability import score_statistics

Scores = dict[str, dict[str, float]]  # by student and question
WEIGHTS = {"frog": 1.0, "toad": 2.0, "newt": 0.5, "heron": 8.0, "mole": 1.0, "carp": 3.0, "otter": 1.0, "gnat": 1.0}


def drawn(share: float) -> tuple[pd.DataFrame, Scores, dict[str, list[float]]]:
    """Draw parts of points for 60 students and a share of eight questions, by what each student can do."""
    chance = random.Random(7)
    scores: Scores = defaultdict(dict)
    seconds = defaultdict(list)
    rows = []
    for student in range(60):
        able = chance.random()
        for question, weight in WEIGHTS.items():
            if chance.random() > share:
                continue
            fraction = chance.choice([0.0, 0.25, 0.5, 1.0]) if chance.random() > able else 1.0
            took = chance.uniform(5, 90) if chance.random() < 0.8 else None
            scores[f"s{student}"][question] = fraction * weight
            if took is not None:
                seconds[question].append(took)
            rows.append((f"s{student}", question, fraction * weight, weight, took))
    chance.shuffle(rows)
    columns = ["student", "question", "score", "max_score", "seconds"]
    return pd.DataFrame(rows, columns=columns), scores, seconds


def ordered(found: pd.DataFrame, figure: str) -> list[float]:
    return column(found.set_index("question").loc[list(WEIGHTS)], figure)


def test_a_test_with_weights_and_parts():
    frame, scores, seconds = drawn(share=1)
    found = item_analysis(frame)
    totals = {student: sum(own.values()) for student, own in scores.items()}
    items = {question: [own[question] for own in scores.values()] for question in WEIGHTS}
    rests = {question: [totals[s] - own[question] for s, own in scores.items()] for question in WEIGHTS}
    right = {question: [float(one == WEIGHTS[question]) for one in items[question]] for question in WEIGHTS}
    roots = {question: sqrt(covariance(items[question], list(totals.values()))) for question in WEIGHTS}

    for figure, expected in {
        "facility": {q: fmean(items[q]) / WEIGHTS[q] for q in WEIGHTS},
        "sd": {q: stdev(items[q]) / WEIGHTS[q] for q in WEIGHTS},
        "intended_weight": {q: WEIGHTS[q] / 17.5 for q in WEIGHTS},
        "effective_weight": {q: roots[q] / sum(roots.values()) for q in WEIGHTS},
        "discrimination_index": {q: correlation(items[q], rests[q]) for q in WEIGHTS},
        "discriminative_efficiency": {
            q: covariance(items[q], rests[q]) / covariance(sorted(items[q]), sorted(rests[q])) for q in WEIGHTS
        },
        "point_biserial_corrected": {q: correlation(right[q], rests[q]) for q in WEIGHTS},
        "mean_seconds": {q: fmean(seconds[q]) for q in WEIGHTS},
        "median_seconds": {q: median(seconds[q]) for q in WEIGHTS},
    }.items():
        assert ordered(found, figure) == pytest.approx(list(expected.values())), figure


def test_alpha_and_what_follows_from_it():
    frame, scores, _ = drawn(share=1)
    found = score_statistics(frame)
    totals = [sum(own.values()) for own in scores.values()]
    within = sum(variance([own[question] for own in scores.values()]) for question in WEIGHTS)
    alpha = 8 / 7 * (1 - within / variance(totals))

    assert found.alpha == pytest.approx(alpha)
    assert found.error_ratio == pytest.approx(sqrt(1 - alpha))
    assert found.sem == pytest.approx(stdev(totals) * sqrt(1 - alpha))
    assert (found.mean, found.sd, found.out_of) == pytest.approx((fmean(totals), stdev(totals), 17.5))


def test_skewness_and_kurtosis_are_those_of_pandas():
    frame, scores, _ = drawn(share=1)
    totals = pd.Series([sum(own.values()) for own in scores.values()])
    found = score_statistics(frame)

    assert (found.skewness, found.kurtosis) == pytest.approx((totals.skew(), totals.kurt()))


def test_in_free_practice_the_rest_is_the_mean_of_at_least_five_other_questions():
    frame, scores, _ = drawn(share=0.7)
    found = item_analysis(frame)
    fractions = {s: {q: score / WEIGHTS[q] for q, score in own.items()} for s, own in scores.items()}
    expected, counted = [], []
    for question in WEIGHTS:
        taken = [own for own in fractions.values() if question in own and len(own) > 5]
        rest = [fmean(one for q, one in own.items() if q != question) for own in taken]
        expected.append(correlation([own[question] for own in taken], rest))
        counted.append(len(taken))

    assert set(found["design"]) == {Design.FREE}
    assert ordered(found, "n_rest") == counted
    assert ordered(found, "discrimination_index") == pytest.approx(expected)
    assert found["alpha_without"].isna().all()


def test_the_score_of_a_student_in_free_practice_is_a_mean_of_at_least_five_answers():
    frame, scores, _ = drawn(share=0.6)
    means = [fmean(one / WEIGHTS[q] for q, one in own.items()) for own in scores.values() if len(own) >= 5]
    found = score_statistics(frame)

    assert (found.n, found.out_of) == (len(means), 1)
    assert 0 < found.n < found.students
    assert (found.mean, found.sd) == pytest.approx((fmean(means), stdev(means)))


def test_whoever_knows_more_of_the_students_says_what_they_did_on_the_rest():
    frame, _, _ = drawn(share=1)
    whole = frame.assign(rest=0.0)
    for place, row in whole.iterrows():
        others = frame[(frame["student"] == row["student"]) & (frame["question"] != row["question"])]
        whole.loc[place, "rest"] = (others["score"] / others["max_score"]).mean()
    one = whole[whole["question"] == "frog"]
    expected = item_analysis(frame, design=Design.FREE).set_index("question").loc["frog", "discrimination_index"]

    found = item_analysis(one)
    assert column(found, "design") == [Design.FREE]
    assert column(found, "discrimination_index") == pytest.approx([expected])
