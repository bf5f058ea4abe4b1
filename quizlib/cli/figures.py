"""How the figures of questions and tests are printed: a table for people, JSON and CSV for programs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from quizlib.cli.telling import tell
from quizlib.services import responses

Json = dict[str, Any]

NAME = 22  # letters of a question's name that are shown
HEADER = (
    "question",
    "n",
    "share right",
    "95 %",
    "discrimination",
    "95 %",
    "efficiency",
    "weight / real",
    "alpha without",
)
WIDTHS = (7, 12, 13, 15, 15, 11, 14, 14)
DASH = "–"
REASONS = {
    "few_answers": "too few answers. Shares are shown from 5 on, options from 20, correlations and alpha from 30.",
    "few_others": "too few students have answered at least 5 other questions, which a correlation takes.",
    "one_student": "one student alone cannot be compared with anybody.",
    "one_question": "one question alone has no rest to be compared with.",
    "few_questions": "alpha without a question takes at least three questions.",
    "few_students": "skewness takes three students, kurtosis four.",
    "same_scores": "all students have the same score.",
    "no_variance": "where everybody does the same, there is nothing to compare.",
    "no_variance_of_rest": "all students scored the same on the rest.",
    "nobody_right": "nobody, or everybody, is fully right.",
    "negative": "where those who score more on a question score less in all, it has no share in the spread.",
    "different_questions": "students were given different questions, so points do not add up to one test: no weights, "
    "no alpha, no error. Correlations are with the mean of at least 5 other questions.",
}
SIGNS = {
    "negative_discrimination": "those who know more are wrong more often. Check the key first.",
    "preferred_by_the_best": "more of the best third choose “{option}” than the key. See whether it is right too.",
    "complained_about": "learners have reported it. Read what they say.",
    "unused_option": "hardly anybody who is wrong chooses “{option}”. Write a likelier one, or leave it out.",
    "too_hard": "hardly anybody is right, or no more than by guessing. Check the key, then the wording.",
    "too_easy": "nearly everybody is right. Keep it if all must know it; else ask for more.",
    "slow": "half of the answers take more than two minutes. See whether it can be shorter.",
}
SHOWN_OF_QUESTION = (
    "facility",
    "discrimination_index",
    "discriminative_efficiency",
    "intended_weight",
    "effective_weight",
    "alpha_without",
)


def show(told: Json, *, json_: bool, csv_: bool, with_options: bool) -> None:
    """Print a report of `analytics.report`: as JSON, as CSV of its questions, or as a table for people.

    JSON and CSV hold every figure with the number of answers beside; the table leaves out what rests on too few.
    """
    if csv_:
        click.echo(responses.as_csv(told), nl=False)
    else:
        tell(told, "\n".join(_lines(told, with_options)), json_)


def _lines(told: Json, with_options: bool) -> Iterator[str]:
    questions, complete = told["questions"], told["design"] == "complete"
    given = "everybody was given every question" if complete else "not everybody was given every question"
    yield f"{_counted(told['students'], 'student')}, {_counted(len(questions), 'question')}: {given}."
    yield ""
    yield _row(HEADER)
    for one in questions:
        yield _row(_cells(one))
        if with_options:
            yield from map(_option, one["options"])
    yield ""
    yield from _test(told["test"], complete=complete)
    yield from _explained(told, with_options)
    found = [line for one in questions for line in _signs(one)]
    if found:
        yield from ("", "Worth a look:", *found)


def _row(cells: Sequence[object]) -> str:
    name, *rest = map(str, cells)
    return f"{_short(name):{NAME}}" + "".join(f"{cell:>{width}}" for cell, width in zip(rest, WIDTHS, strict=True))


def _cells(one: Mapping[str, Any]) -> Sequence[object]:
    intended = _percent(one, "intended_weight")
    return (
        one["question"],
        one["n"],
        _percent(one, "facility"),
        _interval(one, "facility", "facility_low", "facility_high", 100, 0, " %"),
        _figure(one, "discrimination_index"),
        _interval(one, "discrimination_index", "discrimination_low", "discrimination_high", 1, 2, ""),
        _percent(one, "discriminative_efficiency"),
        intended if intended == DASH else f"{intended} / {_percent(one, 'effective_weight')}",
        _figure(one, "alpha_without"),
    )


def _option(one: Mapping[str, Any]) -> str:
    mark = "✓" if one["right"] else " "
    groups = f"best third {_percent(one, 'top')}, lowest third {_percent(one, 'bottom')}"
    said = f"{one['count']} ({_percent(one, 'share')}), {groups}, correlation {_figure(one, 'correlation')}"
    return f"  {mark} {_short(str(one['option'])):{NAME}}{said}"


def _test(test: Mapping[str, Any], *, complete: bool) -> Iterator[str]:
    mean = f"{_figure(test, 'mean')} of {test['out_of']:g}" if complete else _percent(test, "mean")
    yield f"Scores of {_counted(test['n'], 'student')}"
    yield f"  mean {mean}, SD {_figure(test, 'sd')}, {_named(test, 'skewness', 'kurtosis')}"
    yield f"  {_named(test, 'alpha', 'error ratio')}, standard error of measurement {_figure(test, 'sem')}"


def _named(test: Mapping[str, Any], *names: str) -> str:
    return ", ".join(f"{name} {_figure(test, name.replace(' ', '_'))}" for name in names)


def _explained(told: Json, with_options: bool) -> Iterator[str]:
    """Say why there are dashes, each reason once."""
    found = [
        reason for one in told["questions"] for name, reason in one["reasons"].items() if name in SHOWN_OF_QUESTION
    ]
    if with_options:
        options = [option for one in told["questions"] for option in one["options"]]
        found += [reason for option in options for reason in option["reasons"].values()]
    found += told["test"]["reasons"].values()
    yield from (f"{DASH}  {REASONS[reason]}" for reason in dict.fromkeys(found))


def _signs(one: Mapping[str, Any]) -> Iterator[str]:
    for found in one["suggestions"]:
        said = SIGNS[found["sign"]].format(option=_short(str(found["option"])))
        yield f"{_short(str(one['question']))}: {said}"


def _percent(one: Mapping[str, Any], name: str) -> str:
    return DASH if name in one["reasons"] else f"{100 * one[name]:.0f} %"


def _figure(one: Mapping[str, Any], name: str) -> str:
    return DASH if name in one["reasons"] else f"{one[name]:.2f}"


def _interval(one: Mapping[str, Any], name: str, low: str, high: str, by: int, digits: int, unit: str) -> str:
    if name in one["reasons"] or one[low] is None:
        return DASH
    return f"{by * one[low]:.{digits}f} to {by * one[high]:.{digits}f}{unit}"


def _short(text: str) -> str:
    """Give a text that keeps to its column, and moves no cursor."""
    plain = "".join(letter if letter.isprintable() else "·" for letter in text[: NAME + 1])
    return plain if len(plain) < NAME else f"{plain[: NAME - 2]}…"


def _counted(count: int, of: str) -> str:
    return f"{count:,} {of}" if count == 1 else f"{count:,} {of}s"
