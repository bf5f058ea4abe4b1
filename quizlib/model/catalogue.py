"""What questions point to: topics, sources, mix-ups, ideas."""

from pydantic import Field

from quizlib.model.base import Value
from quizlib.model.question import SourceRef


class Topic(Value):
    """A folder of questions, with the name a learner reads."""

    id: str
    title: str
    about: str


class Document(Value):
    """An article the bank grew from, with the headings a question may name."""

    title: str
    sections: tuple[str, ...]


class Reference(Value):
    """A guideline, paper or book; a guideline names the country where it rules."""

    citation: str
    year: int | None = None
    country: str = ""


class Row(Value):
    """One fact, with the references that carry it."""

    shows: str
    cites: tuple[str, ...]


class Idea(Value):
    """One of the ideas that the bank teaches, and how many questions it needs."""

    title: str
    at_least: int = 4


class Catalogue(Value):
    """Everything a question may point to, by key."""

    topics: dict[str, Topic] = Field(default_factory=dict)
    documents: dict[str, Document] = Field(default_factory=dict)
    references: dict[str, Reference] = Field(default_factory=dict)
    rows: dict[str, Row] = Field(default_factory=dict)
    misconceptions: dict[str, str] = Field(default_factory=dict)
    ideas: dict[str, Idea] = Field(default_factory=dict)

    def citations(self, sources: tuple[SourceRef, ...]) -> list[str]:
        """Write sources as people read them, guidelines and papers first, documents after, each once."""
        papers: list[str] = []
        articles: list[str] = []
        for source in sources:
            if source.document and (document := self.documents.get(source.document)):
                articles.append(f"Article “{document.title}”, section “{source.section}”")
            for key in self._references(source.reference):
                reference = self.references[key]
                place = f" ({reference.country})" if reference.country else ""
                papers.append(reference.citation + place)
        return list(dict.fromkeys(papers + articles))

    def _references(self, key: str) -> list[str]:
        keys = self.rows[key].cites if key in self.rows else (key,)
        return [one for one in keys if one in self.references]
