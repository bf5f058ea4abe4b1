"""Cases in exams, in quizzes that keep going, in repeated mistakes, in files; and codes that must not mislead."""

import dataclasses
from pathlib import Path

import pytest
from makers import Clock, items_of, place_of, pond, question, write_bank, write_case

from quizlib.bank.files import read_bank
from quizlib.config import Settings
from quizlib.engine.share_code import BadCode, decode, encode
from quizlib.model.attempt import Behaviour, Filter, Plan, State
from quizlib.model.person import User
from quizlib.services import bank, pulling
from quizlib.services.app import App
from quizlib.services.quizzes import choosing, exam, sharing, study
from quizlib.services.quizzes.choosing import Choice
from quizlib.ui.pages.practice import card_data

EXAM = Choice(plan=Plan.RANDOM, behaviour=Behaviour.EXAM)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Four single questions, and a case of three parts."""
    folder = write_bank(tmp_path / "questions", pond())
    write_case(folder)
    return Settings(database_url=database_url, questions=folder)


def names(app: App, quiz: int) -> list[str]:
    return [item.question_id for item in items_of(app, quiz)]


def missed(learner: User, *ids: str) -> None:
    """Answer questions wrongly, each in a quiz of its own."""
    for one in ids:
        shown = study.sheet(learner, study.start_fixed(learner, [one]))
        study.answer(learner, shown.attempt.id, shown.item.id, place_of(shown, "toad"), seen=0)


def exam_of_mistakes(app: App, learner: User, *order: str) -> int:
    """Sit an exam of mistakes whose questions were drawn in this order."""
    for seed in range(50):
        app.seed = lambda seed=seed: seed
        quiz = choosing.start(learner, Choice(plan=Plan.MISTAKES, behaviour=Behaviour.EXAM))
        if names(app, quiz) == list(order):
            return quiz
    raise AssertionError("no seed draws this order")


def test_the_address_of_a_later_part_leads_to_the_first_that_is_open(app: App, learner: User):
    quiz = choosing.start(learner, EXAM)
    shown = study.sheet(learner, quiz, names(app, quiz).index("walk.3") + 1)

    assert shown.question.id == "walk.1"


def test_a_part_that_is_not_open_yet_takes_no_answer(app: App, learner: User):
    quiz = choosing.start(learner, EXAM)
    last = next(item for item in items_of(app, quiz) if item.question_id == "walk.3")

    assert exam.save(learner, quiz, last.id, [0], seen=last.seq).item.state is State.OPEN


def test_going_on_in_an_exam_where_all_is_answered_does_not_hand_in(learner: User):
    quiz = choosing.start(learner, EXAM.model_copy(update={"number": 2}))
    for position in (1, 2):
        shown = study.sheet(learner, quiz, position)
        exam.save(learner, quiz, shown.item.id, [0], seen=shown.item.seq)
    study.go_on(learner, quiz, shown.item.id)

    assert study.sheet(learner, quiz).attempt.finished_at is None


def test_a_part_that_came_back_alone_is_open_and_does_not_close(app: App, learner: User):
    missed(learner, "frog", "walk.1", "walk.2")
    quiz = exam_of_mistakes(app, learner, "walk.1", "frog", "walk.2")
    first = study.sheet(learner, quiz, 1)

    assert exam.go_to(learner, quiz, first.item.id, 3).item.position == 3
    assert exam.go_to(learner, quiz, first.item.id, 2).item.position == 2
    assert items_of(app, quiz)[0].state is State.OPEN


def test_a_quiz_that_keeps_going_asks_cases_whole(app: App, learner: User):
    write_bank(app.settings.questions, [*pond(), *[question(f"swan-{n}") for n in range(30)]])
    for number in range(5):
        write_case(app.settings.questions, f"case-{number}", parts=5)
    bank.sync(app)
    for seed in range(6):
        app.seed = lambda seed=seed: seed
        quiz = choosing.start(learner, Choice(number=0, plan=Plan.RANDOM))
        shown = study.sheet(learner, quiz)
        for _ in range(21):
            study.answer(learner, quiz, shown.item.id, [0], seen=0)
            following = study.go_on(learner, quiz, shown.item.id)
            assert following is not None
            shown = following
        asked = names(app, quiz)
        for number in range(5):
            places = [place for place, name in enumerate(asked) if name.startswith(f"case-{number}.")]

            assert places == [] or (len(places) == 5 and places[-1] - places[0] == 4)
        assert len(asked) == len(set(asked))


def test_a_flag_is_the_learners_and_shows_in_every_quiz(learner: User):
    shown = study.sheet(learner, study.start_fixed(learner, ["frog"]))
    study.flag(learner, shown.attempt.id, shown.item.id, True)
    other = study.sheet(learner, study.start_fixed(learner, ["frog"]))

    assert card_data(learner, other, None, None)["flagged"]
    assert not study.flag(learner, other.attempt.id, other.item.id, False).flagged
    assert not study.sheet(learner, shown.attempt.id).flagged


def test_a_case_that_lost_a_part_is_asked_without_it(app: App, learner: User):
    write_case(app.settings.questions, parts=2)
    bank.sync(app)

    assert "walk.3" not in names(app, choosing.start(learner, Choice(plan=Plan.RANDOM)))


def test_a_case_that_was_pulled_is_read_again_as_it_was(app: App):
    before = read_bank(app.settings.questions).questions
    pulling.pull(app, app.settings.questions)
    after = read_bank(app.settings.questions)

    assert after.problems == []
    assert after.questions == before
    assert bank.check(app.settings.questions)["cases"] == 1


def test_a_clock_set_back_gives_no_more_time_than_at_the_start(learner: User, clock: Clock):
    quiz = choosing.start(learner, EXAM.model_copy(update={"minutes": 10}))
    clock.move(hours=-1)

    assert study.sheet(learner, quiz).seconds_left == 600


def test_an_exam_never_keeps_going(learner: User):
    quiz = choosing.start(learner, EXAM.model_copy(update={"number": 0}))

    assert not study.sheet(learner, quiz).attempt.endless


def test_a_quiz_has_no_code_once_the_bank_would_draw_another(app: App, learner: User):
    app.seed = lambda: 7  # by chance the larger bank could draw the same
    quiz = choosing.start(learner, Choice(plan=Plan.RANDOM, number=3))
    assert sharing.code_of(learner, quiz)
    write_bank(app.settings.questions, [*pond(), *[question(f"swan-{n}") for n in range(30)]])
    bank.sync(app)

    assert sharing.code_of(learner, quiz) is None


def test_a_code_for_more_questions_than_a_quiz_has_is_refused(learner: User):
    code = sharing.code_of(learner, choosing.start(learner, Choice(plan=Plan.RANDOM, number=3)))
    assert code is not None
    with pytest.raises(BadCode):
        sharing.start_from_code(learner, encode(dataclasses.replace(decode(code), number=250)))


def test_a_filter_by_level_draws_no_half_of_a_case(app: App, learner: User):
    quiz = choosing.start(learner, Choice(plan=Plan.RANDOM, filter=Filter(levels=("recall",))))
    parts = [name for name in names(app, quiz) if name.startswith("walk.")]

    assert len(parts) in (0, 3)


def test_a_later_part_opened_by_its_address_does_not_tell_the_earlier_answer(app: App, learner: User):
    quiz = study.start_fixed(learner, ["walk.1", "walk.2"])
    place = names(app, quiz).index("walk.2") + 1
    shown = study.sheet(learner, quiz, place)

    assert card_data(learner, shown, None, None)["earlier"] == [{"stem": shown.earlier[0][0].stem, "answer": ""}]
