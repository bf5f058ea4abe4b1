"""What questions point to: topics, sources, mix-ups, ideas."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

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


class Part(StrEnum):
    """What of the catalogue can be made and changed in the browser."""

    TOPICS = "topics"
    REFERENCES = "references"


class Entry(Value):
    """A topic or a reference as it was added or changed in the browser; fields that it leaves out are the file's."""

    part: Part
    key: str
    content: dict[str, Any]
    position: int | None = None


class Catalogue(Value):
    """Everything a question may point to, by key."""

    topics: dict[str, Topic] = Field(default_factory=dict)
    documents: dict[str, Document] = Field(default_factory=dict)
    references: dict[str, Reference] = Field(default_factory=dict)
    rows: dict[str, Row] = Field(default_factory=dict)
    misconceptions: dict[str, str] = Field(default_factory=dict)
    ideas: dict[str, Idea] = Field(default_factory=dict)

    def laid_over(self, entries: Sequence[Entry]) -> "Catalogue":
        """Give the catalogue with what was added or changed in the browser.

        Topics that were put in order come first, in that order; the others follow as they stood.
        """
        if not entries:
            return self
        topics, references = dict(self.topics), dict(self.references)
        for one in entries:
            if one.part is Part.REFERENCES:
                references[one.key] = Reference(**one.content)
                continue
            before = topics[one.key].model_dump() if one.key in topics else {}
            fields = {**before, **one.content, "id": one.key}
            # a place alone is left of a topic whose file has gone
            if "title" in fields:
                topics[one.key] = Topic(**fields)
        places = {one.key: one.position for one in entries if one.part is Part.TOPICS and one.position is not None}
        ordered = sorted(topics, key=lambda key: (key not in places, places.get(key, 0)))
        return self.model_copy(
            update={"topics": {key: topics[key] for key in ordered}, "references": references},
        )

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
