"""One's own history: what was taken, what it was worth, and nobody else's."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from makers import Clock
from services.classes.people import add, code_of, joined
from services.classes.sitting import answer, exam_terms, sit, terms
from services.corrections.keys import WHY, correct
from services.history.practising import practise

from quizlib.model.attempt import Behaviour, Plan
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.classes import assignments, classes
from quizlib.services.corrections import rescoring
from quizlib.services.history import mine
from quizlib.services.history.listing import Quiz, Stage
from quizlib.services.history.mine import Standing, Wanted, Week
from quizlib.services.quizzes import choosing, study
from quizlib.services.quizzes.choosing import Choice

LATER = exam_terms(tells="by_hand")


def scores(actor: User, wanted: Wanted = mine.EVERYTHING) -> list[tuple[Stage, float, int]]:
    return [(one.stage, one.points, one.of) for one in mine.history(actor, wanted).quizzes]


def only(actor: User) -> Quiz:
    (one,) = mine.history(actor).quizzes
    return one


def test_nothing_taken_is_an_empty_history(learner: User):
    found = mine.history(learner)

    assert (found.ever, found.week, found.gain) == (0, Week(0, 0), None)
    assert (found.quizzes, found.going, found.topics, found.topics_met, found.kinds_met) == ((), (), (), (), ())
    assert found.trend.empty
    assert found.mistakes == ((), (), ())


def test_one_quiz_has_a_score_a_point_and_its_topics(learner: User, clock: Clock):
    quiz = study.start(learner, number=4)
    for position, name in enumerate(("frog", "toad", "frog", "frog"), start=1):
        shown = study.sheet(learner, quiz, position)
        view = ("frog", "toad", "newt").index(name)
        given_ = [shown.item.arrangement.index(view)]
        clock.move(seconds=30)
        study.answer(learner, quiz, shown.item.id, given_, seen=0, elapsed_ms=30_000)
    found = mine.history(learner)
    (one,) = found.quizzes

    assert (one.id, one.stage, one.points, one.of, one.missed, one.minutes) == (quiz, Stage.SCORED, 3.0, 4, 1, 2.0)
    assert (one.kind, one.title, one.behaviour) == (Plan.RANDOM, "", Behaviour.PRACTICE)
    assert one.topics == ("pond", "meadow")  # three questions, and one
    assert one.at == clock()
    assert list(found.trend["share"]) == [0.75]
    assert not found.trend.isna().any(axis=None)
    assert (found.ever, found.matching, found.week) == (1, 1, Week(4, 1))
    assert found.kinds_met == (Plan.RANDOM,)


@pytest.mark.parametrize(("name", "points"), [("frog", 4.0), ("toad", 0.0)])
def test_all_right_and_all_wrong_are_figures_too(learner: User, name: str, points: float):
    practise(learner, *[name] * 4, topics=())
    found = mine.history(learner)

    assert scores(learner) == [(Stage.SCORED, points, 4)]
    assert not found.trend.isna().any(axis=None)
    assert {one.standing for one in found.topics} == {Standing.FEW}
    assert {one.share for one in found.topics} == {None}


def test_topics_have_a_share_from_five_answers_on(learner: User):
    for _ in range(5):
        practise(learner, "frog")
    (row,) = mine.history(learner).topics

    assert (row.topic, row.n, row.right, row.share, row.standing) == ("meadow", 5, 5, 1.0, Standing.GROWING)
    assert row.low == pytest.approx(0.5655, abs=1e-4)


def test_practice_counts_what_was_answered_and_an_exam_all(learner: User, clock: Clock):
    half = study.start(learner, number=4)
    answer(learner, half, "frog", "frog")
    study.finish(learner, half)
    clock.move(minutes=1)
    exam = choosing.start(learner, Choice(plan=Plan.RANDOM, number=4, behaviour=Behaviour.EXAM))
    answer(learner, exam, "frog", "frog")
    clock.move(minutes=6)
    study.finish(learner, exam)

    assert scores(learner) == [(Stage.SCORED, 2.0, 4), (Stage.SCORED, 2.0, 2)]
    assert [one.minutes for one in mine.history(learner).quizzes] == [6.0, None]


def test_what_was_left_before_the_first_answer_has_no_score(learner: User):
    study.finish(learner, study.start(learner, number=4))
    found = mine.history(learner)

    assert only(learner).stage is Stage.NO_ANSWERS
    assert found.trend.empty
    assert found.topics == ()


def test_what_goes_on_stands_apart_without_a_score(learner: User):
    going = study.start(learner, number=4)
    answer(learner, going, "toad")
    found = mine.history(learner)

    assert [(one.id, one.stage, one.answered, one.questions, one.of) for one in found.going] == [
        (going, Stage.GOING, 1, 4, 0)
    ]
    assert (found.quizzes, found.topics) == ((), ())
    assert len(found.mistakes.open) == 1


def test_an_exam_that_ran_out_is_closed_first(learner: User, clock: Clock):
    exam = choosing.start(learner, Choice(plan=Plan.RANDOM, number=4, behaviour=Behaviour.EXAM, minutes=10))
    answer(learner, exam, "frog")
    clock.move(hours=2)

    assert scores(learner) == [(Stage.SCORED, 1.0, 4)]
    assert only(learner).minutes == 10


def test_a_strangers_history_is_the_strangers(learner: User, app: App):
    practise(learner, "frog")
    ann = add(app, "Ann Frog")
    practise(ann, "toad")

    assert scores(ann) == [(Stage.SCORED, 0.0, 1)]
    assert mine.history(ann).mistakes.open == ("mole",)
    assert scores(learner) == [(Stage.SCORED, 1.0, 1)]
    assert mine.history(learner).mistakes.open == ()


def test_newest_come_first_twenty_at_a_time(learner: User, clock: Clock):
    taken = []
    for _ in range(23):
        clock.move(hours=1)
        taken.append(practise(learner, "frog"))
    found = mine.history(learner)

    assert [one.id for one in found.quizzes] == taken[:2:-1]
    assert (found.matching, found.ever) == (23, 23)
    assert len(mine.history(learner, shown=40).quizzes) == 23


def test_the_trend_ends_with_the_newest_and_has_no_more_points_than_can_be_seen(learner: User, clock: Clock):
    for name in ("toad", "frog", "frog"):
        clock.move(days=1)
        practise(learner, name)
    trend = mine.history(learner).trend

    assert list(trend["share"]) == [0.0, 1.0, 1.0]
    assert trend["at"].is_monotonic_increasing
    assert trend["at"].iloc[-1].to_pydatetime() == clock()


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        (Wanted(), 3),
        (Wanted(since=date(2026, 11, 22)), 2),
        (Wanted(until=date(2026, 11, 22)), 2),
        (Wanted(since=date(2026, 11, 22), until=date(2026, 11, 22)), 1),
        (Wanted(since=date(2027, 1, 1)), 0),
        (Wanted(topics=("meadow",)), 1),
        (Wanted(topics=("pond", "meadow")), 3),
        (Wanted(topics=("marsh",)), 0),
        (Wanted(kinds=(Plan.RANDOM,)), 2),
        (Wanted(kinds=(Plan.FIXED,)), 1),
        (Wanted(kinds=(Plan.NEW,)), 0),
    ],
)
def test_quizzes_are_chosen_by_date_topic_and_kind(learner: User, clock: Clock, wanted: Wanted, left: int):
    practise(learner, "frog", topics=("pond",))
    clock.move(days=1)
    practise(learner, "frog", topics=("meadow",))
    clock.move(days=1)
    answer(learner, study.start_fixed(learner, ["frog"]), "toad")
    found = mine.history(learner, wanted)

    assert (len(found.quizzes), found.matching, len(found.trend), found.ever) == (left, left, left, 3)
    # what to do about it does not depend on what one looks at
    assert found.mistakes.open == ("frog",)


def test_with_a_topic_chosen_the_line_is_of_its_questions(learner: User):
    quiz = study.start(learner, number=4)
    for position in range(1, 5):
        topic = study.sheet(learner, quiz, position).item.topic
        answer(learner, quiz, "frog" if topic == "meadow" else "toad", first=position)

    assert list(mine.history(learner, Wanted(topics=("meadow",))).trend["share"]) == [1.0]
    assert list(mine.history(learner, Wanted(topics=("pond",))).trend["of"]) == [3]
    assert scores(learner, Wanted(topics=("meadow",))) == [(Stage.SCORED, 1.0, 4)]


def test_a_change_of_time_zone_moves_the_days(learner: User, clock: Clock):
    clock.now = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # Sunday in Greenwich, Monday in Berlin
    practise(learner, "frog")
    sunday, monday = Wanted(until=date(2026, 11, 22)), Wanted(since=date(2026, 11, 23))
    clock.move(hours=1)
    here = {zone: learner.model_copy(update={"time_zone": zone}) for zone in ("America/New_York", "Europe/Berlin")}

    assert len(scores(here["America/New_York"], sunday)) == 1
    assert len(scores(here["America/New_York"], monday)) == 0
    assert len(scores(here["Europe/Berlin"], sunday)) == 0
    assert len(scores(here["Europe/Berlin"], monday)) == 1
    # in Berlin the week has just begun, with an answer; in New York it is the week before that ends
    assert mine.history(here["Europe/Berlin"]).week == Week(1, 1)
    assert mine.history(here["America/New_York"]).week == Week(1, 1)


def test_the_week_begins_on_monday(learner: User, clock: Clock):
    clock.now = datetime(2026, 11, 15, 12, tzinfo=UTC)  # a Sunday
    practise(learner, "frog")
    clock.move(days=1)
    practise(learner, "frog")
    clock.move(days=2)
    practise(learner, "toad")

    assert mine.history(learner).week == Week(2, 2)


def test_a_corrected_key_changes_the_score(app: App, learner: User):
    quiz = study.start_fixed(learner, ["frog"])
    answer(learner, quiz, "toad")
    assert scores(learner) == [(Stage.SCORED, 0.0, 1)]

    rescoring.rescore(learner, "frog", correct(app), WHY)
    found = mine.history(learner)

    assert scores(learner) == [(Stage.SCORED, 1.0, 1)]
    assert list(found.trend["share"]) == [1.0]
    assert found.mistakes.open == ()


class TestInAClass:
    """What an assignment keeps back shows nowhere."""

    @pytest.fixture
    def teacher(self, app: App) -> User:
        return add(app, "Ms Pond", instructs=True)

    @pytest.fixture
    def group(self, teacher: User) -> int:
        return classes.make(teacher, "Frogs 101")

    @pytest.fixture
    def ann(self, app: App, teacher: User, group: int) -> User:
        one = add(app, "Ann Frog")
        classes.join(one, code_of(teacher, group))
        return one

    def test_what_is_not_told_yet_has_no_score_no_topic_and_no_mistake(self, teacher: User, ann: User, group: int):
        exam = assignments.give(teacher, group, LATER)
        sit(ann, exam, "toad", "toad")
        found = mine.history(ann)
        (one,) = found.quizzes

        assert (one.stage, one.title, one.points, one.of, one.missed) == (Stage.LATER, "Who jumps", 0.0, 0, 0)
        assert (found.topics, found.gain, found.mistakes) == ((), None, ((), (), ()))
        assert found.trend.empty
        assert found.week == Week(2, 1)  # that something was answered, one knows

        assignments.tell(teacher, exam)
        found = mine.history(ann)
        assert [(one.stage, one.points, one.of) for one in found.quizzes] == [(Stage.SCORED, 0.0, 2)]
        assert found.mistakes.open == ("frog", "heron")
        assert len(found.trend) == 1

    def test_the_page_is_the_same_whatever_was_right(self, app: App, teacher: User, ann: User, group: int):
        sit(ann, assignments.give(teacher, group, LATER), "frog", "frog")
        all_right = mine.history(ann)
        (other,) = joined(app, teacher, group, "Ben Toad")
        sit(other, assignments.give(teacher, group, LATER), "toad", "toad")
        all_wrong = mine.history(other)

        assert [one._replace(id=0) for one in all_right.quizzes] == [one._replace(id=0) for one in all_wrong.quizzes]
        assert (all_right.topics, all_right.mistakes, all_right.week) == (
            all_wrong.topics,
            all_wrong.mistakes,
            all_wrong.week,
        )

    def test_an_assignment_counts_whole_and_bears_its_title(self, teacher: User, ann: User, group: int):
        given_ = assignments.give(teacher, group, terms(due_at=None))
        quiz = assignments.begin(ann, given_)
        answer(ann, quiz, "frog")
        study.finish(ann, quiz)
        one = only(ann)

        assert (one.title, one.kind, one.points, one.of) == ("Who jumps", "assigned", 1.0, 2)
        assert mine.history(ann, Wanted(kinds=("assigned",))).matching == 1

        assignments.withdraw(teacher, given_)
        assert only(ann).title == "Who jumps"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(taken=st.lists(st.tuples(st.sampled_from(["frog", "toad", None]), st.integers(0, 40)), max_size=6))
def test_scores_add_up_to_what_was_answered(learner: User, app: App, clock: Clock, taken: list[tuple[str | None, int]]):
    one = add(app, f"Ann {clock.now.timestamp():.0f}")
    right = answered = 0
    for name, hours in taken:
        clock.move(hours=hours)
        quiz = study.start_fixed(one, ["frog"])
        if name is not None:
            answer(one, quiz, name)
            answered, right = answered + 1, right + (name == "frog")
        study.finish(one, quiz)
    clock.move(seconds=1)
    found = mine.history(one)

    assert len(found.quizzes) == len(taken)
    assert sum(quiz.points for quiz in found.quizzes) == right
    assert sum(quiz.of for quiz in found.quizzes) == answered == found.trend["of"].sum()
    assert found.week.answers <= answered
    assert all(before.at >= after.at for before, after in zip(found.quizzes, found.quizzes[1:], strict=False))
    assert timedelta(0) <= clock() - min((quiz.at for quiz in found.quizzes), default=clock())
