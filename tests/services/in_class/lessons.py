"""Lessons of a class at the pond: many students, and assignments that they sit one after the other."""

from collections.abc import Sequence

from makers import Clock
from services.classes.people import joined
from services.classes.sitting import sit, terms

from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.classes import assignments
from quizlib.services.quizzes import study

NAMES = ("Ann Frog", "Ben Toad", "Cleo Newt", "Dan Heron", "Eva Swan", "Finn Pike", "Gus Carp", "Hana Reed")
RIGHT, HALF, WRONG = ("frog", "frog"), ("frog", "newt"), ("newt", "newt")


def students(app: App, teacher: User, group: int, number: int) -> list[User]:
    """Add so many students, in the order of their names."""
    return joined(app, teacher, group, *NAMES[:number])


def lesson(teacher: User, group: int, answers: Sequence[tuple[User, Sequence[str]]], **changes: object) -> int:
    """Give an assignment and have students sit it with what they answer; give its id."""
    given = assignments.give(teacher, group, terms(**changes))
    for who, texts in answers:
        sit(who, given, *texts)
    return given


def lessons(teacher: User, group: int, clock: Clock, courses: Sequence[tuple[User, Sequence[Sequence[str]]]]) -> None:
    """Give assignments of a day each, of which each student does the next with what comes next for them."""
    for number in range(max(len(course) for _, course in courses)):
        today = [(who, course[number]) for who, course in courses if number < len(course)]
        lesson(teacher, group, today, title=f"Lesson {number + 1}", due_at=None)
        clock.move(days=1)


def write(actor: User, quiz: int, text: str, position: int = 1) -> None:
    """Answer a question whose answer is written."""
    shown = study.sheet(actor, quiz, position)
    study.answer(actor, quiz, shown.item.id, text, seen=shown.item.seq)
