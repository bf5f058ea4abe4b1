"""What the fields of a question are called where one is spoken of."""

NAMES = {
    "stem": "Question",
    "vignette": "Story before the question",
    "options": "Options",
    "pairs": "Pairs",
    "items": "What is to be put in order",
    "answers": "Answers",
    "gaps": "Gaps",
    "correct": "right",
    "why": "why",
    "text": "text",
    "takeaway": "Take away",
    "explanation": "Explanation",
    "sources": "Sources",
    "often_said": "Often said",
    "studies_show": "What studies show",
    "corrects": "Corrects",
    "action": "In practice",
    "checked": "Checked against the sources on",
    "clinician": "Checked by a clinician",
    "waive": "Suggestions set aside",
    "topic": "Topic",
    "kind": "Type",
    "left": "this",
    "right": "goes with",
    "keep": "place",
    "choose": "Right answers",
    "order": "Order",
}

_ADDED = {
    "options": "Add an option",
    "pairs": "Add a pair",
    "extra": "Add one that goes with nothing",
    "items": "Add one at the end",
    "gaps": "Add a gap",
    "wrong": "Add a wrong answer",
}
# of what is many, one
_ONE = {"Options": "Option", "Pairs": "Pair", "Answers": "Answer", "Sources": "Source"}


def to_add(field: str) -> str:
    """Say what the button below rows reads."""
    return _ADDED.get(field, "Add one")


def named(path: tuple[str | int, ...]) -> str:
    """Name a field by its path: `("options", 1, "why")` is "Option 2, why"."""
    said: list[str] = []
    for part in path:
        if isinstance(part, int):
            one = said.pop() if said else ""
            said.append(f"{_ONE.get(one, one)} {part + 1}".strip())
        else:
            said.append(NAMES.get(part, part.replace("_", " ")))
    text = ", ".join(said)
    return text[:1].upper() + text[1:] if text else "The question"
