"""What a question points to that is not there."""

from dataclasses import dataclass

from quizlib.bank.yaml_text import Path
from quizlib.kinds import kind_of
from quizlib.model.catalogue import Catalogue
from quizlib.model.question import Question


@dataclass(frozen=True)
class Missing:
    """A pointer to nothing: where in the content it stands, under which field, what it is, how to fix it."""

    path: Path
    field: str
    key: str
    what: str
    fix: str


def missing_pointers(question: Question, catalogue: Catalogue) -> list[Missing]:
    """Tell each source, idea and misconception of a question that the catalogue does not have."""
    found = []
    # a part of the catalogue that is empty could not be read, and is told itself
    for i, source in enumerate(question.sources if catalogue.references else ()):
        path: Path = ("sources", i)
        if source.reference and not (source.reference in catalogue.rows or source.reference in catalogue.references):
            what = f"There is no reference {source.reference}."
            fix = "Add it to sources.yaml, or correct the key."
            found.append(Missing(path, "sources", source.reference, what, fix))
        if source.document and source.document not in catalogue.documents:
            what = f"There is no document {source.document}."
            fix = f"Known are: {', '.join(catalogue.documents)}."
            found.append(Missing(path, "sources", source.document, what, fix))
        elif source.document and source.section not in catalogue.documents[source.document].sections:
            what = f"The document {source.document} has no section “{source.section}”."
            fix = "Copy the heading from sources.yaml."
            found.append(Missing(path, "sources", source.document, what, fix))
    for i, idea in enumerate(question.ideas if catalogue.ideas else ()):
        if idea not in catalogue.ideas:
            what, fix = f"There is no idea {idea}.", "Choose from ideas.yaml, or add it there."
            found.append(Missing(("ideas", i), "ideas", idea, what, fix))
    for path, name in kind_of(question).misconceptions(question.body) if catalogue.misconceptions else ():
        if name not in catalogue.misconceptions:
            what = f"There is no misconception {name}."
            fix = "Choose one from misconceptions.yaml, or add it there."
            found.append(Missing(path, f"{path[0]}.misconception", name, what, fix))
    return found
