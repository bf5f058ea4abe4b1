"""What differs between two contents of a question, and the changes of two people joined."""

import difflib
import re
from typing import Any, Literal, NamedTuple

from quizlib.bank.aligning import aligned, name_of, staying, told
from quizlib.model.attempt import Json

Path = tuple[str | int, ...]

MOST_WORDS = 300_000  # words of one text times those of the other
_WORD = re.compile(r"\s+|[^\W_]+(?:[-'’.][^\W_]+)*|\W|_")


class Change(NamedTuple):
    """One field that differs.

    The path leads into the content after, of what was removed into that before. Of a row that was moved, `before` and
    `after` are its numbers, from 1.
    """

    path: Path
    kind: Literal["added", "removed", "changed", "moved"]
    before: str
    after: str


class Run(NamedTuple):
    """Words in a row that both texts have, or only the one before (delete) or after (insert)."""

    op: Literal["equal", "insert", "delete"]
    text: str


def difference(before: Json, after: Json) -> list[Change]:
    """Tell every field that was added, removed, changed or moved; an empty field is as good as none."""
    return _fields(before, after, (), ())


def words(before: str, after: str) -> list[Run]:
    """Tell which words two texts share: equal and deleted runs make up the first, equal and new ones the second."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) * len(new) > MOST_WORDS:
        found: list[Run] = [Run("delete", before), Run("insert", after)] if before != after else [Run("equal", before)]
        return [run for run in found if run.text]
    runs: list[tuple[str, str]] = []  # what is deleted and inserted, and "" and "" between two of those
    equals: list[str] = [""]
    for op, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            equals[-1] += "".join(old[a:b])
        elif runs and not equals[-1].strip() and equals[-1]:  # one run rather than word, blank, word
            blank = equals.pop()
            gone, come = runs.pop()
            runs.append((gone + blank + "".join(old[a:b]), come + blank + "".join(new[c:d])))
            equals.append("")
        else:
            runs.append(("".join(old[a:b]), "".join(new[c:d])))
            equals.append("")
    told: list[Run] = [Run("equal", equals[0])]
    for (gone, come), same in zip(runs, equals[1:], strict=True):
        told += [Run("delete", gone), Run("insert", come), Run("equal", same)]
    return [run for run in told if run.text]


def _fields(before: Json, after: Json, old_path: Path, path: Path) -> list[Change]:
    names = [*before, *(name for name in after if name not in before)]
    return [
        one for name in names for one in _values(before.get(name), after.get(name), (*old_path, name), (*path, name))
    ]


def _values(before: Any, after: Any, old_path: Path, path: Path) -> list[Change]:
    if isinstance(before, dict | None) and isinstance(after, dict | None):
        return _fields(before or {}, after or {}, old_path, path)
    if isinstance(before, list | None) and isinstance(after, list | None):
        return _rows(before or [], after or [], old_path, path)
    old, new = told(before), told(after)
    if old and new:
        return [Change(path, "changed", old, new)] if old != new else []
    if isinstance(after if new else before, dict | list):  # in place of an empty text: told like any other
        return _values(before if old else None, after if new else None, old_path, path)
    if not old and not new:
        return []
    return [Change(path, "added", "", new) if new else Change(old_path, "removed", old, "")]


def _rows(before: list[Any], after: list[Any], old_path: Path, path: Path) -> list[Change]:
    partner = {m: n for n, m in aligned(before, after)}
    stayed = staying([partner[m] for m in sorted(partner)])
    found = []
    for m, row in enumerate(after):
        n = partner.get(m)
        if n is not None and n not in stayed and told(row):
            found.append(Change((*path, m), "moved", str(n + 1), str(m + 1)))
        old = (None, old_path) if n is None else (before[n], (*old_path, n))
        found += _values(old[0], row, old[1], (*path, m))
    gone = [n for n in range(len(before)) if n not in partner.values()]
    return found + [one for n in gone for one in _values(before[n], None, (*old_path, n), path)]


class Merged(NamedTuple):
    """Two people's changes in one content, and the paths in it where they differ: there it holds mine."""

    content: Json
    conflicts: list[Path]


_NONE: Any = object()  # a field that is not there


def merge(base: Json, mine: Json, theirs: Json) -> Merged:
    """Join what two people made of one content, field by field and, in lists, row by row."""
    conflicts: list[Path] = []
    return Merged(_joined(base, mine, theirs, (), conflicts), conflicts)


