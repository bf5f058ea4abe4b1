"""Keys that are found wrong after people have answered."""

from typing import Any

from makers import Clock, frog_options, place_of, question

from quizlib.model.attempt import Behaviour, Item, Step
from quizlib.model.authoring import Origin
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services.app import App
from quizlib.services.maintenance import find_damage, rebuild_caches
from quizlib.services.quizzes import exam, study
from quizlib.store.answers.attempts import read_items, read_steps
from quizlib.store.content.questions import save_version

WHY = "It is the toad that jumps."


def publish(app: App, version: Question, *, asked: bool = True) -> int:
    """Save a version, which is asked from now on."""
    with app.database.write() as connection:
        return save_version(
            connection, version, now=app.clock(), origin=Origin.BROWSER, note="The key was wrong.", asked=asked
        )


def correct(app: App, right: str = "toad", id: str = "frog", **changes: Any) -> int:
    """Have another option be the right one."""
    return publish(app, question(id, options=frog_options(right), **changes))


def give(actor: User, text: str, id: str = "frog", clock: Clock | None = None) -> int:
    """Answer a question in a quiz of its own; give the quiz."""
    if clock is not None:
        clock.move(seconds=5)
    quiz = study.start_fixed(actor, [id])
    answer(actor, quiz, text)
    return quiz


def answer(actor: User, quiz: int, text: str, position: int = 1) -> None:
    """Answer one question of a quiz: in practice it is graded, in an exam saved."""
    shown = study.sheet(actor, quiz, position)
    given = place_of(shown, text)
    if shown.attempt.behaviour is Behaviour.EXAM:
        exam.save(actor, quiz, shown.item.id, given, seen=shown.item.seq)
    else:
        study.answer(actor, quiz, shown.item.id, given, seen=shown.item.seq)


def item(app: App, quiz: int, position: int = 1) -> Item:
    with app.database.read() as connection:
        return read_items(connection, quiz)[position - 1]


def marks(app: App, *quizzes: int) -> list[float | None]:
    """Give what the first answer of each quiz is worth."""
    return [item(app, quiz).fraction for quiz in quizzes]


def steps(app: App, quiz: int, position: int = 1) -> list[Step]:
    one = item(app, quiz, position).id
    with app.database.read() as connection:
        return read_steps(connection, [one])[one]


def assert_whole(app: App) -> None:
    """Every cache says what the steps say."""
    assert find_damage(app) == []
    assert rebuild_caches(app) == 0
