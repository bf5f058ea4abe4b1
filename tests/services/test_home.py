"""What a learner finds on opening the app."""

from makers import place_of, question, write_bank

from quizlib.model.person import User
from quizlib.services import bank
from quizlib.services.app import App
from quizlib.services.quizzes import study
from quizlib.services.quizzes.home import home


def answer(learner: User, quiz: int, position: int | None = None) -> None:
    shown = study.sheet(learner, quiz, position)
    study.answer(learner, quiz, shown.item.id, place_of(shown, "toad"), seen=shown.item.seq)


def test_a_new_learner_finds_every_topic_with_its_questions_and_nothing_to_go_on_with(learner: User):
    found = home(learner)

    assert [(tile.topic.title, tile.questions, tile.seen) for tile in found.tiles] == [
        ("The pond", 3, 0),
        ("The meadow", 1, 0),
    ]
    assert (found.open_quiz, found.answered, found.questions) == (None, 0, 4)


def test_an_unfinished_quiz_waits_at_its_first_open_question(learner: User):
    quiz = study.start(learner, topics=["pond", "meadow"])
    answer(learner, quiz)
    waiting = home(learner).open_quiz

    assert waiting
    assert (waiting.attempt.id, waiting.position, waiting.total) == (quiz, 2, 4)
    assert waiting.topics == ("The pond", "The meadow")


def test_a_quiz_with_only_skipped_questions_waits_at_the_first_of_them(learner: User):
    quiz = study.start(learner, number=2)
    study.skip(learner, quiz, study.sheet(learner, quiz, 2).item.id)
    answer(learner, quiz, 1)

    assert home(learner).open_quiz.position == 2


def test_of_two_unfinished_quizzes_the_newer_one_waits(learner: User):
    study.start(learner)
    newer = study.start(learner)

    assert home(learner).open_quiz.attempt.id == newer


def test_a_finished_quiz_waits_no_longer(learner: User):
    study.finish(learner, study.start(learner))

    assert home(learner).open_quiz is None


def test_a_question_answered_twice_is_two_answers_but_one_question_seen(learner: User):
    for _ in range(2):
        answer(learner, study.start_fixed(learner, ["frog"]))
    found = home(learner)

    assert [(tile.topic.id, tile.seen) for tile in found.tiles] == [("pond", 1), ("meadow", 0)]
    assert found.answered == 2


def test_a_skipped_question_is_not_seen(learner: User):
    quiz = study.start_fixed(learner, ["frog"])
    study.skip(learner, quiz, study.sheet(learner, quiz).item.id)

    assert home(learner).tiles[0].seen == 0


def test_somebody_elses_answers_do_not_count(learner: User, stranger: User):
    study.start(learner)
    answer(learner, study.start_fixed(learner, ["frog"]))
    found = home(stranger)

    assert (found.open_quiz, found.answered, [tile.seen for tile in found.tiles]) == (None, 0, [0, 0])


def test_a_topic_whose_last_question_was_withdrawn_has_no_tile(app: App, learner: User):
    (app.settings.questions / "meadow" / "mole.yaml").unlink()
    bank.sync(app, retire_missing=True)

    assert [tile.topic.id for tile in home(learner).tiles] == ["pond"]


def test_a_topic_that_topics_yaml_does_not_name_is_shown_by_its_folder(app: App, learner: User):
    write_bank(app.settings.questions, [question("camel", "desert")])
    (app.settings.questions / "topics.yaml").unlink()
    bank.sync(app)

    assert {tile.topic.title for tile in home(learner).tiles} == {"desert", "meadow", "pond"}
