"""Topics as instructors arrange them: added, renamed, put in order, taken away while they are empty."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quizlib.bank.pictures import FOLDER
from quizlib.errors import ChangedElsewhere, NotFound, Refused
from quizlib.model.authoring import Status
from quizlib.model.catalogue import Catalogue, Entry, Part, Topic
from quizlib.model.person import User
from quizlib.services import permissions
from quizlib.services.app import BANK_CHANGE, App, current
from quizlib.services.people.people import tidy_name
from quizlib.store.content import catalogue as rows
from quizlib.store.databases.changes import note_change
from quizlib.store.databases.database import BANK, Connection

LONGEST_TITLE = 80
LONGEST_ABOUT = 300
NO_TOPIC = "This topic is not here any more. Somebody may have taken it away."


@dataclass(frozen=True)
class ArrangedTopic:
    """A topic with how many questions it has, by their status.

    `made_here` says that no file has it, and `named` is false for one that only questions name.
    """

    topic: Topic
    live: int
    drafts: int
    retired: int
    made_here: bool
    named: bool = True

    @property
    def removable(self) -> bool:
        """Whether it can be taken away: it was made here, and nothing is in it."""
        return self.made_here and not self.live + self.drafts + self.retired


def all_topics(actor: User) -> list[ArrangedTopic]:
    """Give every topic in its order; those that only questions name come last, under their ids."""
    permissions.require_instructor(actor)
    app = current()
    with app.database.read() as connection:
        topics = _known(app, connection).topics
        counted = rows.counted_by_topic(connection)
    unnamed = {one: Topic(id=one, title=one, about="") for one in sorted(counted.keys() - topics.keys())}
    shown = []
    for key, one in {**topics, **unnamed}.items():
        by_status = counted.get(key, {})
        live, drafts, retired = (by_status.get(one, 0) for one in (Status.LIVE, Status.DRAFT, Status.RETIRED))
        made_here = key in topics and key not in app.bank.filed.topics
        shown.append(ArrangedTopic(one, live, drafts, retired, made_here, key in topics))
    return shown


def add(actor: User, title: str, about: str = "") -> str:
    """Add a topic after the others and give its id; raise Refused for a title that is empty, too long or taken."""
    permissions.require_instructor(actor)
    app = current()
    with app.database.write(BANK) as connection:
        permissions.require_person(connection, actor)
        known = _known(app, connection)
        counted = rows.counted_by_topic(connection)
        content = _good(title, about, list(known.topics.values()))
        key = _new_id(content["title"], {*known.topics, *counted, FOLDER})
        places = [one.position for one in _entries(connection).values() if one.position is not None]
        place = max(places) + 1 if places else None
        _save(connection, actor, app.clock(), Entry(part=Part.TOPICS, key=key, content=content, position=place))
    app.look()
    return key


def change(actor: User, topic_id: str, title: str, about: str = "") -> None:
    """Give a topic another title and description; its id, which files and quizzes name, stays."""
    permissions.require_instructor(actor)
    app = current()
    with app.database.write(BANK) as connection:
        permissions.require_person(connection, actor)
        topics = _known(app, connection).topics
        if topic_id not in topics and topic_id not in rows.counted_by_topic(connection):
            raise NotFound(NO_TOPIC)
        content = _good(title, about, [one for one in topics.values() if one.id != topic_id])
        if topic_id in topics and content == topics[topic_id].model_dump(exclude={"id"}):
            return
        before = _entries(connection).get(topic_id)
        place = before.position if before else None
        _save(connection, actor, app.clock(), Entry(part=Part.TOPICS, key=topic_id, content=content, position=place))
    app.look()


def order(actor: User, topic_ids: Sequence[str]) -> None:
    """Put the topics in this order; raise ChangedElsewhere where these are not all that there are now."""
    permissions.require_instructor(actor)
    app = current()
    with app.database.write(BANK) as connection:
        permissions.require_person(connection, actor)
        topics = list(_known(app, connection).topics)
        if sorted(topic_ids) != sorted(topics):
            raise ChangedElsewhere("Meanwhile a topic was added or taken away. Here they are as they are now.")
        if list(topic_ids) == topics:
            return
        before = _entries(connection)
        for place, key in enumerate(topic_ids):
            content = before[key].content if key in before else {}
            _save(connection, actor, app.clock(), Entry(part=Part.TOPICS, key=key, content=content, position=place))
    app.look()


def remove(actor: User, topic_id: str) -> None:
    """Take away a topic that was made here and has no questions; raise Refused otherwise."""
    permissions.require_instructor(actor)
    app = current()
    with app.database.write(BANK) as connection:
        permissions.require_person(connection, actor)
        topics = _known(app, connection).topics
        if topic_id not in topics:
            raise NotFound(NO_TOPIC)
        title = topics[topic_id].title
        if topic_id in rows.counted_by_topic(connection) or topic_id in rows.topics_drafted(connection):
            raise Refused(
                f"{title} has questions, drafts and withdrawn ones counted. Move them to another topic first."
            )
        if topic_id in app.bank.filed.topics:
            raise Refused(f"{title} comes from topics.yaml. Take it out there.")
        rows.drop_entry(connection, Part.TOPICS, topic_id)
        note_change(connection, BANK_CHANGE)
    app.look()


def _known(app: App, connection: Connection) -> Catalogue:
    """Give what there is at this moment, not a second ago."""
    return app.bank.filed.laid_over(rows.read_entries(connection))


def _entries(connection: Connection) -> dict[str, Entry]:
    return {one.key: one for one in rows.read_entries(connection) if one.part is Part.TOPICS}


def _save(connection: Connection, actor: User, now: datetime, entry: Entry) -> None:
    rows.save_entry(connection, entry, actor.id, now)
    note_change(connection, BANK_CHANGE)


def _good(title: str, about: str, others: Sequence[Topic]) -> dict[str, str]:
    title, about = tidy_name(title[: LONGEST_TITLE * 50]), tidy_name(about[: LONGEST_ABOUT * 50])
    if not title:
        raise Refused("Write a title: learners read it.")
    if len(title) > LONGEST_TITLE:
        raise Refused(f"The title is too long. Take at most {LONGEST_TITLE} characters.")
    if len(about) > LONGEST_ABOUT:
        raise Refused(f"The description is too long. Say it in at most {LONGEST_ABOUT} characters.")
    if any(one.title.casefold() == title.casefold() for one in others):
        raise Refused(f"There is a topic {title} already. Take another title.")
    return {"title": title, "about": about}


def _new_id(title: str, taken: set[str]) -> str:
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    start = re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "topic"
    made, number = start, 1
    while made in taken:
        number += 1
        made = f"{start}-{number}"
    return made
