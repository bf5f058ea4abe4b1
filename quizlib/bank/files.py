"""Read a folder of question files: the sound questions, and every problem at once."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from quizlib.bank import cases, families
from quizlib.bank.cases import CASE_FIELDS
from quizlib.bank.catalogue import CATALOGUE_FILES, read_catalogue
from quizlib.bank.pictures import FOLDER as PICTURES
from quizlib.bank.pictures import Pictures
from quizlib.bank.pointers import missing_pointers
from quizlib.bank.telling import told
from quizlib.bank.terms import read_terms
from quizlib.bank.yaml_text import Located, read_text, read_yaml
from quizlib.errors import ContentProblems, Problem
from quizlib.kinds import KINDS, kind_of, question_from
from quizlib.model.catalogue import Catalogue, Entry
from quizlib.model.question import Question

LARGEST = 256 * 1024


@dataclass
class Bank:
    """What a folder holds: sound questions by id, what they point to, and what must be fixed.

    `filed` is what they point to as the files have it, without what was added in the browser; `seen` tells later
    whether a question file has changed since.
    `unread` are the ids of files that are there but could not be taken: of a family, `<family>.family`. `lines` tells
    where the fields of a question stand in its file, if that was asked for; `terms` are words never taken for one
    another misspelt. `pictures` are the hashes of the pictures that are shown, by name, and `unused` tells the others.
    """

    catalogue: Catalogue
    questions: dict[str, Question] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    lines: dict[str, Located] = field(default_factory=dict)
    terms: list[str] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)
    unused: list[Problem] = field(default_factory=list)
    filed: Catalogue = field(default_factory=Catalogue)
    seen: int = 0


def read_bank(
    folder: Path,
    progress: Callable[[int, int], None] | None = None,
    *,
    with_lines: bool = False,
    entries: Sequence[Entry] = (),
) -> Bank:
    """Read every question under the folder; a file with a problem is told and left out, never half taken.

    `entries` are the topics and references of the browser, to which questions may point as well.
    """
    if not folder.is_dir():
        fix = "Set QUIZ_QUESTIONS to the folder that holds the question files."
        return Bank(Catalogue(), problems=[Problem(str(folder), "There is no such folder.", fix)])
    seen = look_of(folder)
    filed, problems = read_catalogue(folder)
    catalogue = filed.laid_over(entries)
    bank = Bank(catalogue, problems=problems, filed=filed, seen=seen)
    paths = question_files(folder)
    pictures = Pictures(folder)
    for done, path in enumerate(paths):
        if progress is not None:
            progress(done, len(paths))
        where = _name(folder, path)
        try:
            found = read_questions(folder, path, catalogue, bank.lines if with_lines else None, pictures)
        except ContentProblems as problem:
            bank.problems += problem.problems
            bank.unread |= ids_in(path)
            continue
        taken = next((one.id for one in found if one.id in bank.questions), None)
        if taken is not None:
            fix = "Rename one of the two files; its name is the id of the question."
            what = f"The id {taken} is taken by {bank.files[taken]}."
            bank.problems.append(Problem(f"{where}:1", what, fix))
            bank.unread |= ids_in(path)
            continue
        for question in found:
            bank.questions[question.id] = question
            bank.files[question.id] = where
    for path in stray_files(folder):
        bank.problems.append(_stray(folder, path, catalogue))
        bank.unread |= ids_in(path)
    bank.pictures = pictures.hashes
    if not bank.unread:  # what could not be read may show any
        bank.unused = pictures.unused()
    bank.terms, unsound = read_terms(folder)
    bank.problems += unsound
    bank.questions = _told_apart(bank.questions, bank.terms)
    return bank


def look_of(folder: Path) -> int:
    """Give a number that is another one as soon as a question file came, went or changed."""
    looks = []
    for topic in sorted(folder.iterdir()) if folder.is_dir() else ():
        # a folder that cannot be read is told when the questions are
        with suppress(OSError), os.scandir(topic) as found:
            looks += [(one.path, one.stat().st_mtime_ns, one.stat().st_size) for one in found if one.is_file()]
    return hash(tuple(sorted(looks)))


def question_files(folder: Path) -> list[Path]:
    """Give the question files in the topics' folders in a fixed order."""
    found = (path for path in folder.glob("*/*.yaml") if path.parent.name != PICTURES)
    return sorted(path for path in found if not _hidden(folder, path))


def stray_files(folder: Path) -> list[Path]:
    """Give the YAML files that are read neither as questions nor as what questions point to."""
    known = {*question_files(folder), *(folder / name for name in CATALOGUE_FILES)}
    found = (path for path in folder.rglob("*") if path.suffix.lower() in (".yaml", ".yml"))
    return sorted(path for path in found if path not in known and not _hidden(folder, path) and not path.is_dir())


