"""Read a folder of question files: the sound questions, and every problem at once."""

from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from quizlib.bank.catalogue import CATALOGUE_FILES, read_catalogue
from quizlib.bank.telling import told
from quizlib.bank.yaml_text import Located, read_text, read_yaml
from quizlib.errors import ContentProblems, Problem
from quizlib.kinds import kind_of, question_from
from quizlib.model.catalogue import Catalogue
from quizlib.model.question import Question

LARGEST = 256 * 1024


@dataclass
class Bank:
    """What a folder holds: sound questions by id, what they point to, and what must be fixed.

    `unread` are the ids of files that are there but could not be taken.
    """

    catalogue: Catalogue
    questions: dict[str, Question] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)


def read_bank(folder: Path) -> Bank:
    """Read every question under the folder; a file with a problem is told and left out, never half taken."""
    if not folder.is_dir():
        fix = "Set QUIZ_QUESTIONS to the folder that holds the question files."
        return Bank(Catalogue(), problems=[Problem(str(folder), "There is no such folder.", fix)])
    catalogue, problems = read_catalogue(folder)
    bank = Bank(catalogue, problems=problems)
    for path in question_files(folder):
        where = _name(folder, path)
        try:
            question = read_question(folder, path, catalogue)
        except ContentProblems as found:
            bank.problems += found.problems
            bank.unread.add(path.stem)
            continue
        if question.id in bank.questions:
            fix = "Rename one of the two files; its name is the id of the question."
            what = f"The id {question.id} is taken by {bank.files[question.id]}."
            bank.problems.append(Problem(f"{where}:1", what, fix))
            continue
        bank.questions[question.id] = question
        bank.files[question.id] = where
    for path in stray_files(folder):
        bank.problems.append(_stray(folder, path, catalogue))
        bank.unread.add(path.stem)
    return bank


def question_files(folder: Path) -> list[Path]:
    """Give the question files in the topics' folders in a fixed order."""
    return sorted(path for path in folder.glob("*/*.yaml") if not _hidden(folder, path))


def stray_files(folder: Path) -> list[Path]:
    """Give the YAML files that are read neither as questions nor as what questions point to."""
    known = {*question_files(folder), *(folder / name for name in CATALOGUE_FILES)}
    found = (path for path in folder.rglob("*") if path.suffix.lower() in (".yaml", ".yml"))
    return sorted(path for path in found if path not in known and not _hidden(folder, path) and not path.is_dir())


def read_question(folder: Path, path: Path, catalogue: Catalogue) -> Question:
    """Read one file; raise ContentProblems that name file, line and field."""
    where = _name(folder, path)
    topic = path.parent.name
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
    try:
        question = question_from(path.stem, topic, located.data)
    except ValidationError as error:
        raise ContentProblems(problems + told(error, where, located)) from None
    problems += _pointers(question, where, located, catalogue)
    if problems:
        raise ContentProblems(problems)
    return question


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
    problems = []
    for i, source in enumerate(question.sources):
        place = f"{where}:{located.line(('sources', i))}, sources"
        if not catalogue.references:  # sources.yaml itself is told; each pointer into it need not be
            break
        if source.reference and not (source.reference in catalogue.rows or source.reference in catalogue.references):
            what = f"There is no reference {source.reference}."
            problems.append(Problem(place, what, "Add it to sources.yaml, or correct the key."))
        if source.document and source.document not in catalogue.documents:
            known = ", ".join(catalogue.documents)
            problems.append(Problem(place, f"There is no document {source.document}.", f"Known are: {known}."))
        elif source.document and source.section not in catalogue.documents[source.document].sections:
            what = f"The document {source.document} has no section “{source.section}”."
            problems.append(Problem(place, what, "Copy the heading from sources.yaml."))
    for path, misconception in kind_of(question).misconceptions(question.body):
        if catalogue.misconceptions and misconception not in catalogue.misconceptions:
            place = f"{where}:{located.line(path)}, {path[0]}.misconception"
            what = f"There is no misconception {misconception}."
            problems.append(Problem(place, what, "Choose one from misconceptions.yaml, or add it there."))
    return problems
