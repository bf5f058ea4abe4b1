"""Assignments: what a class is given to do, taken by its students, seen by its instructors."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from quizlib.errors import NotAllowed, NothingMatches, Refused
from quizlib.model.attempt import Behaviour, Plan
from quizlib.model.classes import Assignment, Counts, Member, Terms
from quizlib.model.person import Role, User
from quizlib.services import permissions
from quizlib.services.app import App, current
from quizlib.services.classes.ends import ends_at, set_ends
from quizlib.services.classes.terms import require_sound
from quizlib.services.quizzes import choosing
from quizlib.services.quizzes.choosing import Choice
from quizlib.services.quizzes.drawing import items_of
from quizlib.services.quizzes.sheets import close, overdue, tells
from quizlib.store.answers import assignments as rows
from quizlib.store.answers import attempts
from quizlib.store.answers.assignments import Try
from quizlib.store.databases.database import Connection
from quizlib.store.people import classes


@dataclass(frozen=True)
class Due:
    """An assignment as a student finds it on the home page.

    `running` is the attempt that goes on, `last` the one finished last, `left` how many may still be begun (None: as
    many as wanted); `told` says whether what was right may be seen.
    """

    assignment: Assignment
    class_name: str
    running: int | None
    last: int | None
    left: int | None
    can_begin: bool
    told: bool
    minutes: float | None


@dataclass(frozen=True)
class Standing:
    """One student at an assignment, with the attempt that counts; a person who was erased has no name."""

    user_id: int
    name: str
    sign_in_name: str | None
    tries: int
    counted: Try | None
    running: bool


@dataclass(frozen=True)
class Report:
    """An assignment as its instructor sees it; `told` says whether students see what was right."""

    assignment: Assignment
    standings: tuple[Standing, ...]
    told: bool

    @property
    def done(self) -> int:
        """How many have finished."""
        return sum(one.counted is not None for one in self.standings)

    @property
    def begun(self) -> int:
        """How many have begun and not finished."""
        return sum(one.counted is None and one.running for one in self.standings)

    @property
    def median_share(self) -> float | None:
        """The median of the points as a share of the questions, 0 to 1; None when nobody has finished."""
        shares = [
            one.counted.points / one.counted.questions
            for one in self.standings
            if one.counted is not None and one.counted.questions and one.counted.points is not None
        ]
        return median(shares) if shares else None


def give(actor: User, class_id: int, terms: Terms) -> int:
    """Give a class an assignment, and give its id; raise Refused or NothingMatches with what to change."""
    app = current()
    with app.database.write(actor.id) as connection:
        permissions.class_taught(connection, actor, class_id)
        require_sound(connection, actor, terms)
        return rows.add_assignment(connection, class_id, terms, seed=app.seed(), made_by=actor.id, now=app.clock())


def change(actor: User, assignment_id: int, terms: Terms) -> None:
    """Change an assignment; attempts that go on end when the new terms say, what was answered stays."""
    app = current()
    with app.database.write(actor.id) as connection:
        rows.hold(connection, assignment_id, to_change=True)
        stored = permissions.assignment_taught(connection, actor, assignment_id)
        require_sound(connection, actor, terms)
        fixed = ("filter", "question_ids", "number", "same_for_all", "behaviour")
        if rows.anybody_began(connection, assignment_id) and any(
            getattr(stored, name) != getattr(terms, name) for name in fixed
        ):
            raise Refused("Somebody has begun, so the questions stay as they are. Give a new assignment instead.")
        rows.change_assignment(connection, assignment_id, **rows.columns_of(terms))
        if (stored.due_at, stored.minutes) != (terms.due_at, terms.minutes):
            set_ends(connection, stored.model_copy(update=terms.model_dump()))


def given(actor: User, assignment_id: int) -> Assignment:
    """Give an assignment of a class that the actor instructs."""
    with current().database.read() as connection:
        return permissions.assignment_taught(connection, actor, assignment_id)


def end_now(actor: User, assignment_id: int) -> None:
    """Have an assignment be due now; attempts that go on end."""
    app = current()
    with app.database.write(actor.id) as connection:
        rows.hold(connection, assignment_id, to_change=True)
        stored = permissions.assignment_taught(connection, actor, assignment_id)
        now = app.clock()
        if stored.due_at is None or stored.due_at > now:
            rows.change_assignment(connection, assignment_id, due_at=now)
        for one in rows.unfinished(connection, assignment_id):
            if one.due_at is None or one.due_at > now:
                rows.set_due(connection, one.attempt_id, max(now, one.started_at))


def tell(actor: User, assignment_id: int) -> None:
    """Have every student who has finished see what was right, from now on."""
    app = current()
    with app.database.write(actor.id) as connection:
        rows.hold(connection, assignment_id, to_change=True)
        permissions.assignment_taught(connection, actor, assignment_id)
        rows.change_assignment(connection, assignment_id, told_at=app.clock())


def withdraw(actor: User, assignment_id: int) -> None:
    """Take an assignment away; what was answered stays with those who answered."""
    app = current()
    with app.database.write(actor.id) as connection:
        rows.hold(connection, assignment_id, to_change=True)
        permissions.assignment_taught(connection, actor, assignment_id)
        now = app.clock()
        # what was kept back is told: nobody could do it later
        rows.change_assignment(connection, assignment_id, withdrawn_at=now, told_at=now)


def for_student(actor: User) -> list[Due]:
    """Give what the actor's classes have to do, what is due first comes first."""
    app = current()
    now = app.clock()
    with app.database.read() as connection:
        given = rows.of_learner(connection, actor.id)
        if not given:
            return []
        tries = rows.tries_of_learner(connection, actor.id, [one.id for one, _ in given])
        untold = rows.untold(connection, actor.id, now)
        extra = {group.id: member.extra_time for group, member in classes.classes_of(connection, actor.id)}
    return [
        _due(app, one, name, [each for each in tries if each.assignment_id == one.id], extra[one.class_id], untold)
        for one, name in given
        if one.opens_at is None or one.opens_at <= now
    ]


