"""The bank as instructors look through it: search, filter, sort."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

from pydantic import Field

from quizlib.bank.lint import RULES
from quizlib.kinds import KINDS, content_hash
from quizlib.model.authoring import Status
from quizlib.model.base import Value
from quizlib.model.person import User
from quizlib.services import permissions
from quizlib.services.app import BANK_CHANGE, App, current
from quizlib.services.authoring import texts
from quizlib.services.authoring.reviewing import due_again
from quizlib.services.authoring.statistics import STATISTICS_CHANGE
from quizlib.services.authoring.texts import Progress, note, plain
from quizlib.services.bank import catalogue, conflicting
from quizlib.store.content import texts as rows
from quizlib.store.content.texts import Listed, Wanted
from quizlib.store.databases.changes import change_number
from quizlib.store.databases.database import Connection
from quizlib.store.ids import FEW

__all__ = ["FEWEST_ANSWERS", "SUGGESTIONS", "Figures", "Found", "Review", "Row", "Search", "Sort", "find", "note"]

# the rules of the linter that look at one question
SUGGESTIONS = tuple(RULES)
ANY = "any"
FEWEST_ANSWERS = 5
HARD, EASY = 0.3, 0.95
LONGEST_TEXT, MOST_WORDS = 200, 12


class Figures(StrEnum):
    """What a question's statistics say."""

    FEW = "few"
    HARD = "hard"
    EASY = "easy"


class Review(StrEnum):
    """Where a question stands between its author and another instructor."""

    APPROVED = "approved"
    WAITING = "waiting"
    CHANGES = "changes"
    DUE = "due"


class Sort(StrEnum):
    """What a list of questions is sorted by."""

    CHANGED = "changed"
    ID = "id"
    TOPIC = "topic"
    TITLE = "title"
    KIND = "kind"
    STATUS = "status"
    SHARE = "share"
    ANSWERS = "answers"
    SUGGESTIONS = "suggestions"


class Search(Value):
    """Which questions an instructor looks for; empty means all. `flaw` is the name of a rule, or `any`."""

    text: Annotated[str, Field(max_length=LONGEST_TEXT)] = ""
    topics: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    flaw: str = ""
    figures: Figures | None = None
    review: Review | None = None
    reported: bool = False
    conflict: bool = False
    sort: Sort = Sort.CHANGED
    descending: bool = True

    @property
    def filters(self) -> int:
        """How many filters are set."""
        set_ = (self.topics, self.kinds, self.levels, self.statuses, self.flaw, self.figures, self.review)
        return sum(map(bool, (*set_, self.reported, self.conflict)))


class Row(NamedTuple):
    """A question in a list.

    `share` is the mean of the points of first answers, None without an answer; `proposed` says that a newer version
    waits for its approval, `conflict` that file and database both changed.
    """

    id: str
    title: str
    topic: str
    kind: str
    level: str
    status: str
    suggestions: int
    answers: int
    share: float | None
    proposed: bool
    complaints: int
    conflict: bool
    changed: datetime


@dataclass(frozen=True)
class Found:
    """Every question that matches, in the order asked for."""

    rows: tuple[Row, ...]


@dataclass(frozen=True)
class _Shelf:
    """Every question as this process last read it, of which app, and at which numbers of change."""

    app: App
    numbers: tuple[int, int]
    rows: list[Row]
    # by question: the version whose approval counts
    versions: dict[str, int]
    # whose texts are not those of their current version
    behind: list[str]


_shelf: _Shelf | None = None


def find(actor: User, search: Search, progress: Progress | None = None) -> Found:
    """Give every question that matches.

    `progress` is told how many questions have been read for the list, where there are some that changed since.
    """
    permissions.require_instructor(actor)
    app = current()
    shelf, matching, complaints = _look(app, actor, search)
    if shelf.behind:
        texts.catch_up(app, shelf.behind, progress)
        shelf, matching, complaints = _look(app, actor, search)
    found = [_reported(row, complaints) if row.id in complaints else row for row in shelf.rows]
    found = [row for row in found if (matching is None or row.id in matching) and _fits(row, search)]
    if search.review in (Review.APPROVED, Review.DUE):
        found = [row for row in found if _approval(app, shelf.versions[row.id]) is search.review]
    if search.conflict:
        conflicts = frozenset(conflicting(app))
        found = [row for row in found if row.id in conflicts]
    return Found(tuple(_sorted(app, found, search)))


