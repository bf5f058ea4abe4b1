"""Case files: one vignette, questions that unfold."""

from collections.abc import Callable
from typing import Any

from quizlib.bank.yaml_text import Located
from quizlib.errors import ContentProblems, Problem
from quizlib.model.question import Question

FEWEST, MOST = 2, 5
SUFFIX = ".case"

CASE_FIELDS = ("case", "part", "parts")

# reads one part from its id, its content and the lines of its fields; raises ContentProblems
ReadPart = Callable[[str, dict[str, Any], Located], Question]


def read_case(case_id: str, located: Located, where: str, read_part: ReadPart) -> list[Question]:
    """Read the parts of a case, each a question of its own that carries vignette and all that is disclosed by then.

    Raises ContentProblems for every part at once; a case is taken whole or not at all.
    """
    content = located.data
    problems = [
        Problem(f"{where}:{located.line((name,))}, {name}", "There is no such field.", "A case has vignette and parts.")
        for name in content
        if name not in ("vignette", "parts")
    ]
    if not str(content.get("vignette") or "").strip():
        problems.append(Problem(f"{where}:1, vignette", "The field is missing.", "Tell the story under `vignette:`."))
    parts = content.get("parts")
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        problems.append(Problem(f"{where}:1, parts", "There are no parts.", "List the questions under `parts:`."))
        raise ContentProblems(problems)
    if not FEWEST <= len(parts) <= MOST:
        what = f"A case has {FEWEST} to {MOST} parts; here {'is 1' if len(parts) == 1 else f'are {len(parts)}'}."
        fix = "Make a single question of it, or add a part." if len(parts) < FEWEST else "Make two cases of it."
        problems.append(Problem(f"{where}:{located.line(('parts',))}, parts", what, fix))
    questions: list[Question] = []
    disclosed: list[str] = []
    for number, part in enumerate(parts, start=1):
        path = ("parts", number - 1)
        own = dict(part)
        if told := str(own.pop("discloses", "") or "").strip():
            disclosed.append(told)
        for reserved in ("vignette", *CASE_FIELDS):
            if reserved in own:
                line = located.line((*path, reserved))
                fix = "Take it out; the case has the vignette and the order of its parts."
                problems.append(Problem(f"{where}:{line}, {reserved}", "A part does not have this field.", fix))
                own.pop(reserved)
        own |= {
            "vignette": content.get("vignette") or "",
            "case": case_id,
            "part": number,
            "parts": len(parts),
            "discloses": "\n\n".join(disclosed),
        }
        try:
            questions.append(read_part(f"{case_id}.{number}", own, located.below(path)))
        except ContentProblems as found:
            problems += found.problems
    if problems:
        raise ContentProblems(problems)
    return questions
