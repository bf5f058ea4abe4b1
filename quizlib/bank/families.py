"""Family files: a template and a table; one row makes one question."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from quizlib.bank.yaml_text import Located, Path
from quizlib.errors import ContentProblems, Problem
from quizlib.kinds import kind_of
from quizlib.model.question import Question

SUFFIX = ".family"
FEWEST_OPTIONS = 3
ROW_ID = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")

# what a family says about its options, and what a row says about its own
TEMPLATE = ("option", "right", "wrong", "misconception", "answers", "rows")
ROW = ("against", "also", "answer", "why", "misconceptions")
# fields of a question that a row may say in its own words
OWN = (
    "level",
    "vignette",
    "picture",
    "stem",
    "takeaway",
    "explanation",
    "often_said",
    "studies_show",
    "corrects",
    "action",
    "sources",
    "tags",
)

# reads one question from its id, its content and the lines of its fields; raises ContentProblems
ReadPart = Callable[[str, dict[str, Any], Located], Question]
Row = Mapping[str, Any]


def read_family(family_id: str, located: Located, where: str, read_part: ReadPart) -> list[Question]:
    """Make a question of every row; its id is `<family>.<row>`.

    Texts of the template hold `{name}` for what the row says under that name; the reason against a wrong option is
    filled from the row that the option comes from, with `{this.name}` for the row that is asked about. The options of a
    row come from the rows that it names under `against`; or every row offers the same `answers`, and says which holds.
    Raises ContentProblems for every row at once; a family is taken whole or not at all.
    """
    problems: list[Problem] = []
    template = {name: value for name, value in located.data.items() if name not in TEMPLATE}
    rows = located.data.get("rows")
    if not isinstance(rows, dict) or not rows or not all(isinstance(row, dict) for row in rows.values()):
        fix = "Write each row as `name: {root: C5, ...}` under `rows:`."
        raise ContentProblems([Problem(f"{where}:{located.line(('rows',))}, rows", "There are no rows.", fix)])
    questions = []
    for row_id, row in rows.items():
        path = ("rows", row_id)
        line = located.line(path)
        if not ROW_ID.match(row_id):
            fix = "Use lower-case letters, digits and hyphens, beginning with a letter."
            problems.append(Problem(f"{where}:{line}, rows", f"“{row_id}” cannot be the name of a row.", fix))
            continue
        try:
            content = {**template, **{name: row[name] for name in OWN if name in row}}
            content = {name: _filled(value, row) for name, value in content.items()}
            content["options"] = list(_options(row_id, located.data))
            question = read_part(f"{family_id}.{row_id}", content, _lines(located, path, line))
        except _Lacking as lacking:
            problems.append(Problem(f"{where}:{line}, {row_id}", lacking.what, lacking.fix))
        except ContentProblems as found:
            problems += [Problem(one.where, f"In row {row_id}: {one.what}", one.fix) for one in found.problems]
        else:
            questions.append(question)
            problems += [
                Problem(f"{where}:{line}, {row_id}", what, "Take an option out, or correct `also:`.")
                for what in _not_unique(question, row)
            ]
    if problems:
        raise ContentProblems(list(dict.fromkeys(problems)))
    return questions


class _Lacking(Exception):
    """A row that says too little to make a question of it."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what, self.fix = what, fix


def _options(row_id: str, family: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    if "answers" in family:
        yield from _from_answers(family["rows"][row_id], family["answers"])
    else:
        yield from _from_rows(row_id, family)


def _from_rows(row_id: str, family: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the right option, then one of each row that this one is asked against."""
    rows = family["rows"]
    row = rows[row_id]
    for name in ("option", "right", "wrong"):
        if not isinstance(family.get(name), str):
            raise _Lacking(f"The family has no `{name}:`.", "Say `option:`, `right:` and `wrong:`, or `answers:`.")
    against = row.get("against") or []
    if not isinstance(against, list) or len(against) < FEWEST_OPTIONS - 1:
        raise _Lacking("It names too few rows under `against:`.", "Name the rows that its wrong options come from.")
    own = {"text": _filled(family["option"], row), "correct": "true", "why": _filled(family["right"], row)}
    yield own
    given = row.get("misconceptions") or {}
    for other_id in against:
        if other_id not in rows or other_id == row_id:
            raise _Lacking(f"There is no other row {other_id}.", f"Known are: {', '.join(rows)}.")
        other = rows[other_id]
        this = {f"this.{name}": value for name, value in row.items()}
        wrong = {"text": _filled(family["option"], other), "why": _filled(family["wrong"], {**other, **this})}
        if mix_up := given.get(other_id, family.get("misconception", "")):
            wrong["misconception"] = mix_up
        yield wrong


def _from_answers(row: Row, answers: Any) -> Iterator[dict[str, Any]]:
    """Give the same options for every row, in their order, with this row's reasons."""
    if not isinstance(answers, dict) or len(answers) < FEWEST_OPTIONS:
        raise _Lacking("The family's `answers:` are too few.", "Write `answers: {name: text, ...}`, three or more.")
    if row.get("answer") not in answers:
        raise _Lacking("Its `answer:` is none of the family's.", f"Known are: {', '.join(answers)}.")
    reasons, given = row.get("why") or {}, row.get("misconceptions") or {}
    for name, text in answers.items():
        if not isinstance(reasons, dict) or name not in reasons:
            raise _Lacking(f"It gives no reason for or against {name}.", f"Add `{name}:` under its `why:`.")
        option = {"text": text, "why": _filled(reasons[name], row)}
        if name == row["answer"]:
            option["correct"] = "true"
        elif name in given:
            option["misconception"] = given[name]
        yield option


def _not_unique(question: Question, row: Row) -> Iterator[str]:
    """Prove that one option is right and no other: grade each, and look for what the row says is right as well."""
    kind, body = kind_of(question), question.body
    options = getattr(body, "options", ())
    right = [place for place in range(len(options)) if kind.grade(body, {"chosen": [place]}).fraction == 1]
    if len(right) != 1:
        yield f"{len(right)} of its options are graded as right; exactly one must be."
    texts = [option.text for option in options]
    also = row.get("also") or []
    for text in also if isinstance(also, list) else [also]:
        if text in texts:
            yield f"The option “{text}” is right as well."


def _filled(value: Any, row: Row) -> Any:
    """Put what the row says in the place of `{name}`, at any depth."""
    if isinstance(value, list):
        return [_filled(one, row) for one in value]
    if isinstance(value, dict):
        return {name: _filled(one, row) for name, one in value.items()}

    def said(found: re.Match[str]) -> str:
        text = row.get(found[1])
        if not isinstance(text, str):
            raise _Lacking(f"It does not say what {{{found[1]}}} is.", f"Add `{found[1].removeprefix('this.')}:`.")
        return text

    if not isinstance(value, str):
        return value
    # a row may itself name what it says under another name
    text = re.sub(r"\{([a-z_.]+)\}", said, re.sub(r"\{([a-z_.]+)\}", said, value))
    if left := re.search(r"[{}][^{}]{0,20}", text):
        raise _Lacking(f"“{left[0]}” is left in a text.", "Names in braces are lower-case letters and underscores.")
    return text


def _lines(located: Located, path: Path, line: int) -> Located:
    """Give the lines of a row's question: the template's, but for what the row says itself."""
    lines = {one: at for one, at in located.lines.items() if one and one[0] != "rows"}
    lines |= {one[len(path) :]: at for one, at in located.lines.items() if one[: len(path)] == path}
    return Located(None, {**lines, ("options",): line})
