"""The figures of one question or one test, as they are kept, shown and written to files."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from pydantic import Field

from quizlib.analytics.answers import Design
from quizlib.analytics.minimums import Reason
from quizlib.analytics.suggestions import Sign
from quizlib.model.base import Value

__all__ = [
    "Design",
    "Figures",
    "Given",
    "OptionFigures",
    "Reason",
    "Remark",
    "ScoreFigures",
    "Series",
    "Shown",
    "Sign",
    "WholeTest",
    "as_told",
    "figures_from",
    "scores_from",
]
V = TypeVar("V", bound=Value)


class Shown(Value):
    """Figures of which some are not to be shown: `reasons` says why, by name."""

    reasons: Mapping[str, Reason] = Field(default_factory=dict)

    def shown(self, name: str) -> float | None:
        """Give a figure that may be shown, or None; `reasons` tells why not."""
        value: float | None = None if name in self.reasons else getattr(self, name)
        return value


class OptionFigures(Shown):
    """How often an option was chosen, and by whom; see `analytics.options` for what each figure means."""

    text: str
    right: bool
    count: int
    share: float | None = None
    share_low: float | None = None
    share_high: float | None = None
    top: float | None = None
    bottom: float | None = None
    correlation: float | None = None


class Given(Value):
    """An answer in words, how many gave it, and what it is worth."""

    text: str
    count: int
    fraction: float


class Remark(Value):
    """What is striking: the sign, of which option, by which figure, over how many answers."""

    sign: Sign
    option: str = ""
    value: float
    n: int


class Figures(Shown):
    """How one wording of a question was answered; see `analytics.items` for what each figure means.

    `given` are the most frequent answers where there are no options to choose from.
    """

    question: str
    title: str = ""
    n: int
    facility: float | None = None
    facility_low: float | None = None
    facility_high: float | None = None
    sd: float | None = None
    random_guess: float | None = None
    intended_weight: float | None = None
    effective_weight: float | None = None
    n_rest: int = 0
    discrimination_index: float | None = None
    discrimination_low: float | None = None
    discrimination_high: float | None = None
    discriminative_efficiency: float | None = None
    point_biserial_corrected: float | None = None
    alpha_without: float | None = None
    n_seconds: int = 0
    mean_seconds: float | None = None
    median_seconds: float | None = None
    options: tuple[OptionFigures, ...] = ()
    given: tuple[Given, ...] = ()
    remarks: tuple[Remark, ...] = ()


class ScoreFigures(Shown):
    """What the scores of a test say of it; see `analytics.reliability` for what each figure means."""

    n: int
    out_of: float
    mean: float | None = None
    sd: float | None = None
    skewness: float | None = None
    kurtosis: float | None = None
    alpha: float | None = None
    error_ratio: float | None = None
    sem: float | None = None


class Series(Value):
    """The figures of one wording, which versions had it, and between when it was answered.

    `key_changed` are the moments at which another answer became the right one, or past answers were marked again;
    `current` says whether it is what the question asks now.
    """

    figures: Figures
    versions: tuple[int, ...]
    since: datetime
    until: datetime
    key_changed: tuple[datetime, ...] = ()
    current: bool = True


class WholeTest(Value):
    """The figures of a test: of its scores, and of its questions in their order."""

    design: Design
    students: int
    not_given: int
    scores: ScoreFigures
    questions: tuple[Figures, ...]


def figures_from(
    told: Mapping[str, Any], texts: Mapping[Any, tuple[str, bool]], given: Iterable[Given] = ()
) -> Figures:
    """Give the figures of a question as `analytics.report` tells them; `texts` are what its options say."""
    options = tuple(
        _taken(OptionFigures, one, text=texts[one["option"]][0], right=texts[one["option"]][1])
        for one in told["options"]
        if one["option"] in texts
    )
    remarks = tuple(
        _taken(Remark, one, option=texts[one["option"]][0] if one["option"] in texts else "")
        for one in told["suggestions"]
    )
    return _taken(Figures, told, options=options, remarks=remarks, given=tuple(given))


def as_told(one: Figures) -> dict[str, Any]:
    """Give the figures of a question as `analytics.report` tells them, its options by what they say."""
    told = one.model_dump(mode="json", exclude={"options", "remarks"})
    options = [{"option": each.text} | each.model_dump(mode="json", exclude={"text"}) for each in one.options]
    remarks = [each.model_dump(mode="json") | {"option": each.option or None} for each in one.remarks]
    return told | {"options": options, "suggestions": remarks}


def scores_from(told: Mapping[str, Any]) -> ScoreFigures:
    """Give the figures of a test's scores as `analytics.report` tells them."""
    return _taken(ScoreFigures, told)


def _taken(kind: type[V], told: Mapping[str, Any], **more: Any) -> V:
    return kind(**{name: value for name, value in {**told, **more}.items() if name in kind.model_fields})
