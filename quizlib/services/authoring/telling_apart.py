"""No question takes a term, or an answer to another question, for its own answer misspelt, also after a change."""

from collections.abc import Collection, Iterator
from functools import cached_property

from quizlib.kinds import KINDS, kind_of
from quizlib.model.authoring import Origin
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services.app import App
from quizlib.store.content import questions as rows
from quizlib.store.content.versions import VersionRow, read_row, read_version, typed_versions
from quizlib.store.databases.database import Connection


class Words(Collection[str]):
    """The terms of the bank and every answer that is typed anywhere, read when somebody asks for them."""

    def __init__(self, app: App, connection: Connection, besides: Question) -> None:
        self._app, self._connection, self._besides = app, connection, besides

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The live questions in which something may be typed, by id, and the one that is being saved."""
        # without the version that is being saved: kept in memory, it would outlive a transaction that fails, and its id
        # would be that of the next version
        ids = typed_versions(self._connection, _typing(), besides=self._besides.id)
        found = self._app.questions(self._connection, ids)
        return {one.id: one for one in found.values()} | {self._besides.id: self._besides}

    @cached_property
    def _every(self) -> list[str]:
        typed = (answer for one in self.questions.values() for answer in kind_of(one).typed(one.body))
        return list(dict.fromkeys([*self._app.bank.terms, *typed]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._every)

    def __len__(self) -> int:
        return len(self._every)

    def apart(self, question: Question) -> Question:
        """Let a question not take any of the words for its own answer misspelt."""
        body = kind_of(question).told_apart(question.body, self)
        return question if body is question.body else question.model_copy(update={"body": body})

    def __contains__(self, word: object) -> bool:
        return word in self._every


def keep_apart(app: App, connection: Connection, actor: User, question: Question) -> None:
    """Tell a stored question that is asked from now on apart from all others, and them from it.

    What it and others were told apart from when they were saved may not be all that is asked by now.
    """
    if not list(kind_of(question).typed(question.body)):
        return
    words = Words(app, connection, question)
    apart = words.apart(question)
    if apart is not question:
        note = "told apart from the answers to other questions"
        rows.save_version(connection, apart, now=app.clock(), origin=Origin.BROWSER, note=note, saved_by=actor.id)
    tell_others_apart(app, connection, actor, words, None, apart)


def tell_others_apart(
    app: App, connection: Connection, actor: User, words: Words, before: Question | None, question: Question
) -> None:
    """Give those questions a version that would now take a new answer to this one for their own misspelt."""
    known = set(kind_of(before).typed(before.body)) if before is not None else set()
    new = [one for one in kind_of(question).typed(question.body) if one not in known]
    for one in words.questions.values() if new else ():
        kind = kind_of(one)
        # looking at all words takes long; where the new ones change nothing by themselves, they change nothing
        if one.id == question.id or kind.told_apart(one.body, new) == kind.told_apart(one.body, ()):
            continue
        apart = words.apart(one)
        if apart is not one:
            row = read_row(connection, one.id)
            waiting = read_version(connection, row.proposed_id) if row and row.proposed_id else None
            note = f"told apart from an answer to {question.id}"
            rows.save_version(connection, apart, now=app.clock(), origin=Origin.BROWSER, note=note, saved_by=actor.id)
            if waiting is not None:
                _wait_on(app, connection, words, waiting)


def _wait_on(app: App, connection: Connection, words: Words, waiting: VersionRow) -> None:
    """Let what waits for approval wait on, as the newest version, behind the one that came between."""
    again = words.apart(waiting.question)
    origin, note, author = Origin.BROWSER, waiting.note, waiting.saved_by
    rows.save_version(connection, again, now=app.clock(), origin=origin, note=note, saved_by=author, asked=False)


def _typing() -> tuple[str, ...]:
    """Give the types in which something may be written."""
    return tuple(
        name for name, kind in KINDS.items() if any(list(kind.typed(example.body)) for example in kind.examples())
    )
