"""Taking a quiz: what the screen has acknowledged is stored, once, and only for the one who answered."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from makers import NOON, Clock, items_of, place_of

from quizlib.errors import MalformedResponse, NotFound, NothingMatches
from quizlib.model.attempt import Action, Confidence, Plan, State, Step
from quizlib.model.person import User
from quizlib.services.app import App, open_app, use
from quizlib.services.maintenance import find_damage
from quizlib.services.quizzes import study
from quizlib.services.quizzes.sheets import Sheet
from quizlib.store.answers import attempts as rows


@pytest.fixture
def quiz(learner: User) -> int:
    """A quiz with all four questions."""
    return study.start(learner)


def steps(app: App, shown: Sheet) -> list[Step]:
    with app.database.read() as connection:
        return rows.read_steps(connection, [shown.item.id])[shown.item.id]


def give(learner: User, shown: Sheet, text: str = "frog", seen: int | None = None) -> Sheet:
    """Answer the question on the screen."""
    seen = shown.item.seq if seen is None else seen
    return study.answer(learner, shown.attempt.id, shown.item.id, place_of(shown, text), seen=seen)


def give_all(learner: User, quiz: int, text: str = "frog") -> None:
    for position in range(1, study.sheet(learner, quiz).total + 1):
        give(learner, study.sheet(learner, quiz, position), text)


def test_a_quiz_has_as_many_questions_as_asked_for_each_once(app: App, learner: User):
    names = [one.question_id for one in items_of(app, study.start(learner, number=3))]

    assert len(set(names)) == len(names) == 3


@pytest.mark.parametrize(("wanted", "given"), [(99, 4), (10**9, 4), (0, 1), (-5, 1)])
def test_a_quiz_has_at_least_one_question_and_at_most_all(app: App, learner: User, wanted: int, given: int):
    assert given == study.sheet(learner, study.start(learner, number=wanted)).total


def test_a_quiz_holds_only_questions_of_its_topics(app: App, learner: User):
    shown = study.sheet(learner, study.start(learner, topics=["meadow"]))

    assert [one.question_id for one in items_of(app, shown.attempt.id)] == ["mole"]
    assert shown.attempt.filter.topics == ("meadow",)


def test_a_topic_without_questions_is_refused_and_begins_no_quiz(app: App, learner: User):
    with pytest.raises(NothingMatches, match="No question matches this choice"):
        study.start(learner, topics=["desert"])
    with app.database.read() as connection:
        assert rows.open_attempts(connection, learner.id) == []


def test_a_fixed_quiz_holds_just_its_questions_as_far_as_they_are_asked(app: App, learner: User):
    shown = study.sheet(learner, study.start_fixed(learner, ["newt", "frog", "gone"], Plan.MISTAKES))

    assert {one.question_id for one in items_of(app, shown.attempt.id)} == {"newt", "frog"}
    assert shown.attempt.plan is Plan.MISTAKES


def test_a_quiz_like_another_has_its_topics_and_length(app: App, learner: User):
    first = study.start(learner, number=2, topics=["pond"])
    again = study.sheet(learner, study.start_like(learner, first))

    assert again.attempt.id != first
    assert again.attempt.filter.topics == ("pond",)
    assert again.total == 2


def test_a_quiz_begins_at_its_first_question_without_feedback(learner: User, quiz: int):
    shown = study.sheet(learner, quiz)

    assert (shown.item.position, shown.answered, shown.feedback, shown.last) == (1, 0, False, False)


@pytest.mark.parametrize(("text", "fraction"), [("frog", 1), ("toad", 0), ("newt", 0)])
def test_an_answer_is_graded_and_its_feedback_shown(learner: User, quiz: int, text: str, fraction: float):
    shown = give(learner, study.sheet(learner, quiz), text)

    assert (shown.item.state, shown.item.fraction, shown.item.answered_at) == (State.ANSWERED, fraction, NOON)
    assert (shown.feedback, shown.answered) == (True, 1)
    assert shown == study.sheet(learner, quiz, shown.item.position)


def test_an_answer_is_one_step_with_all_that_was_told(app: App, learner: User, quiz: int):
    shown = study.sheet(learner, quiz)
    study.answer(
        learner, quiz, shown.item.id, place_of(shown, "toad"), seen=0, confidence=Confidence.SURE, elapsed_ms=4200
    )
    (step,) = steps(app, shown)

    assert (step.seq, step.action, step.actor_id, step.at) == (1, Action.SUBMIT, learner.id, NOON)
    assert (step.response, step.fraction) == ({"chosen": [1]}, 0)
    assert (step.confidence, step.elapsed_ms) == (Confidence.SURE, 4200)


def test_a_second_submit_adds_no_step(app: App, learner: User, quiz: int):
    shown = study.sheet(learner, quiz)
    first = give(learner, shown, "toad")
    second = give(learner, shown, "frog")

    assert second == first
    assert len(steps(app, shown)) == 1


def test_a_stale_page_gets_what_is_stored_even_for_an_answer_that_cannot_be_read(app: App, learner: User, quiz: int):
    stale = study.sheet(learner, quiz)
    fresh = give(learner, stale, "toad")

    assert fresh == study.answer(learner, quiz, stale.item.id, [99], seen=0)
    assert len(steps(app, stale)) == 1


def test_of_many_answers_at_once_one_is_stored_and_all_see_it(app: App, learner: User, quiz: int):
    shown = study.sheet(learner, quiz)
    with ThreadPoolExecutor(8) as crowd:
        seen = list(crowd.map(lambda text: give(learner, shown, text), ["frog", "toad", "newt", "toad"] * 4))

    assert len(steps(app, shown)) == 1
    assert len({one.item.fraction for one in seen}) == 1


def test_another_persons_quiz_is_not_there(app: App, learner: User, stranger: User, quiz: int):
    shown = study.sheet(learner, quiz)
    for ask in (
        lambda: study.sheet(stranger, quiz),
        lambda: give(stranger, shown),
        lambda: study.skip(stranger, quiz, shown.item.id),
        lambda: study.flag(stranger, quiz, shown.item.id, True),
        lambda: study.go_on(stranger, quiz, shown.item.id),
        lambda: study.finish(stranger, quiz),
        lambda: study.start_like(stranger, quiz),
    ):
        with pytest.raises(NotFound):
            ask()
    assert steps(app, shown) == []
    assert study.sheet(learner, quiz) == shown


def test_another_persons_item_cannot_be_answered_in_a_quiz_of_ones_own(app: App, learner: User, quiz: int):
    elsewhere = study.sheet(learner, study.start(learner))
    with pytest.raises(NotFound, match="not part of your quiz"):
        study.answer(learner, quiz, elsewhere.item.id, [0], seen=0)
    assert steps(app, elsewhere) == []


@pytest.mark.parametrize("forged", [0, -1, 999_999, 2**63 - 1, 2**63])
def test_a_forged_item_or_quiz_is_not_there(app: App, learner: User, quiz: int, forged: int):
    with pytest.raises(NotFound, match="not part of your quiz"):
        study.answer(learner, quiz, forged, [0], seen=0)
    with pytest.raises(NotFound, match="This quiz is not here"):
        study.sheet(learner, forged)


@pytest.mark.parametrize("given", [[99], [-1], [], None, "frog", [[0]]], ids=str)
def test_option_99_is_refused_and_writes_nothing(app: App, learner: User, quiz: int, given: object):
    shown = study.sheet(learner, quiz)
    with pytest.raises(MalformedResponse):
        study.answer(learner, quiz, shown.item.id, given, seen=0)
    assert steps(app, shown) == []
    assert study.sheet(learner, quiz) == shown


def test_the_last_answer_ends_the_quiz(learner: User, quiz: int, clock: Clock):
    give_all(learner, quiz)
    ended = study.sheet(learner, quiz)

    assert ended.attempt.finished_at == NOON
    assert (ended.answered, ended.last) == (4, True)


def test_a_quiz_with_an_open_question_goes_on(learner: User, quiz: int):
    for position in (1, 2, 3):
        give(learner, study.sheet(learner, quiz, position))

    assert study.sheet(learner, quiz).attempt.finished_at is None
    assert study.sheet(learner, quiz).item.position == 4
    assert study.sheet(learner, quiz).last


def test_a_quiz_ended_early_shows_every_answer_and_takes_no_more(app: App, learner: User, quiz: int, clock: Clock):
    study.finish(learner, quiz)
    shown = study.sheet(learner, quiz, 1)
    clock.move(minutes=5)
    give(learner, shown)
    study.skip(learner, quiz, shown.item.id)
    study.finish(learner, quiz)

    assert shown.feedback
    assert steps(app, shown) == []
    assert study.sheet(learner, quiz, 1).attempt.finished_at == NOON


def test_skipped_questions_come_last_in_their_order(learner: User, quiz: int):
    for position in (1, 2):
        study.skip(learner, quiz, study.sheet(learner, quiz, position).item.id)
    visited, here = [], study.sheet(learner, quiz)
    while True:
        visited.append(here.item.position)
        give(learner, here)
        following = study.go_on(learner, quiz, here.item.id)
        if following is None:
            break
        here = following

    assert visited == [3, 4, 1, 2]


def test_going_on_from_the_only_open_question_ends_the_quiz(learner: User, quiz: int):
    for position in (1, 2, 3):
        give(learner, study.sheet(learner, quiz, position))
    last = study.sheet(learner, quiz, 4)

    assert study.go_on(learner, quiz, last.item.id) is None
    assert study.sheet(learner, quiz).attempt.finished_at == NOON


def test_a_flag_is_set_and_taken_away_also_after_the_end(app: App, learner: User, quiz: int):
    shown = study.sheet(learner, quiz)
    assert study.flag(learner, quiz, shown.item.id, True).item.flagged
    assert study.flag(learner, quiz, shown.item.id, True).item.flagged
    study.finish(learner, quiz)
    assert not study.flag(learner, quiz, shown.item.id, False).item.flagged

    assert [step.action for step in steps(app, shown)] == [Action.FLAG, Action.UNFLAG]


def test_a_flag_from_another_page_does_not_lose_the_answer(learner: User, quiz: int):
    shown = study.sheet(learner, quiz)
    study.flag(learner, quiz, shown.item.id, True)
    answered = give(learner, shown, seen=0)

    assert (answered.item.state, answered.item.flagged, answered.item.seq) == (State.ANSWERED, True, 2)


def test_a_clock_that_jumps_back_keeps_the_order_of_the_answers(app: App, learner: User, clock: Clock):
    first = give(learner, study.sheet(learner, study.start_fixed(learner, ["frog"])), "toad")
    clock.move(hours=-1)
    second = give(learner, study.sheet(learner, study.start_fixed(learner, ["frog"])), "frog")

    assert second.item.answered_at == first.item.answered_at + timedelta(microseconds=1)
    assert find_damage(app) == []


def test_the_first_answer_to_a_question_is_known_as_the_first(app: App, learner: User, clock: Clock):
    for _ in range(3):
        give(learner, study.sheet(learner, study.start_fixed(learner, ["frog"])))
    with app.database.read() as connection:
        first = connection.exec_driver_sql("SELECT first FROM items ORDER BY id").scalars().all()

    assert first == [1, 0, 0]
    assert find_damage(app) == []


def test_a_new_process_goes_on_where_the_old_one_was_killed(app: App, learner: User, quiz: int):
    give(learner, study.sheet(learner, quiz))
    before = study.sheet(learner, quiz)
    restarted = open_app(app.settings)
    use(restarted)

    assert study.sheet(learner, quiz) == before
    assert before.item.position == 2
    restarted.database.close()


@pytest.mark.parametrize("position", [0, -1, 5, 10**12])
def test_a_position_that_is_not_there_shows_the_first_open_question(learner: User, quiz: int, position: int):
    give(learner, study.sheet(learner, quiz))

    assert study.sheet(learner, quiz, position).item.position == 2
