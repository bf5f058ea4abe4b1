"""A quiz for somebody else: its code, and the same paper from a code."""

import hashlib

from quizlib.engine import share_code
from quizlib.engine.share_code import BAD, BadCode, Paper
from quizlib.errors import NothingMatches
from quizlib.kinds import KINDS
from quizlib.model.attempt import Behaviour, Filter, Plan
from quizlib.model.person import User
from quizlib.model.question import Level
from quizlib.services.app import App, current
from quizlib.services.quizzes import choosing
from quizlib.services.quizzes.choosing import Choice
from quizlib.services.quizzes.drawing import begin
from quizlib.services.quizzes.sheets import own
from quizlib.store.answers import attempts as rows
from quizlib.store.content.questions import live_hashes, live_topics, live_versions
from quizlib.store.databases.database import Connection

LONGEST = 200


def code_of(actor: User, attempt_id: int) -> str | None:
    """Give the code of the actor's quiz; None when it was not drawn at random, and so cannot be drawn again."""
    app = current()
    with app.database.read() as connection:
        attempt = own(actor, rows.read_attempt(connection, attempt_id))
        if attempt.plan is not Plan.RANDOM or not attempt.number or attempt.number > LONGEST:
            return None
        topics, levels, kinds = _names(connection)
        wanted = attempt.filter
        choice = Choice(filter=wanted, plan=Plan.RANDOM, number=attempt.number)
        asked = [(item.question_id, item.version_id) for item in rows.read_items(connection, attempt_id)]
        again = choosing.draw(connection, actor, choice, attempt.seed, attempt.number)
        if asked != [(one["id"], one["version_id"]) for one in live_versions(connection, again)]:
            return None  # the bank has changed since: the code would give another paper
        return share_code.encode(
            Paper(
                fingerprint=_fingerprint(connection),
                seed=attempt.seed,
                number=attempt.number,
                topics=_mask(wanted.topics, topics),
                levels=_mask(wanted.levels, levels),
                kinds=_mask(wanted.kinds, kinds),
            )
        )


def start_from_code(actor: User, code: str, behaviour: Behaviour = Behaviour.PRACTICE) -> int:
    """Begin the paper that a code names; raise BadCode, or NothingMatches where this bank is another one."""
    app = current()
    paper = share_code.decode(code)
    if not 1 <= paper.number <= LONGEST:
        raise BadCode(BAD)
    with app.database.read() as connection:
        if paper.fingerprint != _fingerprint(connection):
            raise NothingMatches(
                "This share code is from another question bank, or from another state of this one. "
                "Both computers need the same questions: update them, then try again."
            )
        topics, levels, kinds = _names(connection)
        wanted = Filter(
            topics=_chosen(paper.topics, topics),
            levels=_chosen(paper.levels, levels),
            kinds=_chosen(paper.kinds, kinds),
        )
        choice = Choice(filter=wanted, plan=Plan.RANDOM, number=paper.number)
        drawn = choosing.draw(connection, actor, choice, paper.seed, paper.number)
    return _begin(app, actor, choice, drawn, paper.seed, behaviour)


def _begin(app: App, actor: User, choice: Choice, drawn: list[str], seed: int, behaviour: Behaviour) -> int:
    return begin(
        app,
        actor,
        plan=choice.plan,
        behaviour=behaviour,
        filter=choice.filter,
        question_ids=drawn,
        seed=seed,
        number=choice.number,
    )


def _fingerprint(connection: Connection) -> str:
    """Give 8 hexadecimal digits that differ where any live question differs."""
    digest = hashlib.sha256()
    for question_id, content_hash in live_hashes(connection):
        digest.update(f"{question_id}:{content_hash}\n".encode())
    return digest.hexdigest()[:8]


def _names(connection: Connection) -> tuple[list[str], list[str], list[str]]:
    return live_topics(connection)[:16], [level.value for level in Level], sorted(KINDS)


def _mask(chosen: tuple[str, ...], names: list[str]) -> int:
    return sum(1 << place for place, name in enumerate(names) if name in chosen)


def _chosen(mask: int, names: list[str]) -> tuple[str, ...]:
    return tuple(name for place, name in enumerate(names) if mask >> place & 1)
