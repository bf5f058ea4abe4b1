"""Sources in the form: chosen from one list of references, facts and sections of articles, or added."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from quizlib.errors import QuizError
from quizlib.model.catalogue import Catalogue
from quizlib.model.person import User
from quizlib.services.authoring import sources as service

Json = dict[str, Any]


def labels(catalogue: Catalogue) -> dict[str, str]:
    """Give everything that can be cited, by a code."""
    found = {f"r {key}": f"{one.citation} ({key})" for key, one in catalogue.references.items()}
    found |= {f"r {key}": f"{one.shows} ({key})" for key, one in catalogue.rows.items()}
    return found | {
        f"d {name}\n{section}": f"Article “{one.title}”: {section}"
        for name, one in catalogue.documents.items()
        for section in one.sections
    }


def code(source: Json) -> str:
    """Give the code of a source as a question holds it."""
    if source.get("reference"):
        return f"r {source['reference']}"
    return f"d {source.get('document', '')}\n{source.get('section', '')}"


def source(said: str) -> Json:
    """Give a source as a question holds it."""
    if said.startswith("r "):
        return {"reference": said[2:]}
    document, _, section = said[2:].partition("\n")
    return {"document": document, "section": section}


def collect(key: str, content: Json) -> None:
    """Put into the content what is chosen."""
    if key in st.session_state:
        content["sources"] = [source(one) for one in st.session_state[key]]


def choose(actor: User, key: str, content: Json, catalogue: Catalogue, restructure: Callable[[], None]) -> None:
    """Show the list to choose from, and a way to add to it."""
    known = labels(catalogue)
    chosen = [code(one) for one in content.get("sources", []) if isinstance(one, dict)]
    known |= {one: f"{one[2:]} (not in the list any more)" for one in chosen if one not in known}
    st.multiselect(
        "Sources",
        list(known),
        default=chosen,
        format_func=lambda one: known[one],
        key=key,
        placeholder="Search by author, year or fact",
    )
    with st.popover("Add a source to the list", key=f"{key}-more"):
        citation = st.text_area(
            "Author, title, place, year", key=f"{key}-citation", placeholder="Vleeming A. Movement … 2007."
        )
        year = st.text_input("Year", key=f"{key}-year", max_chars=4)
        country = st.text_input("Country, where a guideline rules there", key=f"{key}-country", max_chars=60)
        if st.button("Add and cite it", key=f"{key}-add"):
            if year.strip() and not year.strip().isdecimal():
                st.text("The year is not a number. Write it in four digits, or leave it out.")
                return
            try:
                made = service.add(actor, citation, int(year) if year.strip() else None, country)
            except QuizError as refusal:
                st.text(str(refusal))
            else:
                content.setdefault("sources", []).append({"reference": made})
                restructure()
