"""An invented class is as real ones are, but for its people."""

from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from makers import Clock, on_sqlite, question
from services.classes.people import add, joined
from services.classes.sitting import sit, terms
from services.corrections.keys import publish
from services.invented.invented import FEW, contents, given, given_answers, large_pond, load_few, rows_of, sat, steps_of

from quizlib.errors import NotFound, Refused
from quizlib.kinds import content_of, kind_of
from quizlib.model.attempt import Action, State
from quizlib.model.person import User
from quizlib.services import maintenance
from quizlib.services.app import App
from quizlib.services.authoring import reviewing, statistics
from quizlib.services.classes import assignments, classes, roster
from quizlib.services.corrections import rescoring
from quizlib.services.invented import loading
from quizlib.services.people import accounts, privacy
from quizlib.services.people.people import local_person
from quizlib.store.people import invented as rows
from quizlib.store.tables import complaints, items, users

pytestmark = pytest.mark.usefixtures("uncounted")


def test_no_check_tells_it_from_a_real_one(app: App, teacher: User):
    load_few(app, teacher)

    assert maintenance.find_damage(app) == []
    assert maintenance.rebuild_caches(app) == 0


@on_sqlite
def test_its_answers_are_graded_as_everybodys(app: App, teacher: User):
    load_few(app, teacher)
    answered = rows_of(app, items, items.c.state == State.ANSWERED)
    with app.database.read() as connection:
        asked = app.questions(connection, {one.version_id for one in answered})

    assert len(answered) > 300
    for one in answered:
        body, kind = asked[one.version_id].body, kind_of(asked[one.version_id])
        assert kind.grade(body, one.response).fraction == one.fraction
        order = tuple(one.arrangement)
        assert kind.read(body, order, kind.sent(body, order, one.response)) == one.response
    assert {one.fraction for one in answered} > {0, 1}, "some are partly right"


def test_where_a_key_was_corrected_it_counts(app: App, teacher: User):
    old = large_pond()[0]
    content = content_of(old)
    for one in content["options"]:
        one["correct"] = one["text"] == "toad"
    version = publish(app, question(old.id, old.topic, **content))
    rescoring.rescore(teacher, old.id, version, "It is the toad.")
    load_few(app, teacher)

    assert maintenance.find_damage(app) == []


@on_sqlite
def test_the_same_seed_makes_the_same_class(app: App, teacher: User):
    load_few(app, teacher)
    first = given_answers(app)
    _forget(app)
    load_few(app, teacher)
    again = given_answers(app)
    _forget(app)
    load_few(app, teacher, seed=7)

    assert first == again
    assert first != given_answers(app)


def test_nobody_can_sign_in_as_one_of_them(app: App, teacher: User):
    load_few(app, teacher)
    found = rows_of(app, users, users.c.invented)

    assert len(found) == FEW
    assert {(one.sign_in_name, one.password, one.subject_hash) for one in found} == {(None, None, None)}
    assert accounts.everybody() == [teacher]
    assert local_person() == teacher
    for one in found:
        with pytest.raises(NotFound):
            accounts.find(f"#{one.id}")


def test_nobody_can_join_it(app: App, teacher: User):
    group = load_few(app, teacher).class_id
    listed = b"name,username\nSwen Swan,swen\n"

    with pytest.raises(Refused, match="invented"):
        classes.new_code(teacher, group)
    with pytest.raises(Refused, match="invented"):
        roster.preview(teacher, group, listed, "list.csv")
    with pytest.raises(Refused, match="invented"):
        roster.take_in(teacher, group, roster.Preview((), ()))
    assert len(classes.view(teacher, group).members) == FEW + 1


def test_its_instructor_may_erase_themself(app: App, teacher: User):
    load_few(app, teacher)
    privacy.erase(teacher, teacher.name)

    assert accounts.everybody() == []


def test_its_pages_are_those_of_any_class(app: App, teacher: User):
    done = load_few(app, teacher)
    shown = classes.view(teacher, done.class_id)
    newest = shown.progress[0]

    assert shown.group.invented
    assert "invented" in shown.group.name
    assert [group.id for group, _ in classes.mine(teacher)] == [done.class_id]
    assert newest.assignment.due_at is not None
    assert timedelta() < newest.assignment.due_at - app.clock() < timedelta(days=3)
    assert newest.not_begun > 0
    assert newest.done + newest.begun + newest.not_begun == FEW
    for one in shown.progress[1:]:
        report = assignments.report(teacher, one.assignment.id)
        assert report.begun == 0
        assert report.done > FEW / 2


@on_sqlite
def test_some_are_mock_exams_and_some_are_told_later(app: App, teacher: User):
    group = load_few(app, teacher).class_id

    assert {(one.behaviour, one.tells) for one in given(app, group)} == {
        ("practice", "at_once"),
        ("exam", "at_once"),
        ("exam", "after_due"),
    }


@on_sqlite
def test_nothing_happens_after_now_or_before_it_opens(app: App, teacher: User, clock: Clock):
    group = load_few(app, teacher).class_id
    terms_of = {one.id: one for one in given(app, group)}

    for one in sat(app):
        moments = [step.at for step in steps_of(app, one.id)]
        ends = max([*moments, one.finished_at or one.started_at])
        assert one.started_at <= min(moments, default=ends)
        assert ends <= clock.now
        if one.assignment_id:
            task = terms_of[one.assignment_id]
            assert task.opens_at <= one.started_at < task.due_at
            assert one.due_at <= task.due_at + timedelta(hours=1), "no more than extra time"
        if one.due_at:
            assert ends <= one.due_at


