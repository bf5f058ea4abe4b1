"""Which rows of two lists are the same row."""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import Any

from rapidfuzz import fuzz

ALIKE = 60  # of 100: the rest of a row was rewritten
COMPARED = 400  # characters of a row
MOST_PAIRS = 10_000
# what a row is known by
_KNOWN_BY = ("text", "left", "right", "reference", "document", "section", "low", "high")


def aligned(before: Sequence[Any], after: Sequence[Any]) -> list[tuple[int, int]]:
    """Pair the rows of two lists that are the same row, if rewritten or moved; each row is in one pair at most.

    Equal rows are paired first, then those known by the same text, then the most similar, and at last those that stand
    alone between the same neighbours.
    """
    pairs: dict[int, int] = {}
    for known in (told, name_of):
        _pair_equal([known(row) for row in before], [known(row) for row in after], pairs)
    left, right = _alone(len(before), pairs), _alone(len(after), pairs.values())
    if len(left) * len(right) <= MOST_PAIRS:
        old, new = ({n: told(rows[n])[:COMPARED] for n in places} for rows, places in ((before, left), (after, right)))
        scored = [
            (-max(fuzz.ratio(old[n], new[m]), fuzz.ratio(name_of(before[n]), name_of(after[m]))), abs(n - m), n, m)
            for n in left
            for m in right
            if old[n] and new[m]
        ]
        for score, _, n, m in sorted(scored):
            if -score >= ALIKE and n not in pairs and m not in pairs.values():
                pairs[n] = m
    _pair_neighbours(len(before), len(after), pairs)
    return sorted(pairs.items())


def _pair_equal(old: Sequence[str], new: Sequence[str], pairs: dict[int, int]) -> None:
    waiting: dict[str, list[int]] = {}
    for m in reversed(_alone(len(new), pairs.values())):
        waiting.setdefault(new[m], []).append(m)
    for n in _alone(len(old), pairs):
        if old[n] and waiting.get(old[n]):
            pairs[n] = waiting[old[n]].pop()


def _pair_neighbours(before: int, after: int, pairs: dict[int, int]) -> None:
    taken = set(pairs.values())
    for n in range(before):
        if n in pairs:
            continue
        m = pairs.get(n - 1, -1) + 1 if n else 0
        if (n == 0 or n - 1 in pairs) and m < after and m not in taken and _same_end(n, m, before, after, pairs):
            pairs[n] = m
            taken.add(m)


def _same_end(n: int, m: int, before: int, after: int, pairs: dict[int, int]) -> bool:
    """Whether as many rows without a partner follow on both sides, up to the same neighbour."""
    ahead = 0
    while n + ahead < before and n + ahead not in pairs:
        ahead += 1
    end = pairs.get(n + ahead, after) if n + ahead < before else after
    return end - m == ahead


def _alone(count: int, paired: Collection[int]) -> list[int]:
    taken = set(paired)
    return [place for place in range(count) if place not in taken]


def staying(partners: Sequence[int]) -> set[int]:
    """Give those of the rows' old places that can stay while the fewest others move: a longest part that rises."""
    ends: list[int] = []  # of the rising parts found so far, by length, the smallest last number
    before: dict[int, int | None] = {}
    for number in partners:
        length = bisect_left(ends, number)
        before[number] = ends[length - 1] if length else None
        ends[length : length + 1] = [number]
    found: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found


def told(value: Any) -> str:
    """Write a value as a text: of nothing, and of what holds nothing, an empty one."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dict):
        return "\n".join(f"{name}: {text}" for name in sorted(value) if (text := told(value[name])))
    if isinstance(value, list | tuple):
        return "\n".join(filter(None, map(told, value)))
    return str(value).strip()


def name_of(row: Any) -> str:
    """Give what a row is known by, whatever else was rewritten in it."""
    if not isinstance(row, dict):
        return told(row).casefold()
    return " ".join(" ".join(told(row[name]).casefold().split()) for name in _KNOWN_BY if row.get(name)).strip()
