"""Files against database: what to take, what to keep, what to report. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Known(Protocol):
    """What the database knows of a question."""

    @property
    def file_hash(self) -> str | None:
        """The content last taken from its file."""

    @property
    def content_hash(self) -> str | None:
        """The content of its current version."""

    @property
    def waits(self) -> bool:
        """Whether a newer version waits for its approval."""


@dataclass
class SyncPlan:
    """Ids by what is to happen with them."""

    take: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    remember: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def plan_sync(files: Mapping[str, str], known: Mapping[str, Known], unread: Collection[str] = ()) -> SyncPlan:
    """Decide for each question; `files` maps id to content hash, `unread` are ids whose file has a problem.

    In `unread`, `<family>.family` stands for every row of that family.

    - file as last taken: nothing, whatever the database did since;
    - database as last taken: the file is newer, take it;
    - both changed, to the same content: remember the file; to different content: a conflict, the database's is kept;
      a version that waits for its approval is a change;
    - a question that came from a file that is gone: missing.
    """
    plan = SyncPlan()
    for question_id, file_hash in files.items():
        row = known.get(question_id)
        if row is None or row.content_hash is None:
            plan.take.append(question_id)
        elif row.file_hash == file_hash:
            plan.same.append(question_id)
        elif row.content_hash == file_hash:
            plan.remember.append(question_id)
        elif row.content_hash == row.file_hash and not row.waits:
            plan.take.append(question_id)
        else:
            plan.conflicts.append(question_id)
    plan.missing = sorted(
        question_id
        for question_id, row in known.items()
        if row.file_hash is not None and question_id not in files and not may_be_in(unread, question_id)
    )
    return plan


def may_be_in(unread: Collection[str], question_id: str) -> bool:
    """Tell whether a question may stand in one of the files that could not be read."""
    return question_id in unread or f"{question_id.partition('.')[0]}.family" in unread
