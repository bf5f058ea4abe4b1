"""Question files and the database: check, take in, find conflicts."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from quizlib.bank.files import Bank, look_of, read_bank
from quizlib.bank.lint import Found, lint
from quizlib.bank.metrics import measure, measure_instances
from quizlib.bank.pointers import missing_pointers
from quizlib.bank.sync import may_be_in, plan_sync
from quizlib.bank.writing import question_schema
from quizlib.engine.selection import family_of
from quizlib.errors import Problem
from quizlib.kinds import content_hash
from quizlib.model.attempt import Json
from quizlib.model.authoring import Origin, Status
from quizlib.model.catalogue import Catalogue, Entry
from quizlib.services.app import BANK_CHANGE, App, current
from quizlib.services.authoring import pictures
from quizlib.store.content import questions as rows
from quizlib.store.content.catalogue import read_entries
from quizlib.store.content.questions import KnownQuestion
from quizlib.store.databases.changes import note_change
from quizlib.store.databases.database import BANK

__all__ = ["SyncReport", "catalogue", "check", "conflicting", "conflicts", "question_schema", "sync"]

Progress = Callable[[int, int], None]


@dataclass
class SyncReport:
    """What a sync did, by question id."""

    taken: list[str] = field(default_factory=list)
    unchanged: int = 0
    conflicts: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def as_json(self) -> Json:
        """Give the report as plain data."""
        return {**vars(self), "problems": [problem.as_json() for problem in self.problems]}


def sync(app: App, *, retire_missing: bool = False, progress: Progress | None = None) -> SyncReport:
    """Take changed files into the database in one transaction; report conflicts and files that are gone.

    `progress` is told how many files are read, then how many of the changed ones are taken in; whoever stops it in
    the middle leaves the database as it was.

    Where no question could be read at all, the folder is the wrong one rather than everything gone: nothing is retired.
    """
    with app.database.read() as connection:
        entries = read_entries(connection)
    bank = read_bank(app.settings.questions, progress, entries=entries)
    with app.database.read() as connection:
        bank.problems += pictures.set_changed_aside(connection, bank)
    retire_missing = retire_missing and bool(bank.questions)
    hashes = {question_id: content_hash(question) for question_id, question in bank.questions.items()}
    with app.database.read() as connection:
        plan = plan_sync(hashes, rows.known(connection), bank.unread)
    report = SyncReport(unchanged=len(plan.same), problems=list(bank.problems), missing=plan.missing)
    with app.database.write(BANK) as connection:
        # with what changes: topics and sources may have changed even where no question did
        app.bank_number = note_change(connection, BANK_CHANGE)
        bank.catalogue = bank.filed.laid_over(read_entries(connection))
        if plan.take or plan.remember or (retire_missing and plan.missing):
            now = app.clock()
            # another process may have synced since: decide again, now that nobody else writes
            known = rows.known(connection)
            plan = plan_sync(hashes, known, bank.unread)
            pictures.take_in(connection, app.settings.questions, bank, [*plan.take, *plan.remember], now)
            for done, question_id in enumerate(plan.take, start=1):
                rows.save_version(
                    connection,
                    bank.questions[question_id],
                    now=now,
                    origin=Origin.FILE,
                    note="from its file",
                    file_hash=hashes[question_id],
                )
                if progress is not None:
                    progress(done, len(plan.take))
            for question_id in plan.remember:
                rows.remember_file(connection, question_id, hashes[question_id])
            rows.set_status(connection, _back(known, [*plan.take, *plan.remember]), Status.LIVE)
            if retire_missing and plan.missing:
                rows.withdraw(connection, plan.missing)
                report.retired = plan.missing
        report.taken, report.missing = plan.take, plan.missing
    report.conflicts = plan.conflicts
    app.bank = bank
    return report


def conflicting(app: App) -> list[str]:
    """Give the ids of the questions whose file and whose current version changed since they last agreed.

    Files are read again where they changed, so that each process finds what another one left.
    """
    if look_of(app.settings.questions) != app.bank.seen:
        read = read_bank(app.settings.questions, entries=_entries(app))
        with app.database.read() as connection:
            read.problems += pictures.set_changed_aside(connection, read)
        # topics and references are taken in by a sync
        app.bank = replace(read, catalogue=app.bank.catalogue, filed=app.bank.filed)
    bank = app.bank
    with app.database.read() as connection:
        known = rows.known_apart(connection, bank.questions.keys())
    hashes = {question_id: content_hash(bank.questions[question_id]) for question_id in known}
    return plan_sync(hashes, known).conflicts


def conflicts(app: App) -> list[Problem]:
    """Tell each question whose file and whose current version changed since they last agreed."""
    return [_conflict(app.bank, question_id) for question_id in conflicting(app)]


def check(folder: Path, app: App | None = None) -> Json:
    """Read a folder: what must be fixed, what could be better, and the bank in figures.

    With an app, conflicts with its database are reported too, and questions of the database whose sources are gone.
    """
    bank = read_bank(folder, with_lines=True, entries=_entries(app) if app else ())
    problems = list(bank.problems)
    if app is not None:
        with app.database.read() as connection:
            problems += pictures.set_changed_aside(connection, bank)
        problems += _lost_pointers(app, bank)
        hashes = {question_id: content_hash(question) for question_id, question in bank.questions.items()}
        with app.database.read() as connection:
            plan = plan_sync(hashes, rows.known(connection), bank.unread)
        problems += [_conflict(bank, question_id) for question_id in plan.conflicts]
    instances = {name: one for name, one in bank.questions.items() if family_of(name)}
    written = {name: one for name, one in bank.questions.items() if name not in instances}
    found = lint(bank.questions)
    measured = {**measure(written, found, bank.catalogue), **measure_instances(instances)}
    topics = Counter(question.topic for question in written.values())
    asked = Counter(idea for one in written.values() for idea in one.ideas)
    return {
        "questions": len(written),
        "families": len({family_of(name) for name in instances}),
        "instances": len(instances),
        "cases": len({question.case for question in written.values() if question.case}),
        "by_topic": {topic: topics[topic] for topic in bank.catalogue.topics},
        "by_kind": _counted(Counter(question.kind for question in written.values())),
        "by_level": _counted(Counter(question.level.value for question in written.values())),
        "by_idea": {idea: asked[idea] for idea in bank.catalogue.ideas},
        "metrics": {name: metric.as_json() for name, metric in measured.items()},
        "waived": _counted(found.waived),
        "errors": [problem.as_json() for problem in problems],
        "warnings": [problem.as_json() for problem in [*_warnings(bank, found), *bank.unused]],
    }


def _warnings(bank: Bank, found: Found) -> list[Problem]:
    """Tell flaws as problems are told; the rows of a family once, where each says the same of the same line."""
    told = []
    for name, rule, flaw in found.flaws:
        line = bank.lines[name].line(flaw.path)
        where = f"{bank.files[name]}:{line}, {flaw.path[0]}"
        told.append(Problem(where, flaw.what, f"{flaw.fix} (Rule {rule}.)"))
    for name, rule in found.unknown:
        where = f"{bank.files[name]}:{bank.lines[name].line(('waive', rule))}, waive"
        told.append(Problem(where, f"There is no rule {rule}.", "Correct its name, or take it out."))
    return list(dict.fromkeys(told))


def _back(known: Mapping[str, KnownQuestion], ids: Sequence[str]) -> list[str]:
    """Give those that were withdrawn because their file was gone."""
    found = {one: known[one] for one in ids if one in known}
    return [
        name
        for name, one in found.items()
        # what was withdrawn in the browser stays so, whatever lies in the folder
        if one.status is Status.RETIRED and one.file_hash is None and one.origin is Origin.FILE
    ]


def _entries(app: App) -> list[Entry]:
    with app.database.read() as connection:
        return read_entries(connection)


def _lost_pointers(app: App, bank: Bank) -> Iterator[Problem]:
    """Tell what questions of the database point to that is gone, but for those whose file says the same."""
    with app.database.read() as connection:
        current = rows.current_versions(connection)
        known = rows.known(connection)
    for question_id, (_, question) in current.items():
        if known[question_id].status is not Status.RETIRED and not may_be_in(bank.unread, question_id):
            for one in missing_pointers(question, bank.catalogue):
                yield Problem(f"question {question_id}, {one.field}", one.what, one.fix)


def _conflict(bank: Bank, question_id: str) -> Problem:
    fix = "The database's is served. Settle it on the page of the question, or write it with `quiz bank pull`."
    return Problem(bank.files[question_id], "Both the file and the database changed since they last agreed.", fix)


def _counted(counter: Counter[Any]) -> dict[str, int]:
    return dict(sorted(counter.items()))


def catalogue() -> Catalogue:
    """Give what questions point to: topics, sources, mix-ups."""
    return current().bank.catalogue
