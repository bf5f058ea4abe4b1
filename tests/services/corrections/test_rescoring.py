"""A corrected key marks past answers again: all of them or none, once, and no answer is lost."""

import pytest
from makers import NOON, Clock, frog_options, option, question
from services.corrections.keys import WHY, answer, assert_whole, correct, give, item, marks, publish, steps

from quizlib.errors import NotAllowed, NotFound, Refused
from quizlib.model.attempt import Action, Behaviour, Confidence, Filter, Plan
from quizlib.model.authoring import Status
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.corrections import rescoring
from quizlib.services.corrections.rescoring import Effect, Report
from quizlib.services.quizzes import choosing, study
from quizlib.services.quizzes.choosing import Choice
from quizlib.store.content.questions import set_status


@pytest.fixture
def key(app: App, anns: int, bens: int, clock: Clock) -> int:
    """The version in which the toad jumps."""
    clock.move(minutes=10)
    return correct(app)


def test_a_new_key_by_itself_changes_no_mark(app: App, anns: int, bens: int, key: int):
    assert marks(app, anns, bens) == [1, 0]


def test_what_it_would_change_is_said_before_and_done_after(app: App, teacher: User, anns: int, bens: int, key: int):
    said = rescoring.preview(teacher, "frog", key)
    assert said == Effect(answers=2, changed=2, up=1, down=1, learners=2, by_instructors=0, reworded=0, others=0)
    assert marks(app, anns, bens) == [1, 0]

    done = rescoring.rescore(teacher, "frog", key, WHY)
    assert done == Report(done.rescoring_id, answers=2, changed=2, up=1, down=1, learners=2)
    assert marks(app, anns, bens) == [0, 1]
    assert rescoring.preview(teacher, "frog", key).answers == 0
    assert_whole(app)


def test_a_key_that_is_not_saved_yet_is_foreseen_alike(teacher: User, anns: int, bens: int):
    said = rescoring.foresee(teacher, question("frog", options=frog_options("toad")))

    assert (said.answers, said.changed, said.up, said.down, said.learners) == (2, 2, 1, 1, 2)
    assert rescoring.foresee(teacher, question("frog")).changed == 0
    assert rescoring.foresee(teacher, question("nobody-asked")).answers == 0


def test_it_is_a_step_with_who_when_and_by_which_key_and_nothing_else_changes(
    app: App, teacher: User, ann: User, anns: int, key: int, clock: Clock
):
    before, first = item(app, anns), steps(app, anns)
    done = rescoring.rescore(teacher, "frog", key, WHY)
    after = item(app, anns)
    *kept, added = steps(app, anns)

    assert kept == first
    assert (added.seq, added.action, added.at, added.actor_id) == (2, Action.RESCORE, clock(), teacher.id)
    assert (added.fraction, added.graded_by, added.rescoring_id) == (0, key, done.rescoring_id)
    assert (added.response, added.confidence, added.elapsed_ms) == (None, None, None)
    assert after == before.model_copy(update={"seq": 2, "fraction": 0, "graded_by": key})
    assert after.answered_at == NOON


def test_answers_that_keep_their_mark_are_told_by_the_new_key_too(app: App, teacher: User, ben: User, key: int):
    newts = give(ben, "newt")  # wrong by either key, and to the new version
    rescoring.rescore(teacher, "frog", key, WHY)
    assert item(app, newts).graded_by is None

    third = correct(app, "frog")
    report = rescoring.rescore(teacher, "frog", third, WHY)
    assert report.answers == 3
    assert report.changed == 2
    assert (item(app, newts).fraction, item(app, newts).graded_by) == (0, third)


def test_doing_it_again_changes_nothing_more(app: App, teacher: User, anns: int, bens: int, key: int):
    first = rescoring.rescore(teacher, "frog", key, WHY)
    before = steps(app, anns), steps(app, bens)

    assert rescoring.rescore(teacher, "frog", key, "Because.") == Report(first.rescoring_id)
    assert (steps(app, anns), steps(app, bens)) == before
    assert len(rescoring.history(teacher, "frog")) == 1


def test_a_question_whose_key_was_never_another_has_nothing_to_mark(teacher: User, anns: int, app: App):
    only = item(app, anns).version_id

    assert rescoring.rescore(teacher, "frog", only, WHY) == Report(None)
    assert rescoring.history(teacher, "frog") == []


def test_whoever_stops_it_in_the_middle_leaves_everything_as_it_was(app: App, teacher: User, anns: int, key: int):
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rescoring.rescore(teacher, "frog", key, WHY, progress=stop)

    assert len(steps(app, anns)) == 1
    assert rescoring.history(teacher, "frog") == []
    assert rescoring.rescore(teacher, "frog", key, WHY).answers == 2
    assert_whole(app)


def test_progress_is_told(teacher: User, key: int):
    told: list[tuple[int, int]] = []
    rescoring.rescore(teacher, "frog", key, WHY, progress=lambda *one: told.append(one))

    assert told[-1] == (2, 2)
    assert told == sorted(told)


@pytest.mark.parametrize("reason", ["", "  \n ", "\x00\x1f", "x" * 501], ids=repr)
def test_without_a_reason_or_with_a_novel_nothing_is_done(app: App, teacher: User, anns: int, key: int, reason: str):
    with pytest.raises(Refused, match=r"Say why|too long"):
        rescoring.rescore(teacher, "frog", key, reason)
    assert len(steps(app, anns)) == 1


def test_only_instructors_may(ann: User, key: int):
    with pytest.raises(NotAllowed):
        rescoring.preview(ann, "frog", key)
    with pytest.raises(NotAllowed):
        rescoring.rescore(ann, "frog", key, WHY)