def read_questions(
    folder: Path,
    path: Path,
    catalogue: Catalogue,
    lines: dict[str, Located] | None = None,
    pictures: Pictures | None = None,
) -> list[Question]:
    """Read one file: a question, the parts of a case, or the rows of a family.

    Raises ContentProblems that name file, line and field. `lines` takes where the fields of each question stand.
    """
    where = _name(folder, path)
    topic = path.parent.name
    seen = pictures or Pictures(folder)
    located = read_yaml(read_text(path, where, folder, LARGEST), where)
    if not isinstance(located.data, dict):
        what = "The file is empty." if located.data is None else "The file holds no fields."
        fix = "Start with `kind: choice`; docs/authoring.md has a file to copy."
        raise ContentProblems([Problem(f"{where}:1", what, fix)])
    problems = []
    if catalogue.topics and topic not in catalogue.topics:
        known = ", ".join(catalogue.topics)
        what = f"The folder {topic} is not a topic."
        problems.append(Problem(f"{where}:1", what, f"Add it to topics.yaml, or move the file to one of: {known}."))

    def read_part(id: str, content: dict[str, Any], part: Located) -> Question:
        if lines is not None:
            lines[id] = part
        question = _question(id, topic, content, where, part, catalogue)
        if unseen := seen.problems(question, where, part):
            raise ContentProblems(unseen)
        return question

    try:
        if path.stem.endswith(cases.SUFFIX):
            questions = cases.read_case(path.stem.removesuffix(cases.SUFFIX), located, where, read_part)
        elif path.stem.endswith(families.SUFFIX):
            questions = families.read_family(path.stem.removesuffix(families.SUFFIX), located, where, read_part)
        else:
            problems += _take_out_parts(located, where)
            questions = [read_part(path.stem, located.data, located)]
    except ContentProblems as found:
        raise ContentProblems(problems + found.problems) from None
    if problems:
        raise ContentProblems(problems)
    return questions


def _take_out_parts(located: Located, where: str) -> list[Problem]:
    """Tell, and take out, fields of a case that stand in a file of one question."""
    problems = []
    for name in (*CASE_FIELDS, "discloses"):
        if name in located.data:
            place = f"{where}:{located.line((name,))}, {name}"
            problems.append(Problem(place, "There is no such field.", "Take it out; only a case file has parts."))
            del located.data[name]
    return problems


def _question(
    id: str, topic: str, content: dict[str, Any], where: str, located: Located, catalogue: Catalogue
) -> Question:
    problems = []
    kind = KINDS.get(str(content.get("kind")))
    for name in sorted(kind.body.filled & content.keys() if kind else ()):
        place = f"{where}:{located.line((name,))}, {name}"
        problems.append(Problem(place, "There is no such field.", "Take it out; the app fills it in."))
    try:
        question = question_from(id, topic, content)
    except ValidationError as error:
        raise ContentProblems(problems + told(error, where, located)) from None
    problems += _pointers(question, where, located, catalogue)
    if problems:
        raise ContentProblems(problems)
    return question


def _told_apart(questions: dict[str, Question], terms: list[str]) -> dict[str, Question]:
    """Let no question take a term, or an answer to another question, for its own answer misspelt."""
    typed = (answer for one in questions.values() for answer in kind_of(one).typed(one.body))
    words = list(dict.fromkeys([*terms, *typed]))
    apart = {name: kind_of(one).told_apart(one.body, words) for name, one in questions.items()}
    return {
        name: one if apart[name] is one.body else one.model_copy(update={"body": apart[name]})
        for name, one in questions.items()
    }


def ids_in(path: Path) -> set[str]:
    """Give the ids that a file may hold, whatever stands in it: its name, or every part that a case may have."""
    if path.stem.endswith(cases.SUFFIX):
        return {f"{path.stem.removesuffix(cases.SUFFIX)}.{number}" for number in range(1, cases.MOST + 1)}
    return {path.stem}


def _hidden(folder: Path, path: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _stray(folder: Path, path: Path, catalogue: Catalogue) -> Problem:
    where, name = _name(folder, path), f"{path.stem}.yaml"
    *folders, _ = path.relative_to(folder).parts
    if len(folders) == 1 or (not folders and name in CATALOGUE_FILES):
        what = f"The file is not read, because its name ends in {path.suffix}."
        return Problem(where, what, f"Rename it to {name}, or take it out.")
    what = "The file is not read, because it is not directly in the folder of a topic."
    if folders and folders[0] in catalogue.topics:
        return Problem(where, what, f"Move it to {folder.name}/{folders[0]}/{name}, or take it out.")
    known = ", ".join(catalogue.topics) or "the folders of topics"
    return Problem(where, what, f"Take it out, or move it to one of: {known}.")


def _name(folder: Path, path: Path) -> str:
    return f"{folder.name}/{path.relative_to(folder).as_posix()}"


def _pointers(question: Question, where: str, located: Located, catalogue: Catalogue) -> list[Problem]:
    return [
        Problem(f"{where}:{located.line(one.path)}, {one.field}", one.what, one.fix)
        for one in missing_pointers(question, catalogue)
    ]
