"""The database → question files: what was made or changed in the browser, in a form that reads the same again."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from quizlib.bank.catalogue import CATALOGUE_FILES, LARGEST, read_catalogue
from quizlib.bank.entries import sources_text, topics_text
from quizlib.bank.files import Bank, read_bank
from quizlib.bank.held import Held, as_written, file_of, read_held, write_as_read
from quizlib.bank.yaml_text import read_text
from quizlib.engine.selection import family_of
from quizlib.errors import ContentProblems, Problem, Refused
from quizlib.kinds import content_hash
from quizlib.model.attempt import Json
from quizlib.model.authoring import Status
from quizlib.model.catalogue import Catalogue, Entry, Part, Reference
from quizlib.model.question import Question
from quizlib.services.app import BANK_CHANGE, App
from quizlib.services.authoring import pictures
from quizlib.store.content import catalogue as entries_of
from quizlib.store.content import questions as rows
from quizlib.store.content.questions import KnownQuestion
from quizlib.store.content.versions import versions_of
from quizlib.store.databases.changes import note_change
from quizlib.store.databases.database import BANK

Progress = Callable[[int, int], None]
_WRITTEN_ANEW = {"topics.yaml": topics_text, "sources.yaml": sources_text}
# what a bank cannot be without
_NEEDED = ("topics.yaml", "sources.yaml", "misconceptions.yaml")
_SET_ASIDE = "from its file, set aside when the file was written"


@dataclass
class PullReport:
    """What was written, and what was not and why; `unchanged`, `drafts` and `retired` count questions."""

    written: list[Path] = field(default_factory=list)
    removed: list[Path] = field(default_factory=list)
    unchanged: int = 0
    drafts: int = 0
    retired: int = 0
    left_out: list[Problem] = field(default_factory=list)

    def as_json(self) -> Json:
        """Give the report as plain data."""
        paths = {name: [str(path) for path in getattr(self, name)] for name in ("written", "removed")}
        return {**vars(self), **paths, "left_out": [problem.as_json() for problem in self.left_out]}


def pull(app: App, folder: Path, progress: Progress | None = None) -> PullReport:
    """Write what learners are asked, and what it points to, to files in the folder, as far as they do not hold it.

    Each file is read again before it takes its place. In the app's own folder the database remembers what was written;
    a change of a file that the database does not know goes into the question's history first.
    """
    work = _Pull(app, folder)
    try:
        with TemporaryDirectory() as staging:
            work.stage(Path(staging) / folder.name, progress)
            work.put_in_place(Path(staging) / folder.name)
    except OSError as error:
        raise Refused(
            f"{error.filename or folder} cannot be written: {error.strerror or error}. The database is as it was; "
            "mend that and pull again."
        ) from error
    if work.here:
        work.remember()
    return work.report


class _Pull:
    """One pull: what the database has, what the folder holds, and what becomes of it."""

    def __init__(self, app: App, folder: Path) -> None:
        self.app, self.folder = app, folder
        self.here = folder.resolve() == app.settings.questions.resolve()
        self.report = PullReport()
        with app.database.read() as connection:
            self.entries = entries_of.read_entries(connection)
            self.known: dict[str, KnownQuestion] = rows.known(connection)
            current = rows.current_versions(connection)
        statuses = Counter(self.known[one].status for one in current)
        self.report.drafts, self.report.retired = statuses[Status.DRAFT], statuses[Status.RETIRED]
        self.live = {one: found for one, (_, found) in current.items() if self.known[one].status is Status.LIVE}
        self.bank: Bank = read_bank(app.settings.questions, entries=self.entries)
        self.held: Held = read_held(folder)
        self.aside: list[Question] = []
        self.agreed: list[str] = []

    def stage(self, staging: Path, progress: Progress | None) -> None:
        """Write everything to another place first, and look whether it reads the same."""
        staging.mkdir()
        units = list(self._units())
        for done, unit in enumerate(units):
            if progress is not None:
                progress(done, len(units))
            self._stage(staging, unit)
        self._stage_families(staging)
        self._stage_catalogue(staging)

    def _units(self) -> Iterator[list[Question]]:
        """Give what has a file of its own: questions that stand alone, and whole cases."""
        cases: dict[str, dict[int, Question]] = {}
        for question in self.live.values():
            if question.case:
                cases.setdefault(question.case, {})[question.part] = question
            elif family_of(question.id) is None:
                yield [question]
        for case, parts in cases.items():
            number = parts[min(parts)].parts
            whole = [parts[part] for part in range(1, number + 1) if part in parts]
            lacking = [str(part) for part in range(1, number + 1) if part not in parts]
            if lacking:
                what = f"Learners are not asked part {' and '.join(lacking)} of this case."
                self._leave_out(whole or list(parts.values()), what, "A case is written whole: publish every part.")
                continue
            for part in sorted(parts.keys() - set(range(1, number + 1))):
                what = f"The case {case} has only {number} parts now."
                self._leave_out([parts[part]], what, "Withdraw this part.")
            yield whole

    def _stage(self, staging: Path, unit: list[Question]) -> None:
        ids = [one.id for one in unit]
        path = file_of(self.folder, unit[0])
        found = self.held.with_any(ids)
        if self.held.unread & set(ids):
            return self._leave_out(unit, "Its file cannot be read.", "Mend it with `quiz bank check`, or take it out.")
        content = {one.id: as_written(one) for one in unit}
        at_place = {one.id: as_written(one) for one in found.get(path, {}).values()}
        if at_place == content and found.keys() == {path}:
            self.report.unchanged += len(unit)
            self.agreed += ids
            return None
        # what the files say that the database does not
        others = [one for held in found.values() for one in held.values() if as_written(one) != content.get(one.id)]
        if self.here and any(self._as_taken(one.id) for one in others):
            fix = "Take it in with `quiz bank sync`."
            return self._leave_out(unit, "Its file was changed, and the database was not.", fix)
        unknown = [one for one in others if not self._in_history(one)]
        if any(one.id not in found.get(path, {}) or found[path][one.id] is not one for one in unknown):
            what = "It moved to this place in the database, and its file at another place was changed as well."
            return self._leave_out(unit, what, "Take the other file out, or settle the conflict on its page.")
        with self.app.database.read() as connection:
            shown = pictures.write_out(connection, staging, unit)
        for picture in shown:
            theirs = self.folder / picture.relative_to(staging)
            if self.here and theirs.exists() and theirs.read_bytes() != picture.read_bytes():
                picture.unlink()
                what = f"Its picture {picture.name} is another one in the folder than in the database."
                return self._leave_out(
                    unit, what, "Give the new picture a name of its own, and name that in the question."
                )
        problems = write_as_read(staging, unit, self.bank.catalogue)
        if problems:
            file_of(staging, unit[0]).unlink()
            self.report.left_out += problems
            return None
        self.agreed += ids
        self.aside += unknown if self.here else []
        self.report.removed += sorted(found.keys() - {path})
        return None

    def _as_taken(self, question_id: str) -> bool:
        """Tell whether a question is still what the database last took from its file."""
        row = self.known.get(question_id)
        return row is not None and row.file_hash is not None and row.content_hash == row.file_hash

    def _in_history(self, question: Question) -> bool:
        with self.app.database.read() as connection:
            history = versions_of(connection, question.id)
        return any(as_written(one.question) == as_written(question) for one in history)

    def _leave_out(self, unit: Sequence[Question], what: str, fix: str) -> None:
        path = file_of(self.folder, unit[0]).relative_to(self.folder)
        self.report.left_out.append(Problem(f"{self.folder.name}/{path.as_posix()}", what, fix))

    def _stage_families(self, staging: Path) -> None:
        """Copy the files of families elsewhere, and tell which of their questions no longer come from them."""
        files = set()
        for question_id, question in self.live.items():
            if question.case or family_of(question_id) is None:
                continue
            made = self.bank.questions.get(question_id)
            if made is None or as_written(made) != as_written(question):
                what = "Its family has no such row any more." if made is None else "Its family makes something else."
                fix = "Change the family’s file, or make a copy of the question that stands for itself."
                self.report.left_out.append(Problem(f"question {question_id}", what, fix))
            else:
                self.report.unchanged += 1
            if made is not None:
                files.add(self.bank.files[question_id].partition("/")[2])
        for name in sorted(files if not self.here else ()):
            self._copy(staging, name)
        shown = [one for one in self.bank.questions.values() if family_of(one.id) and not self.here]
        with self.app.database.read() as connection:
            pictures.write_out(connection, staging, shown)

    def _stage_catalogue(self, staging: Path) -> None:
        for name in CATALOGUE_FILES:
            theirs, ours = self.folder / name, self.app.settings.questions / name
            if name not in _WRITTEN_ANEW:
                if not theirs.exists() and ours.exists():
                    self._copy(staging, name)
                elif not theirs.exists() and name in _NEEDED:
                    (staging / name).write_text("{}\n", encoding="utf-8")
                continue
            place = theirs if theirs.exists() else ours
            where = f"{self.folder.name}/{name}"
            try:
                before = read_text(place, where, place.parent, LARGEST) if place.exists() else ""
                after = _WRITTEN_ANEW[name](before, self.bank.catalogue, where)
            except ContentProblems as found:
                self.report.left_out += found.problems
                continue
            if after != before or not theirs.exists():
                (staging / name).write_text(after if after.strip() else "{}\n", encoding="utf-8", newline="")

    def _copy(self, staging: Path, name: str) -> None:
        """Take a file of the app's own folder along, unless it is there to the letter."""
        content = (self.app.settings.questions / name).read_bytes()
        if not (self.folder / name).exists() or (self.folder / name).read_bytes() != content:
            (staging / name).parent.mkdir(parents=True, exist_ok=True)
            (staging / name).write_bytes(content)

    def put_in_place(self, staging: Path) -> None:
        """Keep what would be lost, then put each file in its place, whole or not at all."""
        if self.aside:
            with self.app.database.write(BANK) as connection:
                for one in self.aside:
                    told_apart = self.bank.questions.get(one.id, one)
                    rows.set_aside(connection, told_apart, now=self.app.clock(), note=_SET_ASIDE, saved_by=None)
        for made in sorted(path for path in staging.rglob("*") if path.is_file()):
            path = self.folder / made.relative_to(staging)
            if path.exists() and path.read_bytes() == made.read_bytes():
                continue  # a picture that several questions show
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f".{path.name}.new")
            draft.write_bytes(made.read_bytes())
            draft.replace(path)
            self.report.written.append(path)
        for path in self.report.removed:
            path.unlink()

    def remember(self) -> None:
        """Note what the files say now, and forget what of the browser's topics and references is in them."""
        app = self.app
        filed, _ = read_catalogue(self.folder)
        hashes = {one: content_hash(self.live[one]) for one in self.agreed}
        new = {one: written for one, written in hashes.items() if self.known[one].file_hash != written}
        done = [one for one in self.entries if self._is_filed(one, filed)]
        if not (new or done or self.report.written):
            return
        with app.database.write(BANK) as connection:
            for question_id, written in new.items():
                rows.remember_file(connection, question_id, written)
            for one in entries_of.read_entries(connection):
                if one in done:  # and was not changed meanwhile
                    entries_of.drop_entry(connection, one.part, one.key)
            left = entries_of.read_entries(connection)
            note_change(connection, BANK_CHANGE)
        app.bank = read_bank(app.settings.questions, entries=left)

    def _is_filed(self, entry: Entry, filed: Catalogue) -> bool:
        """Tell whether the files say the same without an entry; of topics, whether they say all of it, in its order."""
        if entry.part is Part.REFERENCES:
            return filed.references.get(entry.key) == Reference(**entry.content)
        return entry.key in filed.topics and list(filed.topics.items()) == list(
            filed.laid_over(self.entries).topics.items()
        )