def test_a_version_of_another_question_is_refused(teacher: User, key: int):
    with pytest.raises(NotFound, match="does not belong"):
        rescoring.rescore(teacher, "heron", key, WHY)
    with pytest.raises(NotFound, match="This question is not here"):
        rescoring.preview(teacher, "nothing", key)


def test_a_version_that_waits_to_be_asked_is_previewed_and_not_marked_by(app: App, teacher: User, anns: int, bens: int):
    waits = publish(app, question("frog", takeaway="Toads jump.", options=_toad()), asked=False)

    assert rescoring.preview(teacher, "frog", waits).changed == 2
    with pytest.raises(Refused, match="not asked yet"):
        rescoring.rescore(teacher, "frog", waits, WHY)


def _toad() -> list[dict[str, object]]:
    return frog_options("toad")


def test_an_instructors_own_answers_are_marked_and_said_apart(app: App, teacher: User, anns: int):
    own = give(teacher, "toad")
    key = correct(app)
    said = rescoring.preview(teacher, "frog", key)
    rescoring.rescore(teacher, "frog", key, WHY)

    assert (said.changed, said.by_instructors) == (2, 1)
    assert marks(app, anns, own) == [0, 1]


def test_other_words_with_the_same_options_are_marked_only_where_wanted(app: App, teacher: User, anns: int, ben: User):
    publish(app, question("frog", stem="Which one leaps?"))
    reworded = give(ben, "toad")
    key = publish(app, question("frog", stem="Which one leaps?", options=_toad()))
    narrow = rescoring.preview(teacher, "frog", key)
    assert (narrow.changed, narrow.reworded, narrow.others) == (1, 1, 0)
    rescoring.rescore(teacher, "frog", key, WHY)
    assert marks(app, anns, reworded) == [1, 1]

    wide = rescoring.preview(teacher, "frog", key, earlier_wordings=True)
    assert (wide.changed, wide.reworded) == (1, 0)
    rescoring.rescore(teacher, "frog", key, WHY, earlier_wordings=True)
    assert marks(app, anns, reworded) == [0, 1]
    assert_whole(app)


def test_an_answer_to_other_options_cannot_be_marked_by_this_key(app: App, teacher: User, anns: int, bens: int):
    key = publish(app, question("frog", options=[option("frog"), option("crab", True)]))
    said = rescoring.preview(teacher, "frog", key, earlier_wordings=True)
    rescoring.rescore(teacher, "frog", key, WHY, earlier_wordings=True)

    assert (said.answers, said.others) == (0, 2)
    assert marks(app, anns, bens) == [1, 0]


def test_a_withdrawn_question_is_marked_again_like_any_other(app: App, teacher: User, anns: int, bens: int, key: int):
    with app.database.write() as connection:
        set_status(connection, ["frog"], Status.RETIRED)
    rescoring.rescore(teacher, "frog", key, WHY)

    assert marks(app, anns, bens) == [0, 1]


def test_a_quiz_under_way_goes_on_with_its_version_and_is_graded_by_the_new_key(
    app: App, teacher: User, ann: User, anns: int
):
    running = study.start_fixed(ann, ["frog"])
    rescoring.rescore(teacher, "frog", correct(app), WHY)
    answer(ann, running, "toad")
    one = item(app, running)

    assert one.version_id == item(app, anns).version_id
    assert one.fraction == 1
    assert one.graded_by == steps(app, running)[0].graded_by != one.version_id
    assert [step.action for step in steps(app, running)] == [Action.SUBMIT]
    assert_whole(app)


def test_an_exam_under_way_is_graded_by_the_new_key_at_its_end(app: App, teacher: User, ann: User):
    exam = choosing.start(
        ann, Choice(plan=Plan.RANDOM, number=4, behaviour=Behaviour.EXAM, filter=Filter(topics=("pond",)))
    )
    place = next(one.position for one in study.sheet(ann, exam).places if one.question_id == "frog")
    answer(ann, exam, "toad", place)
    key = correct(app)
    assert rescoring.rescore(teacher, "frog", key, WHY).answers == 0
    study.finish(ann, exam)

    assert (item(app, exam, place).fraction, item(app, exam, place).graded_by) == (1, key)
    assert_whole(app)


def test_a_flag_after_it_is_one_more_step(app: App, teacher: User, ann: User, anns: int, key: int):
    rescoring.rescore(teacher, "frog", key, WHY)
    study.flag(ann, anns, item(app, anns).id, True)

    assert [step.action for step in steps(app, anns)] == [Action.SUBMIT, Action.RESCORE, Action.FLAG]
    assert item(app, anns).fraction == 0
    assert_whole(app)


def test_mistakes_follow(app: App, teacher: User, ann: User, ben: User, anns: int, bens: int, key: int):
    mistakes = Choice(plan=Plan.MISTAKES)
    assert [choosing.match(one, mistakes).questions for one in (ann, ben)] == [0, 1]
    rescoring.rescore(teacher, "frog", key, WHY)

    assert [choosing.match(one, mistakes).questions for one in (ann, ben)] == [1, 0]


def test_confidence_stays(app: App, teacher: User, ann: User):
    quiz = study.start_fixed(ann, ["frog"])
    shown = study.sheet(ann, quiz)
    study.answer(ann, quiz, shown.item.id, [0], seen=0, confidence=Confidence.SURE)
    rescoring.rescore(teacher, "frog", correct(app), WHY)

    assert item(app, quiz).confidence is Confidence.SURE
