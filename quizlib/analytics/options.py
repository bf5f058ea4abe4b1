"""What was chosen: each option of each question, and who chose it.

A frame of *choices* has one row for each option that one student chose: `student`, `question`, `option`; a question
that asks for several options has several. Choices without a row in the answers are left out. A frame of *keys* says
what each option is worth: `question`, `option`, `fraction`; with it, options that nobody chose are told too.
"""

from typing import Any

import numpy as np
import pandas as pd

from quizlib.analytics.answers import RIGHT, Codes, Design, Floats, Sheet, read_sheet
from quizlib.analytics.groups import Groups, quotient
from quizlib.analytics.intervals import wilson
from quizlib.analytics.minimums import Reason, because, nullable

# Kelley (1939, J Educ Psychol 30:17-24) takes 27 % from each end, the best for a normal distribution; for a flat one it
# is 33 % (Cureton 1957, Psychometrika 22:293-296). A third is as good in practice, and anybody knows what it is.
GROUP = 1 / 3
TIE = 10  # digits to which two scores on the rest are the same


def option_analysis(
    answers: pd.DataFrame, choices: pd.DataFrame, keys: pd.DataFrame | None = None, *, design: Design | None = None
) -> pd.DataFrame:
    """Give a row for each option of each question; <NA> where a figure is not defined.

    `question`, `option` · `fraction`, what the option is worth, and `right`, whether that is anything · `n` answers to
    the question and `count` that chose the option · `share` of all answers, those that chose nothing too, with its
    95 % interval `share_low`, `share_high` · `top` and `bottom`, its share in the third of the students with most and
    with least on the rest of the test (students who tie at the border count in part) · `correlation` of choosing it
    with the rest, over `n_rest` students · `no_rest`, the reason why there are no groups or no correlation, or None.

    Without keys an option is worth what whoever chose it alone was given, <NA> where that was not always the same.
    """
    return options_of(read_sheet(answers, design), choices, keys)


def options_of(sheet: Sheet, choices: pd.DataFrame, keys: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give the option analysis of answers that are read already."""
    place = sheet.places(choices)
    chosen = choices[place >= 0].assign(place=place[place >= 0])
    chosen = chosen.drop_duplicates(["place", "option"])
    place = chosen["place"].to_numpy(np.intp)
    options, code = _options(sheet, chosen, keys)
    question = options.pop("number").to_numpy(np.intp)
    options["right"] = (options["fraction"] > 0).astype("boolean")
    options["n"] = np.bincount(sheet.question, minlength=len(sheet.questions))[question]
    options["count"] = np.bincount(code, minlength=len(options))
    share = quotient(options["count"], options["n"])
    low, high = wilson(share, options["n"])
    figures = {"share": share, "share_low": low, "share_high": high} | _by_rest(sheet, place, code, question)
    return options.assign(**{name: nullable(values) for name, values in figures.items()})


def _options(sheet: Sheet, chosen: pd.DataFrame, keys: pd.DataFrame | None) -> tuple[pd.DataFrame, Codes]:
    """Give the options, question by question and first as the keys have them, and which of them each row chose."""
    worth = _worth(sheet, chosen) if keys is None else keys["fraction"].to_numpy(np.float64)
    listed = chosen if keys is None else keys
    given = pd.DataFrame({"number": sheet.numbers(listed["question"]), "option": _objects(listed), "fraction": worth})
    asked = pd.DataFrame({"number": sheet.numbers(chosen["question"]), "option": _objects(chosen), "fraction": np.nan})
    every = pd.concat([given, asked]).drop_duplicates(["number", "option"])
    options = every[every["number"] >= 0].sort_values("number", kind="stable", ignore_index=True)
    options.insert(0, "question", [sheet.questions[number] for number in options["number"]])
    options["fraction"] = nullable(options["fraction"].to_numpy())
    code = asked.merge(options.reset_index(), how="left", on=["number", "option"])["index"]
    return options, code.to_numpy(np.intp)


def _worth(sheet: Sheet, chosen: pd.DataFrame) -> Floats:
    """Give what the option of each row brings: the fraction of all who chose it, where they chose nothing else."""
    place = chosen["place"].to_numpy(np.intp)
    alone = np.bincount(place, minlength=len(sheet.student))[place] == 1
    fraction = pd.Series(np.where(alone, sheet.fraction[place], np.nan), index=chosen.index)
    by_option = fraction.groupby([sheet.question[place], _objects(chosen)], sort=False)
    least, most = by_option.transform("min"), by_option.transform("max")
    return least.where(most - least < 1 - RIGHT).to_numpy(np.float64)


def _by_rest(sheet: Sheet, place: Codes, code: Codes, question: Codes) -> dict[str, Any]:
    """Give who chose each option, by what they scored on the rest.

    The covariance with a choice is the sum of how far those who chose it are above the mean on the rest, by n - 1.
    """
    known = ~np.isnan(sheet.rest)
    groups = Groups(sheet.question[known], len(sheet.questions))
    rest, code, chooser = sheet.rest[known], code[known[place]], (np.cumsum(known) - 1)[place[known[place]]]
    n, variance = groups.sizes[question], groups.variance(rest)[question]
    of_option = Groups(code, len(question))
    common = quotient(of_option.total(groups.centred(rest)[chooser]), n - 1, n > 1)
    choosing = quotient(of_option.sizes * (n - of_option.sizes), n * (n - 1.0), n > 1)
    bottom, top = _thirds(groups, rest)
    least = np.where(variance > 0, n * GROUP, np.nan)
    few = Reason.FEW_OTHERS if sheet.design is Design.FREE else Reason.ONE_STUDENT
    single = sheet.design is Design.COMPLETE and len(sheet.questions) == 1
    conditions = [
        (np.full(len(question), single), Reason.ONE_QUESTION),
        (n < 2, few),
        (variance == 0, Reason.NO_VARIANCE_OF_REST),
        (choosing == 0, Reason.NO_VARIANCE),
    ]
    return {
        "n_rest": n,
        "top": np.minimum(quotient(of_option.total(top[chooser]), least), 1),
        "bottom": np.minimum(quotient(of_option.total(bottom[chooser]), least), 1),
        "correlation": np.clip(quotient(common, np.sqrt(choosing * variance)), -1, 1),
        "no_rest": because(conditions, len(question)),
    }


def _thirds(groups: Groups, rest: Floats) -> tuple[Floats, Floats]:
    """Give how far each answer is in the bottom and in the top third of its question by the rest: 0, 1, or a part."""
    rest = np.round(rest, TIE)
    order = np.lexsort((rest, groups.codes))
    codes, rest = groups.codes[order], rest[order]
    starts = np.cumsum(groups.sizes) - groups.sizes
    place = np.arange(len(order)) - starts[codes]
    is_first = np.ones(len(order), bool)
    is_first[1:] = (codes[1:] != codes[:-1]) | (rest[1:] != rest[:-1])
    tie = np.cumsum(is_first) - 1
    size = np.bincount(tie) if len(tie) else tie
    begin = place[is_first]
    n = groups.sizes[codes[is_first]]
    bottom = np.clip(n * GROUP - begin, 0, size) / size
    top = np.clip(begin + size - (n - n * GROUP), 0, size) / size
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    return bottom[tie][back], top[tie][back]


def _objects(rows: pd.DataFrame) -> Any:
    return rows["option"].to_numpy(dtype=object)
