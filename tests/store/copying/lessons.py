"""A class as it is after some weeks: by code, by list and by provider people came, and one is gone."""

from datetime import timedelta

import pytest
from makers import Clock

from quizlib.errors import Refused
from quizlib.model.attempt import Behaviour
from quizlib.model.classes import Tells, Terms
from quizlib.model.person import User
from quizlib.services.classes import assignments, classes, roster
from quizlib.services.people import accounts, privacy
from quizlib.services.people.signing_in import sign_in, sign_out, who, who_by_provider

LIST = "name,username,extra time\nŻaba Krótka,zaba,1.25\n".encode()
PASSWORD = "over the lily pads"


def teach(teacher: User, clock: Clock) -> None:
    """Leave something in every column that classes and signing in brought."""
    accounts.first_link()
    group = classes.make(teacher, "Żaby 101")
    code = classes.new_code(teacher, group)
    token, _ = accounts.register(code, "Ann Frog", "ann", PASSWORD, device="Firefox on Linux")
    ann = who(token)
    sign_out(token)
    with pytest.raises(Refused):
        sign_in("ann", "under the old willow", address="192.0.2.7")
    accounts.use_link(accounts.reset_student(teacher, group, ann.id), "under the new willow")
    roster.take_in(teacher, group, roster.preview(teacher, group, LIST, "list.csv"))
    for subject in ("dora", "emil"):
        student = who_by_provider({"iss": "https://pond.example", "sub": subject, "name": subject.title()})
        classes.join(student, code)
    classes.share_practice(ann, group, True)
    give(teacher, group, ann, clock)
    privacy.erase(student, student.name)


def give(teacher: User, group: int, ann: User, clock: Clock) -> None:
    """Give two assignments, both begun: one with everything set and withdrawn, one with as little as there can be."""
    now = clock()
    wanted = Terms(
        title="A frog, then a 蛙",
        question_ids=("newt", "frog"),
        behaviour=Behaviour.EXAM,
        opens_at=now,
        due_at=now + timedelta(days=7),
        minutes=12.5,
        attempts_allowed=2,
        tells=Tells.BY_HAND,
    )
    first = assignments.give(teacher, group, wanted)
    assignments.begin(ann, first)
    assignments.withdraw(teacher, first)
    assignments.begin(ann, assignments.give(teacher, group, Terms(title="As you like", number=2)))