def begin(actor: User, assignment_id: int) -> int:
    """Begin an attempt at an assignment, or go on with the one that runs; give the attempt's id."""
    app = current()
    with app.database.write(actor.id) as connection:
        # what ends or changes it waits until this attempt is there, or comes first
        rows.hold(connection, assignment_id, to_change=False)
        given, member = permissions.assignment_given(connection, actor, assignment_id)
        now = app.clock()
        tries = rows.tries_of_learner(connection, actor.id, [assignment_id])
        for one in tries:
            if one.finished_at is None:
                if not overdue(app, one):
                    return one.attempt_id
                _close(app, connection, one)
        if not given.open(now):
            raise NotAllowed(
                "This assignment has not opened yet."
                if given.opens_at and now < given.opens_at
                else "This assignment is over. Ask your teacher if you need more time."
            )
        if given.attempts_allowed is not None and len(tries) >= given.attempts_allowed:
            raise NotAllowed("You have used every attempt that this assignment allows.")
        seed = given.seed if given.same_for_all else app.seed()
        questions = _questions(connection, actor, given, seed)
        # the order of the options differs from person to person, also where the questions are the same
        drawn = items_of(app, connection, questions, app.seed(), after=0)
        if not drawn:
            raise NothingMatches("None of its questions is asked any more. Tell your teacher.")
        return attempts.add_attempt(
            connection,
            user_id=actor.id,
            plan=Plan.FIXED,
            behaviour=given.behaviour,
            filter=given.filter,
            seed=seed,
            asks_confidence=actor.asks_confidence and given.behaviour is Behaviour.PRACTICE,
            number=len(drawn),
            now=now,
            due_at=ends_at(given, now, member.extra_time),
            drawn=drawn,
            assignment_id=assignment_id,
        )


def report(actor: User, assignment_id: int) -> Report:
    """Give how every student of the class stands at an assignment; what has run out is closed first."""
    app = current()
    with app.database.read() as connection:
        given = permissions.assignment_taught(connection, actor, assignment_id)
        run_out = [one for one in rows.unfinished(connection, given.id) if overdue(app, one)]
    for one in run_out:
        with app.database.write(one.user_id) as connection:
            _close(app, connection, one)
    with app.database.read() as connection:
        tries = rows.tries_with_points(connection, assignment_id)
        told = tells(app, connection, given)
        members = classes.members(connection, given.class_id)
        gone = rows.erased(connection, sorted({one.user_id for one in tries} - {one.user_id for one in members}))
    by_user: dict[int, list[Try]] = {}
    for one in tries:
        by_user.setdefault(one.user_id, []).append(one)
    standings = [_standing(one, by_user.get(one.user_id, []), given.counts) for one in _students(members)]
    # their answers stay in the figures; who they were does not
    standings += [_standing(None, by_user[one], given.counts) for one in sorted(gone)]
    return Report(given, tuple(standings), told)


def _close(app: App, connection: Connection, one: Try) -> None:
    attempt = attempts.read_attempt(connection, one.attempt_id)
    if attempt is not None and attempt.finished_at is None:
        close(app, connection, attempt)


def _students(members: Sequence[Member]) -> list[Member]:
    return [one for one in members if one.role is Role.STUDENT]


def _standing(member: Member | None, tries: Sequence[Try], counts: Counts) -> Standing:
    finished = [one for one in tries if one.finished_at is not None]
    return Standing(
        member.user_id if member else 0,
        member.name if member else "",
        member.sign_in_name if member else None,
        len(tries),
        _counted(finished, counts),
        len(finished) < len(tries),
    )


def _counted(finished: Sequence[Try], counts: Counts) -> Try | None:
    if not finished:
        return None
    match counts:
        case Counts.FIRST:
            return finished[0]
        case Counts.LAST:
            return finished[-1]
        case Counts.BEST:
            return max(finished, key=lambda one: (one.points or 0) / (one.questions or 1))


def _due(
    app: App, given: Assignment, class_name: str, tries: Sequence[Try], extra: float, untold: Sequence[int]
) -> Due:
    finished = [one.attempt_id for one in tries if one.finished_at is not None or overdue(app, one)]
    running = next((one.attempt_id for one in tries if one.attempt_id not in finished), None)
    left = None if given.attempts_allowed is None else max(0, given.attempts_allowed - len(tries))
    return Due(
        given,
        class_name,
        running,
        finished[-1] if finished else None,
        left,
        running is None and left != 0 and given.open(app.clock()),
        bool(finished) and finished[-1] not in untold,
        given.minutes * extra if given.minutes else None,
    )


def _questions(connection: Connection, actor: User, given: Assignment, seed: int) -> list[str]:
    if given.question_ids is not None:
        return list(given.question_ids)
    kept = rows.drawn_for_all(connection, given.id) if given.same_for_all else None
    if kept is not None:
        return kept
    choice = Choice(filter=given.filter, plan=Plan.RANDOM, number=given.number)
    drawn = choosing.draw(connection, actor, choice, seed, given.number)
    # kept, so that a change of the bank does not give the next student other questions
    return rows.drawn_for_all(connection, given.id, drawn) or drawn if given.same_for_all else drawn
