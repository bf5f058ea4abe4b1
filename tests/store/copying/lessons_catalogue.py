"""Topics and sources as they are after an instructor has arranged them."""

from quizlib.model.person import User
from quizlib.services.authoring import sources, topics


def arrange(teacher: User) -> None:
    """Leave something in every column of topics and sources that were made in the browser."""
    made = topics.add(teacher, "Drzewa, 木", "Co “siedzi” wysoko: 🦉.")
    topics.order(teacher, [made, *(one.topic.id for one in topics.all_topics(teacher) if one.topic.id != made)])
    sources.add(teacher, "Żaba K. Jak skakać. 1999.", 1999, "Polska")
