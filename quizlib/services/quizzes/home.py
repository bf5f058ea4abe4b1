"""What a learner finds on opening the app."""

from dataclasses import dataclass

from quizlib.model.attempt import Attempt
from quizlib.model.catalogue import Topic
from quizlib.model.person import User
from quizlib.services.app import current
from quizlib.services.quizzes.sheets import next_open
from quizlib.store.answers import attempts as rows
from quizlib.store.answers import learning
from quizlib.store.content.questions import live_by_topic


@dataclass(frozen=True)
class OpenQuiz:
    """A quiz that waits to be gone on with."""

    attempt: Attempt
    position: int
    total: int
    topics: tuple[str, ...]


@dataclass(frozen=True)
class TopicTile:
    """A topic with how many questions it has, and how many of them this person has answered."""

    topic: Topic
    questions: int
    seen: int


@dataclass(frozen=True)
class Home:
    """The home page of one person."""

    open_quiz: OpenQuiz | None
    tiles: tuple[TopicTile, ...]
    answered: int

    @property
    def questions(self) -> int:
        """How many questions there are."""
        return sum(tile.questions for tile in self.tiles)


def home(actor: User) -> Home:
    """Give the actor's home page."""
    app = current()
    topics = app.bank.catalogue.topics
    with app.database.read() as connection:
        counts = live_by_topic(connection)
        seen = learning.seen_by_topic(connection, actor.id)
        waiting = rows.open_attempts(connection, actor.id, limit=1)
        places = rows.read_places(connection, waiting[0].id) if waiting else []
        answered = learning.answered_count(connection, actor.id)
    open_quiz = None
    if waiting:
        titles = tuple(topics[one].title for one in waiting[0].filter.topics if one in topics)
        open_quiz = OpenQuiz(waiting[0], next_open(places, 0) or len(places), len(places), titles)
    shown = [topics.get(one) or Topic(id=one, title=one, about="") for one in [*topics, *(counts.keys() - topics)]]
    tiles = tuple(TopicTile(topic, counts[topic.id], seen.get(topic.id, 0)) for topic in shown if counts.get(topic.id))
    return Home(open_quiz, tiles, answered)
