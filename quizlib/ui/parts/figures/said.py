"""What instructors read of figures: what is striking and what to do first, and why there is none."""

from collections.abc import Sequence

from quizlib.services.analysis.figures import Reason, Remark, Sign

DASH = "–"
REASONS = {
    Reason.FEW_ANSWERS: "too few answers",
    Reason.FEW_OTHERS: "too few learners answered five other questions as well",
    Reason.ONE_STUDENT: "one student only",
    Reason.ONE_QUESTION: "there is one question only, so no rest to compare it with",
    Reason.FEW_QUESTIONS: "too few questions",
    Reason.FEW_STUDENTS: "too few students",
    Reason.SAME_SCORES: "everybody has the same score",
    Reason.NO_VARIANCE: "everybody scored the same on it",
    Reason.NO_VARIANCE_OF_REST: "everybody scored the same on the rest",
    Reason.NOBODY_RIGHT: "everybody or nobody is fully right",
    Reason.NEGATIVE: "whoever scores more on it scores less on the whole",
    Reason.DIFFERENT_QUESTIONS: "students were asked different questions, so that their scores do not add up",
    Reason.NO_KEY: "it depends on how one guesses",
    Reason.NO_TIMES: "in a mock exam nobody measures the time of one question",
}
NEEDED = {
    "facility": "from 5 answers on",
    "sd": "from 5 answers on",
    "share": "from 20 answers on",
    "top": "from 20 answers on",
    "bottom": "from 20 answers on",
    "mean": "from 5 students on",
    "mean_seconds": "from 5 answers on",
    "median_seconds": "from 5 answers on",
}
MANY = "from 30 on"
LEAST_PRINTED = 0.005


def why(name: str, reason: Reason) -> str:
    """Say why a figure is missing, and how many answers it needs where that is the reason."""
    said = REASONS[reason]
    return f"{said}; shown {NEEDED.get(name, MANY)}" if reason is Reason.FEW_ANSWERS else said


def striking(remarks: Sequence[Remark]) -> list[tuple[str, str]]:
    """Say what is striking about a question, most urgent first, each with what to do first."""
    unused = [one for one in remarks if one.sign is Sign.UNUSED_OPTION]
    said = [_said(one) for one in remarks if one not in unused[1:]]
    if len(unused) > 1:  # all in one sentence, in the place of the first
        place = [one for one in remarks if one not in unused[1:]].index(unused[0])
        said[place] = _nobody_takes(unused)
    return said


def _below(value: float) -> str:
    return f"below 0 (−{-value:.2f})" if value <= -LEAST_PRINTED else "just below 0"


def _nobody_takes(unused: Sequence[Remark]) -> tuple[str, str]:
    *first, last = (f"“{one.option}”" for one in unused)
    return (
        f"Of {unused[0].n} wrong choices, hardly any were {', '.join(first)} or {last}.",
        "Write wrong options that somebody could believe, or leave them out.",
    )


def _said(remark: Remark) -> tuple[str, str]:
    option = f"“{remark.option}”"
    match remark.sign:
        case Sign.NEGATIVE_DISCRIMINATION:
            return (
                f"Discrimination is {_below(remark.value)}, over {remark.n}: who does well on the rest is not "
                "more often right.",
                "Check the right answer first; then whether the wording misleads those who know more.",
            )
        case Sign.PREFERRED_BY_THE_BEST:
            return (
                f"The best third prefer {option} to the right answer.",
                "Check whether this option is right as well.",
            )
        case Sign.COMPLAINED_ABOUT:
            number = int(remark.value)
            return (
                f"{number} {'report waits' if number == 1 else 'reports wait'} for an answer.",
                "Read what was reported.",
            )
        case Sign.UNUSED_OPTION:
            return (
                f"Of {remark.n} wrong choices, {remark.value:.0%} were {option}.",
                "Hardly anybody falls for it: write a wrong option that somebody could believe, or leave it out.",
            )
        case Sign.TOO_HARD:
            return (
                f"Only {remark.value:.0%} of its points were won.",
                "Check the right answer and the wording; if both stand, teach it again.",
            )
        case Sign.TOO_EASY:
            return (
                f"{remark.value:.0%} of its points were won: it tells hardly anybody apart.",
                "Keep it where it must be known by all; otherwise make the wrong options more tempting.",
            )
        case Sign.SLOW:
            return (
                f"Half of the learners take longer than {remark.value / 60:.1f} minutes.",
                "See whether the story or the options can be shorter.",
            )
