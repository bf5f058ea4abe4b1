"""Questions → files, and the schema that editors check them with."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from quizlib.kinds import KINDS, content_of
from quizlib.model.attempt import Json
from quizlib.model.question import Question

# control characters but the line feed, NEL and its kin, which YAML takes for line breaks, and the byte order mark:
# escaped they stay themselves
_ESCAPED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
# fmt: off
_ORDER = (
    "kind", "level", "choose", "order", "vignette", "picture", "stem", "options",
    "text", "gaps", "pairs", "extra", "first", "last", "items",
    "answers", "slips", "answer", "tolerance", "low", "high", "unit", "units", "unit_required", "wrong", "why",
)
# fmt: on


class _Dumper(yaml.SafeDumper):
    """Writes long text as blocks and never an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    style = "|" if "\n" in value or len(value) > 100 else None
    if _ESCAPED.search(value):
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def question_yaml(question: Question) -> str:
    """Write one question as the text of its file, fields in the order in which people read them."""
    content = {name: value for name, value in content_of(question).items() if name not in question.body.filled}
    ordered = {name: content[name] for name in _ORDER if name in content}
    ordered |= {name: value for name, value in content.items() if name not in ordered}
    ordered.setdefault("clinician", "")
    text: str = yaml.dump(ordered, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return text


def case_yaml(parts: Sequence[Question]) -> str:
    """Write the parts of a case, in order, as the text of its file."""
    written: list[Json] = []
    told = ""
    for part in parts:
        alone = part.model_copy(update={"vignette": "", "case": "", "part": 0, "parts": 0, "discloses": ""})
        content = yaml.safe_load(question_yaml(alone))
        disclosed = part.discloses.removeprefix(told).strip()
        told = part.discloses
        written.append({"discloses": disclosed, **content} if disclosed else content)
    case: Json = {"vignette": parts[0].vignette, "parts": written}
    text: str = yaml.dump(case, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return text


def write_case(folder: Path, parts: Sequence[Question]) -> Path:
    """Write a case to its place in the folder, whole or not at all."""
    return _write(folder / parts[0].topic / f"{parts[0].case}.case.yaml", case_yaml(parts))


def write_question(folder: Path, question: Question) -> Path:
    """Write one question to its place in the folder, whole or not at all."""
    return _write(folder / question.topic / f"{question.id}.yaml", question_yaml(question))


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".yaml.new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
    return path


def question_schema() -> Json:
    """Give the JSON Schema (draft 2020-12) of a question file: one branch a kind."""
    common = Question.model_json_schema()
    definitions = common.pop("$defs")
    fields = {name: value for name, value in common["properties"].items() if name not in ("id", "topic", "body")}
    branches = []
    for name, kind in KINDS.items():
        own = kind.body.model_json_schema()
        own["properties"] = {name: value for name, value in own["properties"].items() if name not in kind.body.filled}
        definitions |= own.pop("$defs", {})
        branches.append(
            {
                "title": kind.title,
                "type": "object",
                "properties": {**fields, **own["properties"], "kind": {"const": name}, "clinician": {}},
                "required": [
                    *[f for f in common["required"] if f in fields],
                    *own.get("required", []),
                ],
                "additionalProperties": False,
            }
        )
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "oneOf": branches, "$defs": definitions}
