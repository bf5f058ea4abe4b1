"""Topics and references → the files of the catalogue: what did not change stays to the letter."""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import yaml

from quizlib.bank.yaml_text import read_yaml
from quizlib.model.catalogue import Catalogue

# as YAML counts lines
_LINE = re.compile(r"[^\n\r\x85\u2028\u2029]*(?:\r\n|[\n\r\x85\u2028\u2029])")
_YEAR = re.compile(r"[1-9]\d{3}")
Fields = dict[str, str]


class _Dumper(yaml.SafeDumper):
    """Writes years without quotes and never an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    # every scalar is read as text
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'int' if _YEAR.fullmatch(value) else 'str'}", value)


_Dumper.add_representer(str, _text)


def topics_text(text: str, catalogue: Catalogue, where: str) -> str:
    """Give the text of topics.yaml with the topics of a catalogue in their order; a text of no YAML is refused."""
    wanted = {key: one.model_dump(exclude={"id"}) for key, one in catalogue.topics.items()}
    return _laid_into(text, wanted, (), where)


def sources_text(text: str, catalogue: Catalogue, where: str) -> str:
    """Give the text of sources.yaml with the references of a catalogue; documents and rows stay as they are."""
    wanted = {
        key: {name: str(value) for name, value in one.model_dump(exclude_defaults=True).items()}
        for key, one in catalogue.references.items()
    }
    return _laid_into(text, wanted, ("references",), where)


def _laid_into(text: str, wanted: Mapping[str, Fields], path: tuple[str, ...], where: str) -> str:
    """Put entries into the mapping at a path, in their order; others follow, since something may point to them."""
    data = read_yaml(text, where).data
    data = data if isinstance(data, dict) else {}
    held = _at(data, path)
    if list(held) == [*wanted, *(key for key in held if key not in wanted)] and _hold(held, wanted):
        return text
    every = {**{key: wanted.get(key, fields) for key, fields in {**wanted, **held}.items()}}
    laid = _by_pieces(text, held, every, path)
    if laid is None or not _hold(_at(read_yaml(laid, where).data, path), every):
        return _anew(text, {**data, path[0]: every} if path else every)
    return laid


def _hold(held: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(held.get(key) == fields for key, fields in wanted.items())


def _at(data: Any, path: tuple[str, ...]) -> dict[str, Any]:
    for name in path:
        data = data.get(name) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def _by_pieces(text: str, held: Mapping[str, Any], every: Mapping[str, Any], path: tuple[str, ...]) -> str | None:
    """Write only what changed, where each entry begins a line of its own; else give None."""
    text = text if text.endswith("\n") else text + "\n"
    node = yaml.compose(text, Loader=yaml.CBaseLoader)
    for name in path:
        below = node.value if isinstance(node, yaml.MappingNode) else ()
        node = next((value for key, value in below if key.value == name), None)
    if not isinstance(node, yaml.MappingNode) or not node.value or node.flow_style:
        return None
    lines = _LINE.findall(text)
    cuts = [*(key.start_mark.line for key, _ in node.value), node.end_mark.line]
    if any(one >= other for one, other in pairwise(cuts)):
        return None
    pieces = {
        key.value: "".join(lines[start:end]) for (key, _), (start, end) in zip(node.value, pairwise(cuts), strict=True)
    }
    indent = " " * node.value[0][0].start_mark.column
    in_a_line = all(value.flow_style for _, value in node.value if isinstance(value, yaml.MappingNode))
    changed = {key: fields for key, fields in every.items() if held.get(key) != fields}
    pieces |= {key: _written({key: fields}, indent, in_a_line) for key, fields in changed.items()}
    return "".join([*lines[: cuts[0]], *(pieces[key] for key in every), *lines[cuts[-1] :]])


def _anew(text: str, data: Mapping[str, Any]) -> str:
    """Write the whole file, after the comments that it begins with."""
    comments = re.match(r"(?:#[^\n]*\n|\s*\n)*", text)
    return (comments[0] if comments else "") + _written(data, "", in_a_line=False)


def _written(data: Mapping[str, Any], indent: str, in_a_line: bool) -> str:
    style = None if in_a_line else False
    width = 10_000 if in_a_line else 110
    text = yaml.dump(
        dict(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=style, width=width
    )
    return "".join(f"{indent}{line}\n" if line else "\n" for line in text.split("\n")[:-1])
