"""Services that store nothing and give one question again and again."""

from datetime import UTC, datetime
from typing import Any

from quizlib.bank.files import read_bank
from quizlib.config import settings_from
from quizlib.engine.selection import arrangement
from quizlib.kinds import kind_of
from quizlib.model.attempt import Attempt, Behaviour, Filter, Item, Plan, State
from quizlib.model.person import User
from quizlib.services.quizzes import home as home_service
from quizlib.services.quizzes import study
from quizlib.services.quizzes.home import Home, TopicTile
from quizlib.services.quizzes.sheets import Sheet
from quizlib.ui import identity
from quizlib.ui.pages import home, practice

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def install() -> None:
    """Put fixed data in the place of the services that taking a quiz needs."""
    bank = read_bank(settings_from().questions)
    question = next(one for one in bank.questions.values() if one.kind == "choice" and not one.case)
    user = User(id=1, name="You")
    order = arrangement(question, 1, 1)
    response = {"chosen": [0]}
    fraction = kind_of(question).grade(question.body, response).fraction
    attempt = Attempt(
        id=1,
        user_id=1,
        plan=Plan.RANDOM,
        behaviour=Behaviour.PRACTICE,
        filter=Filter(),
        seed=1,
        asks_confidence=False,
        started_at=NOW,
    )

    def page(item_id: int, *, answered: bool) -> Sheet:
        item = Item(
            id=item_id,
            attempt_id=1,
            position=1 + (item_id - 1) % 10,
            question_id=question.id,
            version_id=1,
            topic=question.topic,
            arrangement=order,
        )
        if answered:
            told = {"seq": 1, "state": State.ANSWERED, "response": response, "fraction": fraction, "answered_at": NOW}
            item = item.model_copy(update=told)
        return Sheet(attempt, item, question, answered, 10, 0)

    tiles = tuple(TopicTile(topic, 40, 0) for topic in bank.catalogue.topics.values())
    pages: dict[str, Any] = {
        "start": lambda *_, **__: 1,
        "sheet": lambda *_: page(1, answered=False),
        "answer": lambda _actor, _quiz, item_id, *_, **__: page(item_id, answered=True),
        "go_on": lambda _actor, _quiz, item_id: page(item_id + 1, answered=False),
    }
    for name, act in pages.items():
        setattr(study, name, act)
    shown = Home(None, tiles, 0)
    home_service.home = home.home = lambda _actor: shown  # type: ignore[assignment]
    identity.actor = lambda: user  # type: ignore[assignment]
    practice.catalogue = lambda: bank.catalogue  # type: ignore[assignment]