def _look(app: App, actor: User, search: Search) -> tuple[_Shelf, frozenset[str] | None, dict[str, int]]:
    """Give every question, the ids of those that say what is wanted, where anything is, and the open complaints."""
    global _shelf
    wanted = Wanted(
        words=plain(search.text).split()[:MOST_WORDS],
        flaw="" if search.flaw == ANY else search.flaw,
        waiting=search.review is Review.WAITING,
        changes=search.review is Review.CHANGES,
    )
    with app.database.read() as connection:
        permissions.require_person(connection, actor)
        numbers = change_number(connection, BANK_CHANGE), change_number(connection, STATISTICS_CHANGE)
        shelf = _shelf
        if shelf is None or shelf.app is not app or shelf.numbers != numbers:
            _shelf = shelf = _read(app, connection, numbers)
        elif shelf.behind:
            _shelf = shelf = _read(app, connection, numbers, shelf)
        return shelf, rows.matching(connection, wanted), rows.count_open_complaints(connection)


def _fits(row: Row, search: Search) -> bool:
    return (
        (not search.topics or row.topic in search.topics)
        and (not search.kinds or row.kind in search.kinds)
        and (not search.levels or row.level in search.levels)
        and (not search.statuses or row.status in search.statuses)
        and (search.flaw != ANY or row.suggestions > 0)
        and (not search.reported or row.complaints > 0)
        and (search.figures is None or search.figures is _figures(row))
    )


def _figures(row: Row) -> Figures | None:
    if row.answers < FEWEST_ANSWERS or row.share is None:
        return Figures.FEW
    return Figures.HARD if row.share < HARD else Figures.EASY if row.share > EASY else None


def _reported(row: Row, complaints: dict[str, int]) -> Row:
    return row._replace(complaints=complaints[row.id])


def _read(app: App, connection: Connection, numbers: tuple[int, int], before: _Shelf | None = None) -> _Shelf:
    """Read every question, or of those read `before` the few that were behind."""
    few = before if before is not None and len(before.behind) <= FEW else None
    listed = rows.listed(connection, texts.rules(), few.behind if few else None)
    # what this process read of the files may be old, but raises a suspicion without reading them
    suspected = any(one.content_hash is not None and _differs(app, one) for one in listed)
    found = {row.id: row for row in few.rows} if few else {}
    found |= {row.id: row for row in _rows(app, listed, frozenset(conflicting(app)) if suspected else ())}
    versions = {**(few.versions if few else {}), **{one.id: one.version_id for one in listed}}
    return _Shelf(app, numbers, sorted(found.values()), versions, [one.id for one in listed if one.behind])


def _approval(app: App, version_id: int) -> Review | None:
    """Tell whether a version is approved, and whether that is due again."""
    approval = app.approvals.get(version_id)
    if approval is None:
        return None
    return Review.DUE if due_again(app, approval) else Review.APPROVED


def _rows(app: App, listed: list[Listed], conflicts: Collection[str]) -> Iterator[Row]:
    now = app.clock()
    for one in listed:
        # taken apart at once, because there may be ten thousand
        name, topic, kind, level, status, _, proposed, _, _, in_database, title, flaws, saved_at, answers, points = one
        yield Row(
            name,
            title or name,
            topic,
            kind,
            level,
            status,
            flaws.count('"') // 2 if flaws else 0,
            answers or 0,
            points / answers if answers and points is not None else None,
            bool(proposed),
            0,
            in_database is not None and name in conflicts,
            saved_at.replace(tzinfo=UTC) if saved_at and saved_at.tzinfo is None else saved_at or now,
        )


def _differs(app: App, one: Listed) -> bool:
    """Tell whether the file, as it was last read here, is neither what was taken from it nor what is asked."""
    file = app.bank.questions.get(one.id)
    return file is not None and content_hash(file) not in (one.file_hash, one.content_hash)


def _sorted(app: App, found: list[Row], search: Search) -> list[Row]:
    """Sort; what has no share right comes last, and the one whose id was searched for first."""
    places = {topic: place for place, topic in enumerate(catalogue().topics)}
    keys: dict[Sort, Callable[[Row], Any]] = {
        Sort.CHANGED: lambda one: one.changed,
        Sort.ID: lambda one: one.id,
        Sort.TOPIC: lambda one: (places.get(one.topic, len(places)), one.topic),
        Sort.TITLE: lambda one: one.title.casefold(),
        Sort.KIND: lambda one: KINDS[one.kind].title if one.kind in KINDS else one.kind,
        Sort.STATUS: lambda one: _STATUSES.index(one.status),
        Sort.SHARE: lambda one: one.share,
        Sort.ANSWERS: lambda one: one.answers,
        Sort.SUGGESTIONS: lambda one: one.suggestions,
    }
    last = [one for one in found if one.answers < FEWEST_ANSWERS] if search.sort is Sort.SHARE else []
    first = [one for one in found if one.answers >= FEWEST_ANSWERS] if search.sort is Sort.SHARE else found
    first.sort(key=keys[search.sort], reverse=search.descending)
    wanted = search.text.strip().casefold()
    return sorted(first + last, key=lambda one: one.id != wanted) if wanted else first + last


_STATUSES = [status.value for status in (Status.DRAFT, Status.LIVE, Status.RETIRED)]
