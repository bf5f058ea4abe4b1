"""What the question files of a folder hold, whatever it is that the questions point to."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quizlib.bank.cases import SUFFIX
from quizlib.bank.files import ids_in, question_files, read_questions
from quizlib.bank.pictures import Pictures
from quizlib.bank.writing import write_case, write_question
from quizlib.errors import ContentProblems, Problem
from quizlib.kinds import content_of
from quizlib.model.attempt import Json
from quizlib.model.catalogue import Catalogue
from quizlib.model.question import Question


@dataclass
class Held:
    """Sound questions by file and id; `unread` are the ids that other files may hold."""

    files: dict[Path, dict[str, Question]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def with_any(self, ids: Collection[str]) -> dict[Path, dict[str, Question]]:
        """Give the files that hold any of the questions."""
        return {path: found for path, found in self.files.items() if found.keys() & set(ids)}


def read_held(folder: Path) -> Held:
    """Read the question files of a folder, each for itself."""
    held, pictures = Held(), Pictures(folder)
    for path in question_files(folder) if folder.is_dir() else ():
        try:
            held.files[path] = {one.id: one for one in read_questions(folder, path, Catalogue(), pictures=pictures)}
        except ContentProblems:
            held.unread |= ids_in(path)
    return held


def file_of(folder: Path, question: Question) -> Path:
    """Give the place of a question that stands alone, or of the case that it is a part of."""
    return folder / question.topic / (f"{question.case}{SUFFIX}.yaml" if question.case else f"{question.id}.yaml")


def as_written(question: Question) -> Json:
    """Give what a file holds of a question: all but what the app fills in."""
    content = content_of(question)
    return {"topic": question.topic, **{name: content[name] for name in content if name not in question.body.filled}}


def write_as_read(folder: Path, parts: Sequence[Question], catalogue: Catalogue) -> list[Problem]:
    """Write a question, or the parts of a case, and read the file again; tell why it would not be the same."""
    path = write_case(folder, parts) if parts[0].case else write_question(folder, parts[0])
    try:
        found = read_questions(folder, path, catalogue)
    except ContentProblems as problems:
        return problems.problems
    if [(one.id, as_written(one)) for one in found] == [(one.id, as_written(one)) for one in parts]:
        return []
    what = "What would be read from its file is not what the database holds."
    fix = "Give the parts of the case one topic and one story." if parts[0].case else "Save the question once more."
    return [Problem(f"{folder.name}/{path.relative_to(folder).as_posix()}", what, fix)]
