"""Figures as tables that become cards on a narrow screen; every word of an author is escaped."""

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import quote

from quizlib.services.analysis.figures import Figures, OptionFigures, Reason, ScoreFigures, Shown
from quizlib.ui import prose, words
from quizlib.ui.parts.figures.said import DASH, striking, why

SCORES = (
    ("mean", "Mean", "of the scores"),
    ("sd", "Standard deviation", "how far scores lie from the mean, as a rule"),
    ("alpha", "Cronbach’s alpha", "how much the questions agree; 0.7 and more for a grade that counts"),
    ("sem", "Standard error", "how far a score may be from what the student knows; two of three lie within"),
    ("error_ratio", "Error ratio", "how much of the spread is chance; 50% and less is good"),
    ("skewness", "Skewness", "below 0: most scored high, a few low"),
    ("kurtosis", "Kurtosis", "above 0: more scores at the ends than a bell curve has"),
)
DETAILS = (
    ("sd", "Standard deviation", "number", "how much answers differ in what they are worth"),
    ("random_guess", "By guessing", "share", "the share right that chance alone brings"),
    ("intended_weight", "Meant to weigh", "share", "its part of the points"),
    ("effective_weight", "Weighs in fact", "share", "its part of what sets students apart"),
    ("discriminative_efficiency", "Discriminative efficiency", "number", "discrimination, fair to easy and hard ones"),
    ("point_biserial_corrected", "Corrected point-biserial", "number", "as discrimination, for fully right or not"),
    ("alpha_without", "Alpha without it", "number", "above the alpha of the test: it measures better without"),
    ("mean_seconds", "Mean time", "seconds", ""),
    ("median_seconds", "Median time", "seconds", "half of the answers took less"),
)


def remarks(figures: Figures) -> str:
    """Give what is striking as a list; nothing where nothing is."""
    if not figures.remarks:
        return ""
    return (
        '<ul class="striking">'
        + "".join(f"<li><strong>{escape(a)}</strong> {escape(b)}</li>" for a, b in striking(figures.remarks))
        + "</ul>"
    )


def share_right(figures: Figures, of: str = "first answer") -> str:
    """Give the share right with its interval and n, in words; `of` says what n counts."""
    share = figures.shown("facility")
    answers = words.count(figures.n, of, of if of.endswith("asked") else "")
    if share is None:
        return f"{DASH} Share right: {why('facility', figures.reasons['facility'])} ({answers} so far)."
    guess = figures.shown("random_guess")
    chance = f" By guessing: {guess:.0%}." if guess else ""
    return (
        f"Share right: <strong>{share:.0%}</strong> of {answers} "
        f"(as far as so many tell: {figures.facility_low:.0%} to {figures.facility_high:.0%}).{chance}"
    )


def discrimination(figures: Figures) -> str:
    """Give the correlation with the rest with its interval and n, and what it means, in words."""
    index = figures.shown("discrimination_index")
    if index is None:
        reason = why("discrimination_index", figures.reasons["discrimination_index"])
        return f"{DASH} Discrimination: {reason} ({words.count(figures.n_rest, 'learner')} so far)."
    low, high = figures.discrimination_low, figures.discrimination_high
    interval = f" ({_number(low)} to {_number(high)})" if low is not None and high is not None else ""
    return (
        f"Discrimination: <strong>{_number(index)}</strong>{interval} over {words.count(figures.n_rest, 'learner')}. "
        "It says whether those who do well on the rest get this one right: 0.2 and more is good, below 0 is a warning."
    )


def options(figures: Figures) -> str:
    """Give a table of the options, or of the answers that were given most often."""
    if not figures.options:
        return _given(figures)
    if "share" in figures.options[0].reasons:
        return f"<p class=few>Options: {why('share', figures.options[0].reasons['share'])}.</p>"
    head = ("Option", "Chosen", "Best third", "Weakest third", "Goes with the rest")
    return _table("How often each option was chosen", head, map(_option_row, figures.options))


