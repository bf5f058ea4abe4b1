"""Which questions an attempt gets, and in which order. A case is drawn whole or not at all."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from itertools import islice
from random import Random

from quizlib.kinds import kind_of
from quizlib.model.question import Question

Unit = tuple[str, ...]
Refused = Callable[[Sequence[str]], Collection[str]]
NEEDED_DAYS = 2


def whole_cases(parts: Sequence[tuple[str, str, int]]) -> list[Unit]:
    """Join the parts of each case in order; leave out a case of which a part is missing or does not match.

    `parts` gives (question id, case id, number of parts).
    """
    # a case that lost a part has one more in the database: what its first part says holds
    sizes = {case_id: size for question_id, case_id, size in parts if _part(question_id) == 1}
    cases: dict[str, list[str]] = {}
    for question_id, case_id, _ in parts:
        if _part(question_id) <= sizes.get(case_id, 0):
            cases.setdefault(case_id, []).append(question_id)
    return [tuple(sorted(ids, key=_part)) for case_id, ids in cases.items() if len(ids) == sizes[case_id]]


def family_of(question_id: str) -> str | None:
    """Give the family of an instance; None for a question that is written out, and for a part of a case."""
    family, _, row = question_id.partition(".")
    return family if row and not row.isdigit() else None


def draw(
    single: Sequence[str],
    cases: Sequence[Unit],
    number: int,
    rng: Random,
    refused: Refused = lambda _: (),
    *,
    relaxed: bool = True,
) -> list[Unit]:
    """Draw units at random until there are `number` questions; a case that does not fit any more is passed over.

    `refused` gives those of some questions that must not be drawn, and their cases with them. The caps on families
    give way when nothing else matches, unless `relaxed` says no.
    """
    total = len(single) + len(cases)
    # at first far more than are wanted, and far fewer than a large bank has; all only when these were not enough
    for size in (4 * number + 50, total):
        places = rng.sample(range(total), min(total, size))
        units = [(single[place],) if place < len(single) else cases[place - len(single)] for place in places]
        without = frozenset(refused([one for unit in units for one in unit]))
        whole = len(places) == total
        taken = fitting((unit for unit in units if without.isdisjoint(unit)), number, relaxed=relaxed and whole)
        if size_of(taken) >= number or whole:
            break
    return taken


def size_of(units: Iterable[Unit]) -> int:
    """Count the questions."""
    return sum(map(len, units))


def fitting(ordered: Iterable[Unit], number: int, *, before: Sequence[Unit] = (), relaxed: bool = True) -> list[Unit]:
    """Take units from the front as long as they fit into `number` questions, behind those taken `before`.

    Of the questions at most ⌊0.35 n⌋ are instances of families, and at most max(1, ⌊3n/20⌋) of one family; where that
    leaves room and nothing else, instances fill it if `relaxed`.
    """
    taken: list[Unit] = []
    passed: list[Unit] = []
    room = number - size_of(before)
    of_family = Counter(family for unit in before for family in map(family_of, unit) if family)
    for unit in ordered:
        if room <= 0:
            break
        if len(unit) > room:
            continue
        family = family_of(unit[0]) if len(unit) == 1 else None
        if family:
            if of_family.total() >= 35 * number // 100 or of_family[family] >= max(1, 3 * number // 20):
                passed.append(unit)
                continue
            of_family[family] += 1
        taken.append(unit)
        room -= len(unit)
    return taken + passed[:room] if relaxed and room > 0 else taken


def within_caps(single: Sequence[str], cases: Sequence[Unit], number: int) -> bool:
    """Tell whether so many questions can be drawn without more instances of families than there should be."""
    units = [*islice(((one,) for one in single if family_of(one) is None), number), *cases]
    written = size_of(units)
    if written >= number:
        return True
    instances = [(one,) for one in single if family_of(one)]
    return size_of(fitting([*units, *instances], number, relaxed=False)) >= min(number, written + len(instances))


def filled_up(
    new: Sequence[Unit], single: Sequence[str], cases: Sequence[Unit], answered: Sequence[str], number: int, rng: Random
) -> list[Unit]:
    """Fill up today's mix: behind the `new` ones drawn already, what was answered longest ago.

    `answered` gives the questions answered before, the oldest first. The order of the whole is random.
    """
    unit_of = {one: (one,) for one in single} | {one: unit for unit in cases for one in unit}
    drawn = {one for unit in new for one in unit}
    oldest = dict.fromkeys(unit_of[one] for one in answered if one in unit_of and one not in drawn)
    taken = [*new, *fitting(oldest, number, before=new, relaxed=False)]
    if size_of(taken) < number:
        # nothing but instances is left, new or old
        left = [unit for unit in dict.fromkeys(unit_of.values()) if unit not in set(taken)]
        taken += fitting(rng.sample(left, len(left)), number, before=taken)
    return rng.sample(taken, len(taken))


def unseen(single: Sequence[str], cases: Sequence[Unit], answered: Collection[str]) -> tuple[list[str], list[Unit]]:
    """Give what was never answered, cases in no part."""
    seen = frozenset(answered)
    return [one for one in single if one not in seen], [unit for unit in cases if seen.isdisjoint(unit)]


def open_mistakes(answers: Mapping[str, Sequence[tuple[datetime, float]]], zone: tzinfo) -> set[str]:
    """Give the questions that were missed and not yet right on two different days, in the learner's zone, since."""
    found = set()
    for question_id, given in answers.items():
        days: set[date] | None = None
        for at, fraction in given:
            if fraction < 1:
                days = set()
            elif days is not None:
                days.add(at.astimezone(zone).date())
        if days is not None and len(days) < NEEDED_DAYS:
            found.add(question_id)
    return found


def arrangement(question: Question, seed: int, position: int) -> tuple[int, ...]:
    """Draw the option order of one item; it depends on seed, position and question only."""
    rng = Random(f"{seed}:{position}:{question.id}")
    return kind_of(question).arrange(question.body, rng)


def next_position(open_positions: Sequence[int], after: int) -> int | None:
    """Give the open position that follows, from the start again at the end; None when nothing is open."""
    later = [position for position in open_positions if position > after]
    return min(later or open_positions, default=None)


def _part(question_id: str) -> int:
    number = question_id.rpartition(".")[2]
    return int(number) if number.isdigit() else 0
