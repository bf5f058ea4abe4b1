"""A learner takes their own answers away: all of them, in words, and nothing of what they may not know yet."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from makers import NOON, Clock, frog_options, opened, place_of, question, write_bank
from services.classes.people import add, joined
from services.classes.sitting import answer, exam_terms, sit, terms
from services.corrections.keys import WHY, correct, give
from services.exporting.reading import as_csv, my_answers, pick

from quizlib.config import Settings
from quizlib.errors import Refused, SignedOut
from quizlib.model.attempt import Confidence
from quizlib.model.classes import Terms
from quizlib.model.person import User
from quizlib.services.app import App, use
from quizlib.services.classes import assignments, classes
from quizlib.services.corrections import rescoring
from quizlib.services.exporting import answers
from quizlib.services.exporting.prepared import fetch
from quizlib.services.people import privacy
from quizlib.services.quizzes import study
from quizlib.store.answers import exporting as stored

WORTH = ("points", "right", "first", "again")


def test_an_answer_is_told_in_words_with_what_it_was_about(learner: User, clock: Clock):
    quiz = study.start_fixed(learner, ["frog"])
    shown = study.sheet(learner, quiz)
    clock.move(seconds=7.9)
    given = place_of(shown, "toad")
    study.answer(learner, quiz, shown.item.id, given, seen=0, confidence=Confidence.THINK_SO, elapsed_ms=7_460)

    assert my_answers(learner) == [
        {
            "class_name": None,
            "assignment": None,
            "attempt": None,
            "begun_at": "2026-11-21T12:00:00Z",
            "answered_at": "2026-11-21T12:00:07Z",
            "topic": "The pond",
            "question": "frog",
            "words": "Which of them jumps, in the question frog?",
            "version": 1,
            "answer": "toad",
            "points": 0.0,
            "out_of": 1.0,
            "right": False,
            "confidence": "think so",
            "seconds": 7.5,
            "first": True,
            "again": False,
        }
    ]


def test_every_answer_is_there_oldest_quiz_first_and_what_was_left_open_is_not(learner: User):
    give(learner, "frog", "heron")
    quiz = study.start_fixed(learner, ["frog", "newt"])
    answered = study.sheet(learner, quiz, 1).question.id
    answer(learner, quiz, "frog")
    study.skip(learner, quiz, study.sheet(learner, quiz, 2).item.id)
    give(learner, "toad", "heron")

    rows = my_answers(learner)
    assert pick(rows, "question", "answer", "right") == [
        ("heron", "frog", True),
        (answered, "frog", True),
        ("heron", "toad", False),
    ]
    assert pick(rows, "first") == [True, True, False]


def test_nothing_answered_is_a_file_without_rows(learner: User):
    assert my_answers(learner) == []
    assert len(as_csv(learner, answers.mine(learner, "csv").token)) == 1


def test_it_says_nothing_of_who_it_is_and_nothing_of_others(ann: User, ben: User):
    give(ann, "frog")
    give(ben, "toad", "newt")

    (row,) = my_answers(ann)
    assert row["question"] == "frog"
    assert not {"student", "sign_in_name"} & set(row)


def test_an_assignment_stands_there_with_its_class_and_which_attempt_it_was(teacher: User, ann: User, group: int):
    given = assignments.give(teacher, group, terms())
    give(ann, "frog", "newt")
    sit(ann, given, "frog", "frog")
    sit(ann, given, "toad")

    assert pick(my_answers(ann), "class_name", "assignment", "attempt", "question") == [
        (None, None, None, "newt"),
        ("Frogs 101", "Who jumps", 1, "frog"),
        ("Frogs 101", "Who jumps", 1, "heron"),
        ("Frogs 101", "Who jumps", 2, "frog"),
    ]


def test_what_was_withdrawn_and_whoever_left_the_class_keep_their_answers(teacher: User, ann: User, group: int):
    given = assignments.give(teacher, group, terms())
    sit(ann, given, "frog")
    assignments.withdraw(teacher, given)
    classes.leave(ann, group)

    assert pick(my_answers(ann), "assignment", "right") == [("Who jumps", True)]


@pytest.mark.parametrize("kept_back", [exam_terms(tells="by_hand"), exam_terms()])
def test_what_an_answer_is_worth_is_left_out_until_it_is_told(teacher: User, ann: User, group: int, kept_back: Terms):
    given = assignments.give(teacher, group, kept_back)
    give(ann, "frog", "newt")
    sit(ann, given, "frog", "toad")

    before = my_answers(ann)
    assert pick(before[1:], "answer", *WORTH) == [("frog", None, None, None, None), ("toad", None, None, None, None)]
    assert pick(before[:1], *WORTH) == [(1.0, True, True, False)]
    assert answers.mine(ann, "csv").notes == (answers.UNTOLD,)

    assignments.tell(teacher, given)
    assert pick(my_answers(ann)[1:], "answer", "points", "right") == [("frog", 1.0, True), ("toad", 0.0, False)]
    assert answers.mine(ann, "csv").notes == ()


@contextmanager
def sat_where(right: str, folder: Path, clock: Clock) -> Iterator[tuple[User, User, int]]:
    """Have Ann sit an exam in which this animal is right; give the teacher, Ann and the assignment."""
    asked = [question(one, options=frog_options(right)) for one in ("frog", "heron", "newt")]
    settings = Settings(f"sqlite:///{folder / right}.db", write_bank(folder / right, asked))
    with opened(settings, clock) as app:
        app.seed = lambda: 7
        use(app)
        teacher = add(app, "Ms Pond", instructs=True)
        group = classes.make(teacher, "Frogs 101")
        (ann,) = joined(app, teacher, group, "Ann Frog")
        given = assignments.give(teacher, group, exam_terms(tells="by_hand"))
        sit(ann, given, "frog", "toad")
        yield teacher, ann, given
        use(None)


@pytest.mark.parametrize("format", ["csv", "json"])
def test_before_it_is_told_the_file_is_the_same_for_any_key(tmp_path: Path, clock: Clock, format: str):
    before, after = set(), set()
    for right in ("frog", "toad", "newt"):
        clock.now = NOON
        with sat_where(right, tmp_path, clock) as (teacher, ann, given):
            before.add(fetch(ann, answers.mine(ann, format).token).read_bytes())
            assignments.tell(teacher, given)
            after.add(fetch(ann, answers.mine(ann, format).token).read_bytes())

    assert len(before) == 1
    assert len(after) == 3


def test_the_exam_that_one_sits_is_not_in_it(teacher: User, ann: User, group: int):
    begun = assignments.begin(ann, assignments.give(teacher, group, exam_terms(tells="at_once")))
    answer(ann, begun, "frog", "toad")
    assert my_answers(ann) == []

    study.finish(ann, begun)
    assert pick(my_answers(ann), "answer", "right") == [("frog", True), ("toad", False)]


def test_what_was_marked_again_has_its_mark_of_now_and_says_so(app: App, teacher: User, learner: User, clock: Clock):
    give(learner, "toad")
    give(learner, "toad", "newt")
    marking = rescoring.rescore(teacher, "frog", correct(app), WHY).rescoring_id
    give(learner, "toad", clock=clock)
    assert marking is not None

    assert pick(my_answers(learner), "question", "version", "points", "again") == [
        ("frog", 1, 1.0, True),
        ("newt", 1, 0.0, False),
        ("frog", 2, 1.0, False),
    ]
    rescoring.undo(teacher, marking, "It is not so.")
    assert pick(my_answers(learner), "points", "again")[0] == (0.0, True)


def test_what_was_answered_after_the_key_was_corrected_was_marked_once(app: App, teacher: User, learner: User):
    give(learner, "toad")
    quiz = study.start_fixed(learner, ["frog"])
    study.flag(learner, quiz, study.sheet(learner, quiz).item.id, True)
    rescoring.rescore(teacher, "frog", correct(app), WHY)
    answer(learner, quiz, "toad")

    assert pick(my_answers(learner), "version", "points", "again") == [(1, 1.0, True), (1, 1.0, False)]


def test_an_answer_is_read_as_the_version_was_that_was_asked(app: App, learner: User):
    give(learner, "toad")
    correct(app, "frog", stem="Who of them leaps?")
    give(learner, "newt")

    assert pick(my_answers(learner), "words", "version", "answer") == [
        ("Which of them jumps, in the question frog?", 1, "toad"),
        ("Who of them leaps?", 2, "newt"),
    ]


def test_many_answers_are_read_in_many_batches_and_none_is_lost(learner: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stored, "ROWS", 2)
    monkeypatch.setattr("quizlib.services.exporting.rows.ATTEMPTS", 2)
    for _ in range(5):
        answer(learner, study.start_fixed(learner, ["frog", "heron", "newt"]), "frog", "toad", "newt")
    told: list[tuple[int, int]] = []
    made = answers.mine(learner, "json", lambda done, total: told.append((done, total)))

    rows = json.loads(fetch(learner, made.token).read_bytes())
    assert pick(rows, "answer") == ["frog", "toad", "newt"] * 5
    assert told == [(0, 5), (2, 5), (4, 5), (5, 5)]


@pytest.mark.parametrize("format", ["parquet", "toad", ""])
def test_another_format_is_refused_in_a_sentence(learner: User, format: str):
    with pytest.raises(Refused, match="There is no such format"):
        answers.mine(learner, format)


@pytest.mark.parametrize("format", answers.MINE)
def test_every_format_is_made_under_a_name_that_says_what_it_is(learner: User, format: str):
    give(learner, "frog")
    made = answers.mine(learner, format)

    assert made.name == f"my-answers-2026-11-21.{format}"
    assert fetch(learner, made.token).stat().st_size == made.bytes > 0


def test_more_than_a_sheet_holds_is_refused_before_it_is_written(
    learner: User, monkeypatch: pytest.MonkeyPatch, folder: Path
):
    few = answers.ANSWER_FORMATS["xlsx"]._replace(most=1)
    monkeypatch.setitem(answers.ANSWER_FORMATS, "xlsx", few)
    give(learner, "frog")
    answers.mine(learner, "xlsx")
    give(learner, "frog")

    with pytest.raises(Refused, match="A sheet holds"):
        answers.mine(learner, "xlsx")
    assert len(list(folder.iterdir())) == 1


def test_it_is_in_utc_whatever_zone_one_lives_in(ann: User, clock: Clock):
    clock.now = NOON + timedelta(hours=11)
    give(ann.model_copy(update={"time_zone": "Asia/Kathmandu"}), "frog")

    assert my_answers(ann)[0]["answered_at"] == "2026-11-21T23:00:00Z"


def test_whoever_erased_themself_gets_nothing_more(ann: User, folder: Path):
    privacy.erase(ann, ann.name)

    with pytest.raises(SignedOut):
        answers.mine(ann, "csv")
    assert list(folder.iterdir()) == []