@on_sqlite
def test_everybody_does_one_thing_after_the_other(app: App, teacher: User):
    load_few(app, teacher)
    by_person: dict[int, list[Any]] = defaultdict(list)
    for one in sat(app):
        by_person[one.user_id].append(one)

    for quizzes in by_person.values():
        for one, following in pairwise(quizzes):
            last = max((step.at for step in steps_of(app, one.id)), default=one.started_at)
            assert last < following.started_at


@on_sqlite
def test_an_assignment_is_attempted_as_often_as_it_may_be(app: App, teacher: User):
    group = load_few(app, teacher, number=20).class_id
    allowed = {one.id: one.attempts_allowed for one in given(app, group)}
    tries: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for one in sat(app):
        if one.assignment_id:
            tries[one.assignment_id, one.user_id].append(one)

    assert max(map(len, tries.values())) == 2
    for (task, _), those in tries.items():
        assert len(those) <= allowed[task]
        assert all(one.finished_at is not None for one in those[:-1]), "one goes on with what is begun"


@on_sqlite
def test_what_is_told_later_is_not_asked_meanwhile(app: App, teacher: User):
    group = load_few(app, teacher, weeks=13).class_id
    kept = [one for one in given(app, group) if one.tells == "by_hand"]
    asked: dict[int, set[str]] = defaultdict(set)
    for one in rows_of(app, items):
        asked[one.attempt_id].add(one.question_id)
    quizzes = sat(app)
    begun = {(one.user_id, one.assignment_id): one.started_at for one in quizzes}

    assert kept
    for task in kept:
        later = [one for one in quizzes if begun.get((one.user_id, task.id), app.clock()) < one.started_at]
        assert later
        assert all(asked[one.id].isdisjoint(task.drawn_ids) for one in later if one.assignment_id is None)


@on_sqlite
def test_a_few_report_the_question_that_lures(app: App, teacher: User):
    load_few(app, teacher, number=20)
    found = rows_of(app, complaints)

    assert 0 < len(found) <= 3
    assert len({one.question_id for one in found}) == 1
    assert all(one.at <= app.clock() for one in found)


def test_a_load_that_is_cut_off_leaves_nothing(app: App, teacher: User, monkeypatch: pytest.MonkeyPatch):
    before = contents(app)

    def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "tally", power_cut)
    with pytest.raises(KeyboardInterrupt):
        load_few(app, teacher)

    assert contents(app) == before


def test_there_is_one_at_a_time(app: App, teacher: User):
    load_few(app, teacher)

    with pytest.raises(Refused, match=r"loaded already.*quiz demo remove"):
        load_few(app, teacher)


def test_of_two_that_load_it_at_once_one_is_refused(app: App, teacher: User, monkeypatch: pytest.MonkeyPatch):
    looked: list[bool] = []
    real = rows.loaded

    def loaded(connection: Any) -> bool:
        looked.append(len(looked) > 0 and real(connection))
        return looked[-1]

    load_few(app, teacher)
    monkeypatch.setattr(rows, "loaded", loaded)
    with pytest.raises(Refused, match="loaded already"):
        load_few(app, teacher)
    assert looked == [False, True]
    assert len([one for one in classes.mine(teacher) if one[0].invented]) == 1


def test_a_student_cannot_instruct_it(app: App, teacher: User):
    ann = add(app, "Ann Frog")

    with pytest.raises(Refused, match=r"Ann Frog is not an instructor\. .* quiz people role ann.frog instructor"):
        load_few(app, teacher, ann)
    assert contents(app)["classes"] == []


def test_it_needs_enough_to_ask(app: App, teacher: User):
    for place in range(10):
        reviewing.retire(teacher, f"leap-{place}")

    with pytest.raises(Refused, match="needs 40 questions of the type choice, and 38 are asked"):
        load_few(app, teacher)


@on_sqlite
def test_of_a_large_bank_it_is_asked_a_part(app: App, teacher: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(loading, "MOST", 41)
    load_few(app, teacher)

    assert len({one.question_id for one in rows_of(app, items)}) <= 41


def test_where_real_classes_have_answered_it_wants_to_be_told_twice(app: App, teacher: User):
    group = classes.make(teacher, "Frogs 101")
    (ann,) = joined(app, teacher, group, "Ann Frog")
    load_few(app, teacher)
    _forget(app)
    sit(ann, assignments.give(teacher, group, terms(question_ids=("leap-0",))), "frog")

    with pytest.raises(Refused, match=r"Real classes have answered.*--yes"):
        load_few(app, teacher)
    assert load_few(app, teacher, anyway=True).students == FEW


@on_sqlite
def test_progress_is_told_by_student_and_by_question(app: App, teacher: User, monkeypatch: pytest.MonkeyPatch):
    told: list[tuple[int, int]] = []
    wanted: list[Any] = []
    monkeypatch.setattr(statistics, "refresh", lambda _, *, progress=None: wanted.append(progress))
    load_few(app, teacher, progress=lambda done, total: told.append((done, total)), counting=print)

    assert told == [(done, FEW) for done in range(1, FEW + 1)]
    assert wanted == [print]


@on_sqlite
def test_exams_leave_saves_and_are_answered_at_their_end(app: App, teacher: User):
    load_few(app, teacher)
    exams = [one for one in sat(app) if one.behaviour == "exam"]

    assert exams
    for one in exams:
        submitted = [step for step in steps_of(app, one.id) if step.action == Action.SUBMIT]
        assert {step.at for step in submitted} <= {one.finished_at}
        assert all(step.elapsed_ms is None and step.confidence is None for step in submitted)


def _forget(app: App) -> None:
    with app.database.write() as connection:
        rows.remove_class(connection)
        while rows.remove_people(connection):
            pass
