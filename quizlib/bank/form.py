"""What a form for questions needs: an empty one, the check of a filled one, and what is asked already."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import ValidationError
from rapidfuzz import fuzz, process

from quizlib.bank.form_sentences import in_words, refused_in_words
from quizlib.bank.form_shape import blank, in_form, reached, tidied
from quizlib.bank.lint import lint_question
from quizlib.bank.lint.whole_bank import ALIKE, asked_text
from quizlib.bank.pointers import missing_pointers
from quizlib.bank.telling import Refusal, refusals
from quizlib.bank.yaml_text import Path
from quizlib.kinds import question_from
from quizlib.model.attempt import Json
from quizlib.model.catalogue import Catalogue
from quizlib.model.question import Question

__all__ = ["Checked", "FieldProblem", "Suggestion", "asked_text", "blank", "check_content", "in_form", "near", "tidied"]

# stands for what is not written yet, so that what is written can be looked at
_TO_COME: Json = {
    "level": "recall",
    "stem": "…",
    "takeaway": "…",
    "explanation": "…",
    "why": "…",
    "sources": [{"reference": "…"}],
    "checked": "2000-01-01",
}
_CHOOSE = {
    "sources": "Choose one from the list, or add it there first.",
    "ideas": "Choose one from the list, or take it out.",
}


class FieldProblem(NamedTuple):
    """What must be fixed in a field of the tidied content: where, what, how."""

    path: Path
    what: str
    fix: str


class Suggestion(NamedTuple):
    """What could be better in a field, and the rule that says so."""

    path: Path
    what: str
    fix: str
    rule: str


@dataclass(frozen=True)
class Checked:
    """What a form holds: the question if it is sound, what must be fixed, what could be better.

    All paths lead into `content`, the tidied one; `in_form` finds the places of the form.
    """

    question: Question | None
    problems: tuple[FieldProblem, ...]
    suggestions: tuple[Suggestion, ...]
    content: Json


def check_content(content: Json, question_id: str, topic: str, catalogue: Catalogue) -> Checked:
    """Check what a form holds, whatever it is; suggestions come before the question is whole."""
    kept = tidied(content)
    problems = []
    if catalogue.topics and topic not in catalogue.topics:
        what = f"There is no topic {topic[:80]}." if topic else "The topic is missing."
        problems.append(FieldProblem(("topic",), what, "Choose one."))
    try:
        question = question_from(question_id, topic, kept)
    except ValidationError as error:
        refused = refusals(error)
        whole, broken = _as_if_written(kept, refused)
        told = [FieldProblem(_place(one, kept), *refused_in_words(one)) for one in [*refused, *broken]]
        problems += [one for one in told if one.path != ("topic",) or not problems]
        return Checked(None, tuple(dict.fromkeys(problems)), _suggested(whole, kept) if whole else (), kept)
    for missing in missing_pointers(question, catalogue):
        fix = _CHOOSE.get(str(missing.path[0]), "Choose one from the list, or leave it empty.")
        problems.append(FieldProblem(reached(missing.path, kept), missing.what, fix))
    return Checked(None if problems else question, tuple(problems), _suggested(question, kept), kept)


def near(question: Question, others: Mapping[str, str]) -> list[str]:
    """Give the ids of questions that ask nearly the same, the nearest first; `others` are ids with their asked_text.

    Nearness is that of the rule near-duplicate, for which parts of a case, that share their vignette, are near to none.
    """
    if question.case:
        return []
    mine = asked_text(question)
    # texts that differ more in length cannot be alike, and comparing words is what takes long
    least = len(mine) * ALIKE / (200 - ALIKE) - 1
    most = len(mine) * (200 - ALIKE) / ALIKE + 1
    close = {name: text for name, text in others.items() if name != question.id and least <= len(text) <= most}
    found = process.extract(mine, close, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=None)
    return [name for text, _, name in found if fuzz.token_set_ratio(mine, text) >= ALIKE]


def _place(refused: Refusal, content: Json) -> Path:
    if not refused.path and "`" in refused.message:  # a rule over several fields: the first that is not there
        named = [part.rstrip(":") for part in refused.message.split("`")[1::2]]
        return next(((name,) for name in named if name not in content), ())
    return reached(refused.path, content)


def _as_if_written(content: Json, refused: list[Refusal]) -> tuple[Question | None, list[Refusal]]:
    """Give the question as if what is missing stood there, or the rules that it breaks even then.

    Rules over several fields are not looked at while one of the fields is missing, and a form that told them last, one
    by one, would never come to its end.
    """
    filled = content
    for one in refused:
        if one.path in (("id",), ("topic",)):
            continue
        if one.kind != "missing" or not one.path or one.path[-1] not in _TO_COME:
            return None, []
        filled = _with(filled, one.path, _TO_COME[str(one.path[-1])])
    try:
        return question_from("new", "new", filled), []
    except ValidationError as error:
        return None, refusals(error)


def _with(data: Any, path: Path, value: Any) -> Any:
    """Give the data with a value put in at a path, the old data being left as it is."""
    if not path:
        return value
    copy: Any = dict(data) if isinstance(data, dict) else list(data)
    copy[path[0]] = _with(copy[path[0]] if len(path) > 1 else None, path[1:], value)
    return copy


def _suggested(question: Question, content: Json) -> tuple[Suggestion, ...]:
    found = [(rule, flaw) for rule, flaw in lint_question(question) if rule not in question.waive]
    return tuple(
        Suggestion(flaw.path, in_words(flaw.what), in_words(flaw.fix), rule)
        for rule, flaw in found
        if reached(flaw.path, content, existing=True) == flaw.path
    )
