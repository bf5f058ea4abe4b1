"""What a browser's session remembers of the drafts on its page."""

from dataclasses import dataclass, field
from threading import RLock
from typing import Any, NamedTuple

import streamlit as st

from quizlib.model.authoring import Draft

_SESSION = "write"


class Joined(NamedTuple):
    """What two tabs made of one draft: what is said of it, what the other tab had, and what stands now."""

    words: str
    there: dict[str, Any]
    here: dict[str, Any]


@dataclass
class Session:
    """How often the form was drawn anew, each draft as this session last kept it, and what is still to be told of tabs.

    Changed in place: writing to Streamlit's own state lets a run be stopped just there, between what it has kept and
    its note of that. `turn` lets the next run, which may be under way already, wait for that note.
    """

    generation: int = 0
    kept: dict[int, Draft] = field(default_factory=dict)
    joined: dict[int, Joined] = field(default_factory=dict)
    turn: RLock = field(default_factory=RLock)


def session() -> Session:
    """Give what this session remembers."""
    found: Session = st.session_state.setdefault(_SESSION, Session())
    return found