def _joined(base: Any, mine: Any, theirs: Any, path: Path, conflicts: list[Path]) -> Any:
    if theirs in (base, mine):
        return mine
    if mine == base:
        return theirs
    if _bare(theirs) in (_bare(base), _bare(mine)):  # a form holds fields that are empty, a version does not
        return mine
    if _bare(mine) == _bare(base):
        return theirs
    if isinstance(mine, dict) and isinstance(theirs, dict):
        old = base if isinstance(base, dict) else {}
        names = [*mine, *(name for name in theirs if name not in mine)]
        values = {
            name: _joined(
                old.get(name, _NONE), mine.get(name, _NONE), theirs.get(name, _NONE), (*path, name), conflicts
            )
            for name in names
        }
        return {name: value for name, value in values.items() if value is not _NONE}
    if isinstance(mine, list) and isinstance(theirs, list):
        return _joined_rows(base if isinstance(base, list) else [], mine, theirs, path, conflicts)
    conflicts.append(path)
    return mine


def _bare(value: Any) -> Any:
    """Give a value without empty fields at any depth, and nothing for what is empty itself."""
    if isinstance(value, dict):
        fields = ((name, _bare(one)) for name, one in value.items())
        return {name: one for name, one in fields if one is not None} or None
    if isinstance(value, list):
        return [one for one in map(_bare, value) if one is not None] or None
    if isinstance(value, str):
        return value.strip() or None
    return None if value is _NONE or value is False else value


class _Row(NamedTuple):
    """One row by its places in the three lists, as far as it is in them, and what became of it."""

    base: int | None
    mine: int | None
    theirs: int | None
    value: Any
    conflicts: list[Path]


def _joined_rows(base: list[Any], mine: list[Any], theirs: list[Any], path: Path, conflicts: list[Path]) -> list[Any]:
    """Join lists: rows are matched with those of the base, and new ones of the two with each other."""
    rows = _threes(base, mine, theirs)
    both = [row for row in rows if row.base is not None and row.mine is not None and row.theirs is not None]
    my_order, their_order = _order(both, "mine"), _order(both, "theirs")
    old_order = _order(both, "base")
    if my_order not in (old_order, their_order) and their_order != old_order:
        conflicts.append(path)
    # who moved rows has the say on their order; the other's own rows follow those that they follow there
    leading, following = ("theirs", "mine") if my_order == old_order != their_order else ("mine", "theirs")
    result = [rows[n] for n in _order(rows, leading)]
    before: _Row | None = None
    for row in [rows[n] for n in _order(rows, following)]:
        if getattr(row, leading) is None:
            place = result.index(before) + 1 if before is not None else 0
            while place < len(result) and result[place].base is None and getattr(result[place], following) is None:
                place += 1
            result.insert(place, row)
        before = row
    lost = [row for row in rows if row.value is _NONE and row.conflicts]
    conflicts += [path for _ in lost[:1] if path not in conflicts]
    result = [row for row in result if row.value is not _NONE]
    for place, row in enumerate(result):
        conflicts += [(*path, place, *one) for one in row.conflicts]
    return [row.value for row in result]


def _threes(base: list[Any], mine: list[Any], theirs: list[Any]) -> list[_Row]:
    here, there = dict(aligned(base, mine)), dict(aligned(base, theirs))
    places: list[tuple[int | None, int | None, int | None]] = [(n, here.get(n), there.get(n)) for n in range(len(base))]
    taken = set(there.values())
    for added, row in enumerate(mine):
        if added not in here.values():
            name = name_of(row)
            same = (place for place, other in enumerate(theirs) if place not in taken and name_of(other) == name != "")
            partner = next(same, None)
            taken |= {partner} if partner is not None else set()
            places.append((None, added, partner))
    places += [(None, None, place) for place in range(len(theirs)) if place not in taken]
    rows = []
    for n, m, t in places:
        conflicts: list[Path] = []
        rows.append(_Row(n, m, t, _joined(_at(base, n), _at(mine, m), _at(theirs, t), (), conflicts), conflicts))
    return rows


def _at(rows: list[Any], place: int | None) -> Any:
    return _NONE if place is None else rows[place]


def _order(rows: list[_Row], side: str) -> list[int]:
    """Give the numbers of the rows that one side has, in its order."""
    return sorted(
        (n for n, row in enumerate(rows) if getattr(row, side) is not None), key=lambda n: getattr(rows[n], side)
    )
