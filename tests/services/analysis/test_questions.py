"""A question's figures are those of first answers, compared with what each learner did on five others or more."""

from datetime import timedelta

import pandas as pd
import pytest
import sqlalchemy as sa
from makers import Clock, frog_options, question
from services.analysis.conftest import NAMES
from services.classes.people import add
from services.corrections.keys import correct, give, publish

from quizlib.errors import NotAllowed, NotFound
from quizlib.model.authoring import About
from quizlib.model.person import User
from quizlib.services.analysis import questions
from quizlib.services.analysis.figures import Reason, Sign
from quizlib.services.app import App
from quizlib.services.authoring import statistics
from quizlib.services.corrections import complaints, rescoring
from quizlib.services.people import privacy
from quizlib.services.quizzes import study
from quizlib.store.content import statistics as rows
from quizlib.store.content.statistics import Counted
from quizlib.store.tables import question_statistics

# a learner a row, a question a column
TABLE = ("1110111", "1010110", "0110001", "1001000", "0000010", "1110111")


@pytest.fixture
def learners(app: App, teacher: User, clock: Clock) -> list[User]:
    """Six learners who answered seven questions, each in a quiz of its own."""
    people = [add(app, f"Learner {number}") for number in range(len(TABLE))]
    for one, row in zip(people, TABLE, strict=True):
        for name, right in zip(NAMES, row, strict=True):
            give(one, "frog" if right == "1" else "toad", name, clock)
    return people


def test_a_question_is_correlated_with_the_mean_of_the_others(teacher: User, learners: list[User]):
    (series,) = questions.of(teacher, NAMES[2]).series
    table = pd.DataFrame([[int(one) for one in row] for row in TABLE])
    rest = table.drop(columns=2).mean(axis="columns")

    assert series.figures.discrimination_index == pytest.approx(table[2].corr(rest))
    assert series.figures.n_rest == 6
    assert series.figures.facility == pytest.approx(2 / 3)
    assert series.figures.alpha_without is None
    assert series.figures.reasons["alpha_without"] is Reason.DIFFERENT_QUESTIONS


def test_whoever_answered_fewer_than_five_others_is_not_correlated(app: App, teacher: User, learners: list[User]):
    new = add(app, "Newcomer")
    for name in NAMES[:5]:
        give(new, "frog", name)

    (series,) = questions.of(teacher, NAMES[0]).series

    assert (series.figures.n, series.figures.n_rest) == (7, 6)


def test_only_the_first_answer_of_each_learner_counts(teacher: User, learners: list[User], clock: Clock):
    before = questions.of(teacher, NAMES[0])
    give(learners[2], "frog", NAMES[0], clock)

    assert questions.of(teacher, NAMES[0]) == before


def test_each_wording_is_a_series_the_newest_first(app: App, teacher: User, clock: Clock):
    ann, ben = add(app, "Ann"), add(app, "Ben")
    first = clock()
    give(ann, "toad", NAMES[0])
    clock.move(days=3)
    publish(app, question(NAMES[0], stem="Which of these leaps?"))
    publish(app, question(NAMES[0], stem="Which of these leaps?", takeaway="Frogs leap."))
    give(ben, "frog", NAMES[0])

    new, old = questions.of(teacher, NAMES[0]).series

    assert (old.versions, old.since, old.until, old.figures.facility) == ((1,), first, first, 0.0)
    assert (new.versions, new.since, new.figures.facility) == ((3, 2), first + timedelta(days=3), 1.0)


def test_a_change_of_the_key_is_marked_with_its_date(app: App, teacher: User, clock: Clock):
    give(add(app, "Ann"), "toad", NAMES[0])
    clock.move(days=1)
    rescoring.rescore(teacher, NAMES[0], correct(app, "toad", NAMES[0]), "It is the toad.")

    (series,) = questions.of(teacher, NAMES[0]).series

    assert series.key_changed == (clock(),)
    assert series.figures.facility == 1.0
    assert [(one.text, one.right) for one in series.figures.options][:2] == [("frog", False), ("toad", True)]


def test_nobody_has_answered(teacher: User):
    assert questions.of(teacher, NAMES[0]) == questions.QuestionAnalysis(0, ())