def details(figures: Figures) -> str:
    """Give the other figures of a question as a list of names and values."""
    return _listed((label, meaning, _value(figures, name, how)) for name, label, how, meaning in DETAILS)


def scores(found: ScoreFigures) -> str:
    """Give the figures of a test, each with what it means."""
    return _listed((label, meaning, _value(found, name, _how(name))) for name, label, meaning in SCORES)


def overview(questions: Sequence[Figures]) -> str:
    """Give a row for each question of a test, with what folds out of it."""
    head = ("Question", "Asked", "Share right", "Discrimination", "Time")
    rows = [
        (
            f"{place}. {_link(one)}",
            str(one.n),
            _share(one.shown("facility"), one.facility_low, one.facility_high),
            _discrimination(one),
            _value(one, "median_seconds", "seconds"),
        )
        for place, one in enumerate(questions, start=1)
    ]
    return _table("Every question with its figures", head, rows)


def _discrimination(one: Figures) -> str:
    low, high = one.discrimination_low, one.discrimination_high
    shown = _value(one, "discrimination_index", "number")
    if one.shown("discrimination_index") is None or low is None or high is None:
        return shown
    return f"{shown} <small>({_number(low)} to {_number(high)})</small>"


def _given(figures: Figures) -> str:
    if not figures.given or figures.shown("facility") is None:
        return ""
    head = ("Answer", "Given", "Worth")
    rows = [(prose.inline(one.text), f"{one.count} ×", f"{one.fraction:.0%}") for one in figures.given]
    return _table("The answers given most often", head, rows)


def _option_row(one: OptionFigures) -> tuple[str, ...]:
    right = ' <span class="right">✓ right answer</span>' if one.right else ""
    return (
        prose.inline(one.text) + right,
        f"{_share(one.shown('share'), one.share_low, one.share_high)} <small>{one.count} ×</small>",
        _value(one, "top", "share"),
        _value(one, "bottom", "share"),
        DASH if one.reasons.get("correlation") is Reason.NO_VARIANCE else _value(one, "correlation", "number"),
    )


def _table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Give a table; each cell says in which column it stands, for where columns are not beside each other."""
    top = "".join(f'<th scope="col">{escape(one)}</th>' for one in head)
    body = "".join(
        f'<tr><th scope="row">{first}</th>'
        + "".join(f'<td data-label="{escape(label)}">{cell}</td>' for label, cell in zip(head[1:], cells, strict=True))
        + "</tr>"
        for first, *cells in rows
    )
    return (
        f'<div class="figures-box"><table class="figures"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _listed(lines: Iterable[tuple[str, str, str]]) -> str:
    body = ""
    for label, meaning, value in lines:
        meant = f'<dd class="meaning">{escape(meaning)}</dd>' if meaning else ""
        body += f"<div><dt>{escape(label)}</dt><dd>{value}</dd>{meant}</div>"
    return f'<dl class="figures">{body}</dl>'


def _link(one: Figures) -> str:
    title = escape(prose.short(one.title or one.question, 90))
    return f'<a href="question?question={quote(one.question)}" target="_self">{title}</a>'


def _value(found: Shown, name: str, how: str) -> str:
    value = found.shown(name)
    if value is None:
        reason = found.reasons.get(name)
        said = f" <small>{escape(why(name, reason))}</small>" if reason is not None else ""
        return f"{DASH}{said}"
    match how:
        case "share":
            return f"{value:.0%}"
        case "seconds":
            return f"{value:.0f} s"
    return _number(value)


def _how(name: str) -> str:
    return "share" if name == "error_ratio" else "number"


def _share(share: float | None, low: float | None, high: float | None) -> str:
    if share is None:
        return DASH
    return f"{share:.0%}" + ("" if low is None or high is None else f" <small>({low:.0%} to {high:.0%})</small>")


def _number(value: float | None) -> str:
    return DASH if value is None else f"{value:.2f}".replace("-", "−")
