"""Question files and the database: check, take in, write back."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quizlib.bank.files import Bank, read_bank
from quizlib.bank.lint import Found, lint
from quizlib.bank.metrics import measure, measure_instances
from quizlib.bank.sync import plan_sync
from quizlib.bank.writing import question_schema, write_case, write_question
from quizlib.engine.selection import family_of
from quizlib.errors import Problem
from quizlib.kinds import content_hash
from quizlib.model.attempt import Json
from quizlib.model.catalogue import Catalogue
from quizlib.model.question import Question
from quizlib.services.app import BANK_CHANGE, App, current
from quizlib.store import questions as rows
from quizlib.store.changes import note_change
from quizlib.store.database import BANK
from quizlib.store.questions import KnownQuestion, Origin, Status

__all__ = ["SyncReport", "catalogue", "check", "pull", "question_schema", "sync"]

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
    bank = read_bank(app.settings.questions, progress)
    retire_missing = retire_missing and bool(bank.questions)
    hashes = {question_id: content_hash(question) for question_id, question in bank.questions.items()}
    with app.database.read() as connection:
        plan = plan_sync(hashes, rows.known(connection), bank.unread)
    report = SyncReport(unchanged=len(plan.same), problems=list(bank.problems), missing=plan.missing)
    with app.database.write(BANK) as connection:
        # with what changes: topics and sources may have changed even where no question did
        app.bank_number = note_change(connection, BANK_CHANGE)
        if plan.take or plan.remember or (retire_missing and plan.missing):
            now = app.clock()
            # another process may have synced since: decide again, now that nobody else writes
            known = rows.known(connection)
            plan = plan_sync(hashes, known, bank.unread)
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
    app.conflicts = [_conflict(bank, question_id) for question_id in plan.conflicts]
    return report


def check(folder: Path, app: App | None = None) -> Json:
    """Read a folder: what must be fixed, what could be better, and the bank in figures.

    With an app, conflicts with its database are reported too.
    """
    bank = read_bank(folder, with_lines=True)
    problems = list(bank.problems)
    if app is not None:
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
        "warnings": [problem.as_json() for problem in _warnings(bank, found)],
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


def pull(app: App, folder: Path) -> list[Path]:
    """Write every current version to its file in the folder, and remember what was written; give the paths."""
    with app.database.read() as connection:
        current = rows.current_versions(connection)
    written = []
    cases: dict[str, list[Question]] = {}
    for _, question in current.values():
        if question.case:
            cases.setdefault(question.case, []).append(question)
        else:
            written.append(write_question(folder, question))
    for parts in cases.values():
        whole = sorted(parts, key=lambda one: one.part)
        written.append(write_case(folder, whole[: whole[0].parts]))
    if folder.resolve() == app.settings.questions.resolve():
        with app.database.write(BANK) as connection:
            for question_id, (_, question) in current.items():
                rows.remember_file(connection, question_id, content_hash(question))
        sync(app)
    return written


def _back(known: Mapping[str, KnownQuestion], ids: Sequence[str]) -> list[str]:
    """Give those that were withdrawn because their file was gone."""
    return [one for one in ids if one in known and known[one].status is Status.RETIRED and known[one].file_hash is None]


def _conflict(bank: Bank, question_id: str) -> Problem:
    fix = "The database's is served. Write it to the file with `quiz bank pull`, or make the file's change in the app."
    return Problem(bank.files[question_id], "Both the file and the database changed since they last agreed.", fix)


def _counted(counter: Counter[Any]) -> dict[str, int]:
    return dict(sorted(counter.items()))


def catalogue() -> Catalogue:
    """Give what questions point to: topics, sources, mix-ups."""
    return current().bank.catalogue