def test_many_answers_are_told_as_they_were_counted_last(
    app: App, teacher: User, learners: list[User], clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    live = questions.of(teacher, NAMES[0])
    monkeypatch.setattr(questions, "LIVE", 5)
    assert questions.of(teacher, NAMES[0]) == questions.QuestionAnalysis(6, ())
    counted_at = clock()
    statistics.refresh(app)
    clock.move(minutes=5)
    give(add(app, "Ann"), "frog", NAMES[0])

    found = questions.of(teacher, NAMES[0])

    assert found == questions.QuestionAnalysis(7, live.series, counted_at)


def analysed_by_a_refresh(app: App, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count and analyse; give the questions that were analysed."""
    analyse, found = questions.analyse, []

    def noted(app: App, connection: object, question_ids: list[str], *more: object) -> object:
        found.extend(question_ids)
        return analyse(app, connection, question_ids, *more)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(questions, "analyse", noted)
        statistics.refresh(app)
    return sorted(found)


def test_an_answer_changes_the_figures_of_every_question_its_learner_answered(
    app: App, teacher: User, learners: list[User], monkeypatch: pytest.MonkeyPatch
):
    assert analysed_by_a_refresh(app, monkeypatch) == sorted(NAMES)
    assert analysed_by_a_refresh(app, monkeypatch) == []
    monkeypatch.setattr(questions, "LIVE", 0)
    new = add(app, "Ann")
    give(new, "frog", NAMES[0])
    statistics.refresh(app)
    assert questions.of(teacher, NAMES[0]).series[0].figures.n_rest == 6

    for name in NAMES[1:]:
        give(new, "frog", name)

    assert analysed_by_a_refresh(app, monkeypatch) == sorted(NAMES)
    assert questions.of(teacher, NAMES[0]).series[0].figures.n_rest == 7


def test_a_key_or_a_report_changes_the_figures_of_its_question(
    app: App, teacher: User, learners: list[User], monkeypatch: pytest.MonkeyPatch, clock: Clock
):
    statistics.refresh(app)
    monkeypatch.setattr(questions, "LIVE", 0)
    clock.move(days=1)
    # three were right and three were wrong, so that neither count nor sum tells that anything has changed
    corrected = correct(app, "toad", NAMES[1])
    rescoring.rescore(teacher, NAMES[1], corrected, "It is the toad.")

    assert analysed_by_a_refresh(app, monkeypatch) == [NAMES[1]]
    (series,) = questions.of(teacher, NAMES[1]).series
    assert [(one.text, one.right) for one in series.figures.options][:2] == [("frog", False), ("toad", True)]
    assert series.key_changed == (clock(),)

    ann = learners[0]
    quiz = give(ann, "frog", NAMES[2])
    complaints.complain(ann, quiz, study.sheet(ann, quiz).item.id, About.UNCLEAR, "Which frog?")
    assert NAMES[2] in analysed_by_a_refresh(app, monkeypatch)
    assert Sign.COMPLAINED_ABOUT in {one.sign for one in questions.of(teacher, NAMES[2]).series[0].figures.remarks}


def test_two_questions_that_ask_the_same_keep_their_own_keys(app: App, teacher: User, monkeypatch: pytest.MonkeyPatch):
    same = {"stem": "Which of these is it?"}
    publish(app, question(NAMES[0], **same))
    publish(app, question(NAMES[1], options=frog_options("toad"), **same))
    for name in NAMES[:2]:
        give(add(app, f"Learner of {name}"), "frog", name)
    monkeypatch.setattr(questions, "LIVE", 0)
    statistics.refresh(app)

    (first,), (second,) = (questions.of(teacher, name).series for name in NAMES[:2])

    assert (first.figures.question, second.figures.question) == NAMES[:2]
    assert [one.right for one in first.figures.options] == [True, False, False]
    assert [one.right for one in second.figures.options] == [False, True, False]


def test_what_was_counted_meanwhile_is_analysed_next_time(
    app: App, teacher: User, learners: list[User], monkeypatch: pytest.MonkeyPatch
):
    """Another process counts between the analysis and its storing."""
    store_figures = rows.store_figures

    def after_another_answer(connection: object, counted: Counted, *more: object, **figures: object) -> None:
        if counted.question_id == NAMES[0]:
            rows.store(connection, [counted._replace(answers=counted.answers + 1)], app.clock())  # type: ignore[arg-type]
        store_figures(connection, counted, *more, **figures)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(rows, "store_figures", after_another_answer)
        statistics.refresh(app)

    assert NAMES[0] in analysed_by_a_refresh(app, monkeypatch)
    assert analysed_by_a_refresh(app, monkeypatch) == []


def test_a_wording_that_nobody_has_answered_yet_has_no_doubtful_key(app: App, teacher: User, learners: list[User]):
    publish(app, question(NAMES[0], stem="Which of these leaps?"))
    statistics.refresh(app)

    (series,) = questions.of(teacher, NAMES[0]).series
    assert not series.current
    with app.database.read() as connection:
        stored = connection.execute(sa.select(question_statistics).where(question_statistics.c.question_id == NAMES[0]))
        assert stored.one().discrimination is None


def test_a_key_that_was_changed_and_not_marked_again_is_dated_as_well(app: App, teacher: User, clock: Clock):
    give(add(app, "Ann"), "toad", NAMES[0])
    clock.move(days=1)
    correct(app, "toad", NAMES[0])

    (series,) = questions.of(teacher, NAMES[0]).series

    assert series.key_changed == (clock(),)


def test_an_instructor_who_was_erased_is_no_learner(app: App, teacher: User):
    give(teacher, "frog", NAMES[0])
    assert questions.of(teacher, NAMES[0]).answers == 0
    other = add(app, "Mr Heron", instructs=True)
    privacy.erase(teacher, "Ms Pond")

    assert questions.of(other, NAMES[0]).answers == 0


def test_what_stops_in_the_middle_is_gone_on_with(
    app: App, teacher: User, learners: list[User], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(questions, "LIVE", 0)
    app.closing.set()
    statistics.refresh(app)
    assert questions.of(teacher, NAMES[0]).series == ()

    app.closing.clear()
    statistics.refresh(app)

    assert len(questions.of(teacher, NAMES[0]).series) == 1


def test_only_instructors_are_told_and_of_questions_that_there_are(app: App, teacher: User):
    with pytest.raises(NotAllowed):
        questions.of(add(app, "Ann"), NAMES[0])
    with pytest.raises(NotFound):
        questions.of(teacher, "unicorn")
