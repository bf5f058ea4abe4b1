"""What instructors do with many questions at once: tag, move, withdraw, ask again, write to files."""

import io
import re
import zipfile
from collections.abc import Callable, Collection
from dataclasses import dataclass

from quizlib.bank.pictures import FOLDER
from quizlib.bank.writing import case_yaml, question_yaml
from quizlib.engine.selection import family_of
from quizlib.errors import Refused
from quizlib.kinds import kind_of
from quizlib.model.authoring import Origin, Status
from quizlib.model.person import User
from quizlib.model.question import Question
from quizlib.services import permissions
from quizlib.services.app import BANK_CHANGE, current
from quizlib.services.authoring import pictures, reviewing
from quizlib.services.authoring.telling_apart import keep_apart
from quizlib.store.content import media, together
from quizlib.store.content import questions as rows
from quizlib.store.databases.changes import note_change
from quizlib.store.databases.database import BANK

_TAG = re.compile(r"^[A-Za-z0-9-]{1,40}$")
GENERATED = "A generated set is changed in its file, and with all its questions, so these were left out"
MOVED_WHOLE = "A case moves whole, so these moved too"
CASE_WHOLE = "A case is asked whole or not at all, so this was done to these too"
WAITING = "Another instructor has to approve these first, so they stay as they are"
NEW_WAITING = "Until another instructor has approved the new version of these, the one before it is asked"


@dataclass(frozen=True)
class Done:
    """What was done with many questions: which changed, how many were so already, and what to know about some.

    Each of `told` is a sentence and the ids that it is about.
    """

    changed: tuple[str, ...]
    unchanged: int = 0
    told: tuple[tuple[str, tuple[str, ...]], ...] = ()


def add_tag(actor: User, ids: Collection[str], tag: str) -> Done:
    """Give questions a tag, each in a version of its own."""
    permissions.require_instructor(actor)
    tag = good_tag(tag)
    return _save(actor, ids, f"tagged {tag}", lambda one: _tagged(one, tuple(dict.fromkeys((*one.tags, tag)))))


def remove_tag(actor: User, ids: Collection[str], tag: str) -> Done:
    """Take a tag from questions, each in a version of its own."""
    permissions.require_instructor(actor)
    tag = good_tag(tag)
    without = f"took the tag {tag} away"
    return _save(actor, ids, without, lambda one: _tagged(one, tuple(other for other in one.tags if other != tag)))


def move(actor: User, ids: Collection[str], topic: str) -> Done:
    """Move questions to another topic, each in a version of its own; a case moves whole."""
    permissions.require_instructor(actor)
    if topic not in current().catalogue.topics:
        raise Refused("There is no such topic. Choose one of the list.")
    return _save(
        actor, ids, f"moved to {topic}", lambda one: one.model_copy(update={"topic": topic}), whole=MOVED_WHOLE
    )


def retire(actor: User, ids: Collection[str]) -> Done:
    """Ask nobody these questions from now on; quizzes that have begun go on with them."""
    return _set_status(actor, ids, Status.RETIRED)


def ask(actor: User, ids: Collection[str]) -> Done:
    """Have learners asked these questions from now on, but for those that must be approved first."""
    done = _set_status(actor, ids, Status.LIVE)
    app = current()
    with app.database.read() as connection:
        found = together.asked(connection, together.whole(connection, ids))
    asked = [one.question for one in found if one.status is Status.LIVE]
    for one in asked:
        # one after the other, each stored before the next is read: what it is told apart from is what is stored
        if list(kind_of(one).typed(one.body)):
            with app.database.write(BANK) as connection:
                keep_apart(app, connection, actor, one)
                note_change(connection, BANK_CHANGE)
    return done


def export(actor: User, ids: Collection[str]) -> bytes:
    """Write the current versions of questions as files of the bank, cases whole, with their pictures, into a zip."""
    permissions.require_instructor(actor)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file, current().database.read() as connection:
        permissions.require_person(connection, actor)
        cases: dict[str, list[Question]] = {}
        found = [one.question for one in together.asked(connection, together.whole(connection, ids))]
        for one in found:
            if one.case:
                cases.setdefault(one.case, []).append(one)
            else:
                file.writestr(f"{one.topic}/{one.id}.yaml", question_yaml(one))
        for case, parts in cases.items():
            parts.sort(key=lambda one: one.part)
            file.writestr(f"{parts[0].topic}/{case}.case.yaml", case_yaml(parts[: parts[0].parts]))
        for name in pictures.shown_by(found):
            for content in media.pictures_of(connection, [name]).values():
                file.writestr(f"{FOLDER}/{name}", content)
    return packed.getvalue()


def good_tag(text: str) -> str:
    """Give a tag as it is stored; raise Refused where it cannot be one."""
    tag = "-".join(text.split())
    if not _TAG.match(tag):
        raise Refused(
            "A tag is made of letters without accents, digits and hyphens, 40 at most, such as disc-herniation."
        )
    return tag


def _tagged(question: Question, tags: tuple[str, ...]) -> Question:
    return question if tags == question.tags else question.model_copy(update={"tags": tags})


def _save(
    actor: User, ids: Collection[str], note: str, changed: Callable[[Question], Question], *, whole: str = ""
) -> Done:
    """Save what changes as new versions, all or none; `whole` says why the other parts of a case change as well."""
    permissions.require_instructor(actor)
    app = current()
    with app.database.write(BANK) as connection:
        permissions.require_person(connection, actor)
        wanted = together.whole(connection, ids) if whole else list(ids)
        done, waiting, generated, unchanged = [], [], [], 0
        for question, status in together.newest(connection, wanted):
            new = changed(question)
            if family_of(question.id) is not None:
                generated.append(question.id)
            elif new == question:
                unchanged += 1
            else:
                # as when a single one is saved: what is live changes only as far as it need not be approved first
                asked = status is not Status.LIVE or not app.settings.must_be_approved
                rows.save_version(
                    connection,
                    new,
                    now=app.clock(),
                    origin=Origin.BROWSER,
                    note=note,
                    saved_by=actor.id,
                    asked=asked,
                )
                done.append(question.id)
                if not asked:
                    waiting.append(question.id)
        if done:
            note_change(connection, BANK_CHANGE)
    return Done(
        tuple(done),
        unchanged,
        _told({GENERATED: generated, whole: [one for one in done if one not in set(ids)], NEW_WAITING: waiting}),
    )


def _set_status(actor: User, ids: Collection[str], status: Status) -> Done:
    permissions.require_instructor(actor)
    app = current()
    with app.database.write(BANK) as connection:
        permissions.require_person(connection, actor)
        before = together.statuses(connection, together.whole(connection, ids))
        wanted = [one for one, stands in before.items() if stands is not status]
        waiting = set(reviewing.set_status(app, connection, wanted, status)) if wanted else set()
    changed = [one for one in wanted if one not in waiting]
    others = [one for one in changed if one not in set(ids)]
    return Done(
        tuple(changed),
        len(before) - len(wanted),
        _told({CASE_WHOLE: others, WAITING: [*filter(waiting.__contains__, wanted)]}),
    )


def _told(about: dict[str, list[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((sentence, tuple(ids)) for sentence, ids in about.items() if sentence and ids)
