"""Students sit what their class was given."""

from datetime import timedelta
from typing import Any

from makers import NOON, place_of

from quizlib.model.attempt import Behaviour
from quizlib.model.classes import Assignment, Terms
from quizlib.model.person import User
from quizlib.services.classes import assignments
from quizlib.services.quizzes import exam, study

DUE = NOON + timedelta(days=7)


def terms(**changes: Any) -> Terms:
    """Give practice with the frog and the heron, due in a week, as far as nothing else is said."""
    return Terms(**{"title": "Who jumps", "question_ids": ("frog", "heron"), "due_at": DUE, **changes})


def exam_terms(**changes: Any) -> Terms:
    """Give an exam of 60 minutes, due in a week and told then."""
    return terms(**{"behaviour": Behaviour.EXAM, "minutes": 60, "tells": "after_due", **changes})


def answer(actor: User, attempt_id: int, *texts: str, first: int = 1) -> None:
    """Answer the questions from one on: in practice each is graded, in an exam each is saved."""
    for position, text in enumerate(texts, start=first):
        shown = study.sheet(actor, attempt_id, position)
        given = place_of(shown, text)
        if shown.attempt.behaviour is Behaviour.EXAM:
            exam.save(actor, attempt_id, shown.item.id, given, seen=shown.item.seq)
        else:
            study.answer(actor, attempt_id, shown.item.id, given, seen=shown.item.seq)


def sit(actor: User, assignment_id: int, *texts: str) -> int:
    """Begin, answer and hand in; give the attempt."""
    attempt_id = assignments.begin(actor, assignment_id)
    answer(actor, attempt_id, *texts)
    study.finish(actor, attempt_id)
    return attempt_id


def stored(teacher: User, assignment_id: int) -> Assignment:
    return assignments.report(teacher, assignment_id).assignment
