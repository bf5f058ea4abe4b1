"""What a learner is told of marking again: the new score, the new key, and why; once, and not before its time."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from makers import NOON, Clock, question
from services.classes.people import code_of
from services.classes.sitting import exam_terms, sit
from services.corrections.keys import WHY, answer, correct, give, item

from quizlib.model.attempt import State
from quizlib.model.authoring import MarkedAgain, Tidings
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.bank import catalogue
from quizlib.services.classes import assignments, classes
from quizlib.services.corrections import notices, rescoring
from quizlib.services.people import privacy
from quizlib.services.quizzes import study
from quizlib.services.quizzes.results import result
from quizlib.ui.pages.practice import card_data
from quizlib.ui.pages.result import review_data, score

BACK = "It was the frog after all."


@pytest.fixture
def decision(app: App, teacher: User, anns: int, bens: int, clock: Clock) -> int:
    clock.move(days=1)
    done = rescoring.rescore(teacher, "frog", correct(app, takeaway="Toads jump."), WHY).rescoring_id
    assert done is not None
    return done


def told(actor: User) -> list[tuple[Tidings, int | None, str]]:
    return [(one.about, one.attempt_id, one.text) for one in notices.mine(actor)]


def test_whose_mark_changes_finds_it_on_the_home_page(ann: User, anns: int, ben: User, bens: int, decision: int):
    assert told(ann) == [(Tidings.MARKED_AGAIN, anns, WHY)]
    assert told(ben) == [(Tidings.MARKED_AGAIN, bens, WHY)]


def test_whose_mark_stays_finds_nothing(app: App, teacher: User, ben: User):
    give(ben, "newt")
    assert rescoring.rescore(teacher, "frog", correct(app), WHY).answers == 1

    assert told(ben) == []


def test_a_notice_is_told_once_and_put_away_for_good(
    app: App, teacher: User, ann: User, ben: User, anns: int, decision: int
):
    rescoring.rescore(teacher, "frog", item(app, anns).graded_by or 0, WHY)
    (one,) = notices.mine(ann)
    notices.put_away(ben, [one.id])
    assert len(notices.mine(ann)) == 1, "another cannot put it away"
    notices.put_away(ann, [one.id])

    assert notices.mine(ann) == []


def test_taking_back_is_told_as_well(teacher: User, ann: User, anns: int, decision: int):
    notices.put_away(ann, [one.id for one in notices.mine(ann)])
    rescoring.undo(teacher, decision, BACK)

    assert told(ann) == [(Tidings.MARKED_BACK, anns, BACK)]


def test_who_has_erased_themself_is_not_told(app: App, teacher: User, ann: User, anns: int):
    privacy.erase(ann, ann.name)
    rescoring.rescore(teacher, "frog", correct(app), WHY)

    assert item(app, anns).fraction == 0
    assert notices.mine(ann) == []


def test_the_result_has_the_new_score_the_new_key_and_why(ann: User, ben: User, anns: int, bens: int, decision: int):
    anns_result, bens_result = result(ann, anns), result(ben, bens)
    (line,) = anns_result.lines

    assert (score(anns_result), score(bens_result)) == ("0 of 1", "1 of 1")
    assert line.again == MarkedAgain(at=NOON + timedelta(days=1), reason=WHY)
    assert line.missed
    assert line.question.takeaway == "Toads jump."
    assert line.asked.takeaway == "Frogs jump."
    (shown,) = review_data(anns_result, catalogue(), ann)["parts"][1]["lines"]
    assert shown["said"] == f"You: frog · Answer: toad · Marked again on 22 November 2026: {WHY}"
    assert shown["feedback"]["again"] == f"On 22 November 2026: {WHY}"
    assert [one["text"] for one in shown["feedback"]["review"]["options"] if one["right"]] == ["toad"]


def test_practice_shows_the_new_key_and_why(ann: User, anns: int, decision: int):
    data = card_data(ann, study.sheet(ann, anns, 1), None, None)

    assert data["feedback"]["verdict"] == "wrong"
    assert data["feedback"]["headline"] == "Not yet. The answer is: toad."
    assert data["feedback"]["again"] == f"On 22 November 2026: {WHY}"
    assert data["feedback"]["takeaway"] == "Toads jump."


def test_an_answer_given_after_it_was_not_marked_again_and_shows_the_new_key(app: App, teacher: User, ann: User):
    quiz = study.start_fixed(ann, ["frog", "heron"])
    rescoring.rescore(teacher, "frog", correct(app), WHY)
    place = next(one.item.position for one in result(ann, quiz).lines if one.asked.id == "frog")
    answer(ann, quiz, "toad", place)
    shown = study.sheet(ann, quiz, place)

    assert card_data(ann, shown, None, None)["feedback"]["headline"] == "Right."
    assert shown.again is None
    assert told(ann) == []


def test_what_was_never_answered_shows_the_new_key_at_the_end(app: App, teacher: User, ann: User):
    quiz = study.start_fixed(ann, ["frog"])
    rescoring.rescore(teacher, "frog", correct(app), WHY)
    study.finish(ann, quiz)
    (line,) = result(ann, quiz).lines

    assert (line.item.state, line.grade, line.again) == (State.OPEN, None, None)
    headline = "Not answered. The answer is: toad."
    assert card_data(ann, study.sheet(ann, quiz, 1), None, None)["feedback"]["headline"] == headline
    (shown,) = review_data(result(ann, quiz), catalogue(), ann)["parts"][0]["lines"]
    assert shown["feedback"]["headline"] == headline


def test_before_the_answer_nothing_tells_that_the_key_was_corrected(app: App, teacher: User, ann: User):
    quiz = study.start_fixed(ann, ["frog"])
    before = card_data(ann, study.sheet(ann, quiz), None, None)
    rescoring.rescore(teacher, "frog", correct(app), WHY)

    assert card_data(ann, study.sheet(ann, quiz), None, None) == before


def test_taken_back_the_old_key_is_shown_with_the_reason_for_that(teacher: User, ann: User, anns: int, decision: int):
    rescoring.undo(teacher, decision, BACK)
    (line,) = result(ann, anns).lines

    assert (line.missed, line.question.takeaway) == (False, "Frogs jump.")
    assert line.again is not None
    assert line.again.reason == BACK


def test_the_download_of_a_learner_has_it_and_that_of_the_teacher_has_no_answer_of_theirs(
    teacher: User, ann: User, decision: int
):
    assert [one["action"] for one in downloaded(ann, "steps")] == ["submit", "rescore"]
    assert downloaded(teacher, "steps") == []
    assert [one["reason"] for one in downloaded(teacher, "rescorings")] == [WHY]


def downloaded(actor: User, name: str) -> list[dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(privacy.download(actor))) as file:
        return json.loads(file.read(f"{name}.json")) if f"{name}.json" in file.namelist() else []


def test_a_reason_is_text_and_nothing_else(app: App, teacher: User, ann: User, anns: int):
    rescoring.rescore(teacher, "frog", correct(app), "<script>alert(1)</script> & *so*")
    (shown,) = review_data(result(ann, anns), catalogue(), ann)["parts"][1]["lines"]

    # it goes to the page as text, which no browser reads as anything else
    assert shown["said"].endswith("<script>alert(1)</script> & *so*")


def test_a_reworded_question_is_shown_as_it_was_asked(app: App, teacher: User, ann: User, anns: int):
    key = correct(app, stem="Which one leaps?")
    rescoring.rescore(teacher, "frog", key, WHY, earlier_wordings=True)
    (shown,) = review_data(result(ann, anns), catalogue(), ann)["parts"][1]["lines"]

    assert shown["stem"] == question("frog").stem
    assert shown["feedback"]["headline"] == "Not yet. The answer is: toad."


@pytest.fixture
def group(teacher: User, ann: User) -> int:
    """A class with Ann in it."""
    group = classes.make(teacher, "Frogs 101")
    classes.new_code(teacher, group)
    classes.join(ann, code_of(teacher, group))
    return group


def test_nothing_tells_of_it_before_the_answers_are_told(app: App, teacher: User, ann: User, group: int):
    given = assignments.give(teacher, group, exam_terms(tells="by_hand"))
    sat = sit(ann, given, "frog", "frog")
    rescoring.rescore(teacher, "frog", correct(app), WHY)
    shown = card_data(ann, study.sheet(ann, sat, 1), None, None)

    assert notices.mine(ann) == []
    assert all(line.again is None and line.question == line.asked for line in result(ann, sat).lines)
    assert shown["feedback"] is None
    assert WHY not in str(shown)

    assignments.tell(teacher, given)
    assert told(ann) == [(Tidings.MARKED_AGAIN, sat, WHY)]
    assert [line.again is not None for line in result(ann, sat).lines].count(True) == 1


def test_nor_does_an_earlier_answer_to_the_same_question(app: App, teacher: User, ann: User, group: int):
    earlier = give(ann, "frog")
    given = assignments.give(teacher, group, exam_terms(tells="by_hand"))
    assignments.begin(ann, given)
    rescoring.rescore(teacher, "frog", correct(app), WHY)
    assert notices.mine(ann) == []
    study.finish(ann, _running(app, ann, given))
    assignments.tell(teacher, given)

    assert told(ann) == [(Tidings.MARKED_AGAIN, earlier, WHY)]


def test_the_report_of_the_class_follows(app: App, teacher: User, ann: User, group: int):
    given = assignments.give(teacher, group, exam_terms(question_ids=("frog",)))
    sit(ann, given, "frog")
    assert _points(teacher, given) == 1
    rescoring.rescore(teacher, "frog", correct(app), WHY)

    assert _points(teacher, given) == 0


def _running(app: App, actor: User, given: int) -> int:
    return next(one.running for one in assignments.for_student(actor) if one.assignment.id == given) or 0


def _points(teacher: User, given: int) -> float | None:
    (standing,) = assignments.report(teacher, given).standings
    assert standing.counted is not None
    return standing.counted.points
