"""Two instructors at one question: what each changed, and how the two go together."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from quizlib.bank.difference import Change, difference, merge, words
from quizlib.bank.form import tidied
from quizlib.errors import NotFound
from quizlib.model.authoring import Draft
from quizlib.model.person import User
from quizlib.services.authoring import drafts
from quizlib.store.content.versions import VersionRow

__all__ = ["Change", "Meeting", "Way", "compared", "go_on", "joined", "meeting", "words"]


class Way(StrEnum):
    """How an instructor goes on when somebody else has saved another version."""

    BOTH = "both"
    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True)
class Meeting:
    """What the other changed since the draft began, and what the draft changed; `both` where no field is in both."""

    newest: VersionRow
    theirs: tuple[Change, ...]
    mine: tuple[Change, ...]
    both: bool


def compared(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """Give what differs between two contents, field by field."""
    return difference(before, after)


def joined(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """Give what two tabs made of one draft, and whether both changed the same: then it says what `mine` says."""
    found = merge(base, mine, theirs)
    return found.content, bool(found.conflicts)


def meeting(actor: User, draft_id: int) -> Meeting | None:
    """Give what met in a draft of the actor's; None where nobody has saved another version since it began."""
    opened = drafts.read(actor, draft_id)
    if not opened.overtaken or opened.newest is None:
        return None
    base = _content(opened.base) if opened.base else {}
    theirs = _content(opened.newest)
    mine = _drafted(opened.draft)
    return Meeting(
        opened.newest,
        tuple(difference(base, theirs)),
        tuple(difference(base, mine)),
        not merge(base, mine, theirs).conflicts,
    )


def go_on(actor: User, draft_id: int, seq: int, way: Way) -> Draft:
    """Let a draft go on from the newest version: with both changes, the actor's own, or the other's."""
    opened = drafts.read(actor, draft_id)
    if opened.newest is None:
        raise NotFound(drafts.NO_QUESTION)
    base = _content(opened.base) if opened.base else {}
    theirs = _content(opened.newest)
    mine = _drafted(opened.draft)
    content: dict[str, Any] = {Way.MINE: mine, Way.THEIRS: theirs}.get(way) or merge(base, mine, theirs).content
    topic = str(content.pop("topic", opened.draft.topic))
    return drafts.keep(actor, draft_id, seq, topic=topic, content=content, version_id=opened.newest.id)


def _drafted(draft: Draft) -> dict[str, Any]:
    """Give what a draft says, without what is empty in its form or is so anyway."""
    return {**tidied(drafts.said(draft.content)), "topic": draft.topic}


def _content(version: VersionRow) -> dict[str, Any]:
    return {**drafts.form_of(version.question), "topic": version.question.topic}
