"""YAML in which every scalar is text and every value knows its line."""

import pathlib
from dataclasses import dataclass, field
from typing import Any

import yaml

from quizlib.errors import ContentProblems, Problem

Path = tuple[str | int, ...]
DEEPEST = 12


@dataclass
class Located:
    """Plain data, with the line of each value by its path."""

    data: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def below(self, path: Path) -> "Located":
        """Give the lines of what lies below a path, as if that were the whole file."""
        depth = len(path)
        lines = {one[depth:]: line for one, line in self.lines.items() if one[:depth] == path}
        return Located(None, lines)

    def line(self, path: Path) -> int:
        """Give the line of the value at the path, or of the nearest one above it."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str, where: str) -> Located:
    """Parse text; raise ContentProblems that name `where` and the line.

    Aliases are refused: a few of them can stand for gigabytes. Scalars stay text, so that `no` and `1:30` stay what
    they say.
    """
    try:
        # libyaml's composer recurses in C; ten thousand brackets end the process, not the parse
        _refuse_depth(text, where)
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        what = f"This is not YAML: {error.problem or error}."
        raise ContentProblems([Problem(f"{where}:{line}", what, "Check indentation, colons and quotes.")]) from None
    except yaml.YAMLError as error:
        what = f"This is not YAML: {str(error).splitlines()[0]}."
        raise ContentProblems([Problem(f"{where}:1", what, "Save the file as plain UTF-8 text.")]) from None
    located = Located(None)
    problems: list[Problem] = []
    if node is not None:
        located.data = _plain(node, (), located, problems, where)
    if problems:
        raise ContentProblems(problems)
    return located


def read_text(path: pathlib.Path, where: str, folder: pathlib.Path, largest: int) -> str:
    """Read a file as UTF-8; refuse what lies outside the folder, is larger than `largest` bytes, or is no text."""
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            fix = "Copy the file itself here."
            raise ContentProblems([Problem(where, "The file is a link out of the folder.", fix)])
        size = path.stat().st_size
        if size > largest:
            what = f"The file has {size // 1024} KB; it may have {largest // 1024} at most."
            raise ContentProblems([Problem(where, what, "Is this the right file?")])
        raw = path.read_bytes()
    except (OSError, RuntimeError) as error:  # RuntimeError: a link to itself, before Python 3.13
        what = f"The file cannot be read: {getattr(error, 'strerror', error)}."
        raise ContentProblems([Problem(where, what, "Check that it is a file you may read.")]) from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        what = "The text is not UTF-8."
        raise ContentProblems([Problem(f"{where}:{line}", what, "Save the file with encoding UTF-8.")]) from None


def _refuse_depth(text: str, where: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            fix = "Write the value out again."
            raise ContentProblems([Problem(f"{where}:{line}", f"The alias *{event.anchor} is not allowed.", fix)])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                fix = "Compare it with the example in docs/authoring.md."
                raise ContentProblems([Problem(f"{where}:{line}", f"Values are nested more than {DEEPEST} deep.", fix)])
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _plain(node: yaml.Node, path: Path, located: Located, problems: list[Problem], where: str) -> Any:
    located.lines[path] = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, i), located, problems, where) for i, child in enumerate(node.value)]
    data: dict[str, Any] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            problems.append(Problem(f"{where}:{line}", "A field's name is not a word.", "Write `name: value`."))
            continue
        if key.value in data:
            what = f"The field stands here twice, first in line {located.lines[(*path, key.value)]}."
            problems.append(Problem(f"{where}:{line}, {key.value}", what, "Keep one of them."))
            continue
        data[key.value] = _plain(value, (*path, key.value), located, problems, where)
        located.lines[(*path, key.value)] = line
    return data
