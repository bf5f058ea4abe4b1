"""Sources as instructors find and keep them: guidelines, papers and books, the facts they carry, and articles."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from quizlib.errors import NotFound, Refused
from quizlib.model.authoring import Status
from quizlib.model.catalogue import Catalogue, Entry, Part, Reference
from quizlib.model.person import User
from quizlib.services import permissions
from quizlib.services.app import BANK_CHANGE, App, current
from quizlib.services.people.people import tidy_name
from quizlib.store.content import catalogue as rows
from quizlib.store.databases.changes import note_change
from quizlib.store.databases.database import BANK, Connection

LONGEST_CITATION = 600
LONGEST_COUNTRY = 60
FIRST_YEAR = 1400
NAMED = 5
NO_SOURCE = "This source is not here any more. Somebody may have taken it away."
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_GUIDELINE = re.compile(r"[A-Z]{2,}\d+")


@dataclass(frozen=True)
class Source:
    """Something to cite: a reference, a fact with the references that carry it, or an article with its sections.

    `changeable` says that it is a reference, and `made_here` that no file has it.
    """

    key: str
    text: str
    citations: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    reference: Reference | None = None
    made_here: bool = False

    @property
    def changeable(self) -> bool:
        """Whether it can be changed here; facts and articles are in files only."""
        return self.reference is not None


def search(actor: User, text: str = "") -> list[Source]:
    """Give what can be cited and has each of the words somewhere: references first, then facts, then articles."""
    permissions.require_instructor(actor)
    app = current()
    words = text[:LONGEST_CITATION].casefold().split()
    return [one for one in _every(app) if all(word in _searched(one) for word in words)]


def add(actor: User, citation: str, year: int | None = None, country: str = "") -> str:
    """Add a reference and give its key, made of author and year; raise Refused for one that is there already."""
    permissions.require_instructor(actor)
    app = current()
    with app.database.write(BANK) as connection:
        permissions.require_person(connection, actor)
        known = _known(app, connection)
        content = _good(app, citation, year, country, known.references)
        key = _new_key(content, [*known.references, *known.rows, *known.documents])
        entry = Entry(part=Part.REFERENCES, key=key, content=content)
        rows.save_entry(connection, entry, actor.id, app.clock())
        note_change(connection, BANK_CHANGE)
    app.look()
    return key


def change(actor: User, key: str, citation: str, year: int | None = None, country: str = "") -> None:
    """Correct a reference wherever it is cited; its key stays."""
    permissions.require_instructor(actor)
    app = current()
    with app.database.write(BANK) as connection:
        permissions.require_person(connection, actor)
        references = _known(app, connection).references
        if key not in references:
            raise NotFound(NO_SOURCE)
        others = {name: one for name, one in references.items() if name != key}
        content = _good(app, citation, year, country, others)
        if Reference(**content) == references[key]:
            return
        entry = Entry(part=Part.REFERENCES, key=key, content=content)
        rows.save_entry(connection, entry, actor.id, app.clock())
        note_change(connection, BANK_CHANGE)
    app.look()


def remove(actor: User, key: str) -> None:
    """Take away a reference that was made here and that nothing cites; raise Refused otherwise."""
    permissions.require_instructor(actor)
    app = current()
    with app.database.write(BANK) as connection:
        permissions.require_person(connection, actor)
        if key not in _known(app, connection).references:
            raise NotFound(NO_SOURCE)
        if key in app.bank.filed.references:
            raise Refused("It comes from sources.yaml. Take it out there.")
        if by := _cited_by(app, connection, key):
            raise Refused(f"{by} Give them another source first.")
        rows.drop_entry(connection, Part.REFERENCES, key)
        note_change(connection, BANK_CHANGE)
    app.look()


def missing(actor: User) -> dict[str, list[str]]:
    """Give the sources that questions cite and that are gone, by question; withdrawn questions do not count."""
    permissions.require_instructor(actor)
    app = current()
    catalogue = app.catalogue
    if not catalogue.references:
        return {}  # the file cannot be read, which is told by itself
    lost: dict[str, list[str]] = {}
    with app.database.read() as connection:
        for question_id, sources in rows.cited(connection, (Status.LIVE, Status.DRAFT)):
            for key in _names(sources):
                if not _is_there(catalogue, key) and key not in lost.get(question_id, []):
                    lost.setdefault(question_id, []).append(key)
    return lost


def _known(app: App, connection: Connection) -> Catalogue:
    """Give what there is at this moment, not a second ago."""
    return app.bank.filed.laid_over(rows.read_entries(connection))


def _every(app: App) -> Iterable[Source]:
    known, filed = app.catalogue, app.bank.filed
    for key, one in known.references.items():
        place = f" ({one.country})" if one.country else ""
        yield Source(key, one.citation + place, reference=one, made_here=key not in filed.references)
    for key, row in known.rows.items():
        cites = tuple(known.references[one].citation for one in row.cites if one in known.references)
        yield Source(key, row.shows, citations=cites)
    for key, document in known.documents.items():
        yield Source(key, document.title, sections=document.sections)


def _searched(source: Source) -> str:
    return " ".join([source.key, source.text, *source.citations, *source.sections]).casefold()


def _names(sources: Iterable[Any]) -> Iterable[str]:
    """Give what sources name, a section with its document; a draft may hold anything."""
    for one in sources:
        if isinstance(one, dict):
            if reference := one.get("reference"):
                yield str(reference)
            elif document := one.get("document"):
                yield f"{document}: {one.get('section', '')}"


def _is_there(catalogue: Catalogue, name: str) -> bool:
    document, _, section = name.partition(": ")
    sections = catalogue.documents[document].sections if document in catalogue.documents else ()
    return name in catalogue.references or name in catalogue.rows or section in sections


def _cited_by(app: App, connection: Connection, key: str) -> str:
    """Say what cites a reference, or nothing."""
    by = [question_id for question_id, sources in rows.cited(connection) if key in _names(sources)]
    drafted = [question_id for question_id, sources in rows.cited_in_drafts(connection) if key in _names(sources)]
    by = list(dict.fromkeys([*by, *(one for one in drafted if one is not None)]))
    facts = [name for name, row in app.catalogue.rows.items() if key in row.cites]
    begun = drafted.count(None)
    said = [
        _counted(by, "question"),
        _counted(facts, "fact"),
        f"{begun} {'draft' if begun == 1 else 'drafts'}" if begun else "",
    ]
    return f"Cited by {' and '.join(filter(None, said))}." if any(said) else ""


def _counted(names: list[str], what: str) -> str:
    if not names:
        return ""
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{len(names)} {what if len(names) == 1 else what + 's'} ({', '.join(names[:NAMED])}{more})"


def _good(
    app: App, citation: str, year: int | None, country: str, others: dict[str, Reference]
) -> dict[str, str | int]:
    citation = tidy_name(citation[: LONGEST_CITATION * 50])
    country = tidy_name(country[: LONGEST_COUNTRY * 50])
    if not citation:
        raise Refused("Write the source as learners are to read it: author, title, place, year.")
    if len(citation) > LONGEST_CITATION:
        raise Refused(f"The source is too long. Say it in at most {LONGEST_CITATION} characters.")
    if len(country) > LONGEST_COUNTRY:
        raise Refused(f"The country is too long. Take at most {LONGEST_COUNTRY} characters.")
    last = app.clock().year + 1
    if year is not None and not FIRST_YEAR <= year <= last:
        raise Refused(f"The year must lie between {FIRST_YEAR} and {last}. Leave it out where there is none.")
    for key, one in others.items():
        if one.citation.casefold() == citation.casefold():
            raise Refused(f"This source stands in the list already, as {key}. Choose that.")
    given: dict[str, str | int] = {"citation": citation}
    if year is not None:
        given["year"] = year
    if country:
        given["country"] = country
    return given


def _new_key(content: dict[str, str | int], taken: Iterable[str]) -> str:
    """Make a key as the others are: Tarulli07, AlNezari13, NG59; of two alike the second ends in b."""
    citation = str(content["citation"])
    years = _YEAR.findall(citation)
    year = str(content.get("year") or (years[-1] if years else ""))[-2:]
    plain = unicodedata.normalize("NFKD", citation).encode("ascii", "ignore").decode()
    start = re.split(r"[\s,.;:(]+", plain.strip())[:3]
    number = next((one for one in start if _GUIDELINE.fullmatch(one)), None)
    base = number or (_name(start) or "Source") + year
    lower = {one.casefold() for one in taken}
    endings = ["", *"bcdefghijklmnopqrstuvwxyz"]
    free = (base + ending for ending in endings if (base + ending).casefold() not in lower)
    return next(free, None) or next(
        made for made in (f"{base}-{number}" for number in range(2, len(lower) + 3)) if made.casefold() not in lower
    )


def _name(words: list[str]) -> str:
    """Give the family name that a citation begins with: its words up to the initials."""
    name = ""
    for word in words:
        letters = re.sub(r"[^A-Za-z]", "", word)
        if name and (not letters or letters.isupper() or letters == "et"):
            break
        name += letters
    return name[:30]
