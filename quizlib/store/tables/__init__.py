"""The tables, by the part of the house whose rows they hold."""

from quizlib.store.tables.answers import CACHED, assignments, attempts, items, steps, tallies
from quizlib.store.tables.base import metadata
from quizlib.store.tables.content import (
    catalogue_entries,
    drafts,
    media,
    question_statistics,
    question_texts,
    questions,
    verdicts,
    versions,
)
from quizlib.store.tables.corrections import complaints, corrections, notices, replies, rescorings
from quizlib.store.tables.people import classes, links, memberships, sign_ins, throttles, users
from quizlib.store.tables.running import changes, processes

__all__ = [
    "CACHED",
    "assignments",
    "attempts",
    "catalogue_entries",
    "changes",
    "classes",
    "complaints",
    "corrections",
    "drafts",
    "items",
    "links",
    "media",
    "memberships",
    "metadata",
    "notices",
    "processes",
    "question_statistics",
    "question_texts",
    "questions",
    "replies",
    "rescorings",
    "sign_ins",
    "steps",
    "tallies",
    "throttles",
    "users",
    "verdicts",
    "versions",
]
