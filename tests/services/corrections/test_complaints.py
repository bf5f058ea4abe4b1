"""A learner says what is wrong with a question, an instructor answers, and the learner finds it at home."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from makers import Clock, place_of, question
from services.classes.people import add
from services.classes.sitting import answer as answer_all
from services.classes.sitting import exam_terms, sit

from quizlib.bank.writing import write_question
from quizlib.errors import NotAllowed, NotFound, Refused, SignedOut
from quizlib.kinds import kind_of
from quizlib.model.attempt import Behaviour, Filter, Item, Plan
from quizlib.model.authoring import About, Tidings
from quizlib.model.classes import Terms
from quizlib.model.person import User
from quizlib.services import bank, maintenance
from quizlib.services.app import App
from quizlib.services.classes import assignments, classes
from quizlib.services.corrections import complaints, notices
from quizlib.services.corrections.complaints import LONGEST
from quizlib.services.people import privacy
from quizlib.services.quizzes import choosing, study
from quizlib.services.quizzes.choosing import Choice
from quizlib.store.tables import complaints as table


def answered(actor: User, given: str = "toad", question_id: str = "frog") -> tuple[int, Item]:
    """Answer one question in a quiz with two; give the quiz and the item."""
    quiz = study.start_fixed(actor, [question_id, "mole"])
    first, second = (study.sheet(actor, quiz, position) for position in (1, 2))
    shown = first if first.question.id == question_id else second
    return quiz, study.answer(actor, quiz, shown.item.id, place_of(shown, given), seen=0).item


def report(actor: User, about: About = About.KEY, text: str = "Toads jump as well.", **answer: str) -> tuple[int, Item]:
    quiz, item = answered(actor, **answer)
    complaints.complain(actor, quiz, item.id, about, text)
    return quiz, item


def count(app: App) -> int:
    with app.database.read() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_a_complaint_goes_round(app: App, teacher: User, ann: User, clock: Clock):
    report(ann, About.KEY, "Toads jump as well.")
    (one,) = complaints.queue(teacher)
    assert (one.complaint.about, one.complaint.text, one.complaint.at) == (About.KEY, "Toads jump as well.", clock.now)
    assert (one.question.id, one.number, one.newer, one.answer, one.right) == ("frog", 1, False, "toad", False)
    assert notices.mine(ann) == []

    clock.move(hours=3)
    complaints.answer(teacher, one.complaint.id, "They walk; see the source.")
    assert (complaints.queue(teacher), complaints.open_count(teacher)) == ([], 0)
    (closed,) = complaints.queue(teacher, closed=True)
    assert (closed.complaint.reply, closed.replied_at) == ("They walk; see the source.", clock.now)
    (told,) = notices.mine(ann)
    assert (told.about, told.question_id, told.text) == (Tidings.REPLY, "frog", "They walk; see the source.")
    assert told.stem == "Which of them jumps, in the question frog?"
    assert notices.mine(teacher) == []

    notices.put_away(ann, [told.id])
    assert notices.mine(ann) == []


def test_said_twice_it_is_one_complaint(app: App, teacher: User, ann: User):
    quiz, item = answered(ann)
    for _ in range(3):
        complaints.complain(ann, quiz, item.id, About.TYPO, "jmups")

    assert [one.complaint.text for one in complaints.queue(teacher)] == ["jmups"]


def test_what_is_said_later_takes_the_place_of_what_was_said_before(app: App, teacher: User, ann: User, clock: Clock):
    report(ann, About.KEY, "It is the toad.")
    clock.move(days=1)
    _, again = report(ann, About.TYPO, "No: it is misspelt.", given="frog")
    (one,) = complaints.queue(teacher)

    assert (one.complaint.about, one.complaint.text, one.complaint.at) == (About.TYPO, "No: it is misspelt.", clock.now)
    assert (one.complaint.item_id, one.answer, one.right, one.reporters) == (again.id, "frog", True, 1)


def test_after_an_answer_a_complaint_is_a_new_one(teacher: User, ann: User):
    report(ann, text="First.")
    complaints.answer(teacher, complaints.queue(teacher)[0].complaint.id, "So it is.")
    report(ann, text="Second.")

    assert [one.complaint.text for one in complaints.queue(teacher)] == ["Second."]
    assert [one.complaint.text for one in complaints.queue(teacher, closed=True)] == ["First."]
    assert [one.complaint.text for one in complaints.of_question(teacher, "frog")] == ["Second.", "First."]


def test_a_newer_version_is_another_complaint_and_the_older_one_says_so(app: App, teacher: User, ann: User):
    report(ann, text="On the first.")
    write_question(app.settings.questions, question("frog", takeaway="Frogs leap."))
    bank.sync(app)
    report(ann, text="On the second.")
    newest, oldest = complaints.queue(teacher)

    assert (newest.complaint.text, newest.number, newest.newer) == ("On the second.", 2, False)
    assert (oldest.complaint.text, oldest.number, oldest.newer) == ("On the first.", 1, True)
    assert (newest.question.takeaway, oldest.question.takeaway) == ("Frogs leap.", "Frogs jump.")


def test_an_instructor_sees_how_many_reported_it_and_how_others_do(
    app: App, teacher: User, ann: User, ben: User, clock: Clock
):
    app.settings = replace(app.settings, sign_in="accounts")
    for who, given in ((ann, "toad"), (ben, "frog")):
        clock.move(minutes=1)
        report(who, given=given)
    answered(ann, "frog")  # not her first
    answered(teacher, "toad")  # not a learner's
    report(ann, question_id="heron")
    ours = [one for one in complaints.queue(teacher) if one.question.id == "frog"]

    assert [(one.reporters, one.answers, one.share_right) for one in ours] == [(2, 2, 0.5)] * 2
    assert [one.answer for one in ours] == ["frog", "toad"]
    assert complaints.open_count(teacher) == 3


def test_the_one_person_of_a_laptop_counts_as_a_learner(learner: User):
    report(learner)
    (one,) = complaints.queue(learner)

    assert (one.answers, one.share_right) == (1, 0)


def test_with_sign_in_the_answers_of_instructors_count_nowhere(app: App, teacher: User, ann: User):
    app.settings = replace(app.settings, sign_in="accounts")
    report(teacher, text="My own.")
    (one,) = complaints.queue(teacher)

    assert (one.answers, one.share_right) == (0, None)


def test_the_queue_comes_in_pieces_newest_first(teacher: User, ann: User, ben: User, clock: Clock):
    for who, about in ((ann, "frog"), (ann, "heron"), (ben, "newt"), (ben, "frog")):
        clock.move(minutes=1)
        report(who, text=about, question_id=about)
    pieces = [complaints.queue(teacher, limit=3, offset=offset) for offset in (0, 3, 6)]

    assert [[one.complaint.text for one in piece] for piece in pieces] == [["frog", "newt", "heron"], ["frog"], []]


@pytest.mark.parametrize("about", [one for one in About if one is not About.OTHER])
@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_a_kind_of_fault_needs_no_words(teacher: User, ann: User, about: About, text: str):
    report(ann, about, text)

    assert [(one.complaint.about, one.complaint.text) for one in complaints.queue(teacher)] == [(about, "")]


@pytest.mark.parametrize("text", ["", " \n ", "\x00\x07"])
def test_something_else_needs_words(app: App, ann: User, text: str):
    with pytest.raises(Refused, match="Say in a few words what is wrong"):
        report(ann, About.OTHER, text)

    assert count(app) == 0


@pytest.mark.parametrize("text", ["x" * (LONGEST + 1), "🐸" * (LONGEST + 1), "x" * 1_000_000])
def test_a_text_that_is_too_long_is_refused_with_its_limit(app: App, ann: User, text: str):
    with pytest.raises(Refused, match=f"at most {LONGEST} characters"):
        report(ann, text=text)

    assert count(app) == 0


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("🐸" * LONGEST, "🐸" * LONGEST),
        ("<script>alert('toad')</script> & <b>", "<script>alert('toad')</script> & <b>"),
        ("a\x00b\x07\ud800c", "a b c"),
        ("  one  line \r\nanother\u2028a third\n\n\n\n\nthe last  \n", "one line\nanother\na third\n\nthe last"),
        ("'); DROP TABLE complaints;--", "'); DROP TABLE complaints;--"),
    ],
    ids=["the longest", "tags", "no text", "lines", "sql"],
)
def test_words_are_kept_as_they_are_without_what_is_no_text(teacher: User, ann: User, typed: str, kept: str):
    report(ann, text=typed)
    (one,) = complaints.queue(teacher)
    complaints.answer(teacher, one.complaint.id, typed)

    assert one.complaint.text == notices.mine(ann)[0].text == kept


def test_only_the_own_answer_can_be_reported(app: App, ann: User, ben: User):
    quiz, item = answered(ann)
    other_quiz, _ = answered(ben)
    for at in (quiz, other_quiz):
        with pytest.raises(NotFound, match="This question is not part of your quiz"):
            complaints.complain(ben, at, item.id, About.KEY)

    assert count(app) == 0


@pytest.mark.parametrize("number", [0, -1, 10**6, 2**63, 10**30])
def test_a_question_that_is_nowhere_is_refused(ann: User, number: int):
    quiz, item = answered(ann)
    for pair in ((quiz, number), (number, item.id)):
        with pytest.raises(NotFound, match="This question is not part of your quiz"):
            complaints.complain(ann, *pair, About.KEY)


def test_before_its_answer_a_question_cannot_be_reported(app: App, ann: User):
    quiz, item = answered(ann)
    places = [study.sheet(ann, quiz, position).item for position in (1, 2)]
    (unanswered,) = [one for one in places if one.id != item.id]
    with pytest.raises(Refused, match="not told yet"):
        complaints.complain(ann, quiz, unanswered.id, About.KEY)
    study.finish(ann, quiz)
    complaints.complain(ann, quiz, unanswered.id, About.KEY)

    assert count(app) == 1


def test_what_was_not_answered_is_reported_without_an_answer(teacher: User, ann: User):
    quiz = study.start(ann, number=1)
    study.finish(ann, quiz)
    complaints.complain(ann, quiz, study.sheet(ann, quiz).item.id, About.SOURCE)
    (one,) = complaints.queue(teacher)

    assert (one.answer, one.right, one.answers, one.share_right) == (None, None, 0, None)


def test_in_a_mock_exam_nothing_can_be_reported_before_its_end(app: App, ann: User):
    wanted = Choice(filter=Filter(topics=("pond",)), plan=Plan.RANDOM, number=2, behaviour=Behaviour.EXAM)
    quiz = choosing.start(ann, wanted)
    answer_all(ann, quiz, "toad", "toad")
    item = study.sheet(ann, quiz, 1).item
    with pytest.raises(Refused, match="not told yet"):
        complaints.complain(ann, quiz, item.id, About.KEY)
    study.finish(ann, quiz)
    complaints.complain(ann, quiz, item.id, About.KEY)

    assert count(app) == 1


def test_an_exam_whose_answers_are_kept_back_tells_nothing_by_a_complaint(app: App, teacher: User, ann: User):
    group = classes.make(teacher, "Frogs 101")
    classes.join(ann, classes.view(teacher, group).group.join_code or "")
    given = assignments.give(teacher, group, exam_terms(tells="by_hand"))
    quiz = sit(ann, given, "toad", "toad")
    item = study.sheet(ann, quiz, 1).item
    with pytest.raises(Refused, match="not told yet"):
        complaints.complain(ann, quiz, item.id, About.KEY)
    assert count(app) == 0

    assignments.tell(teacher, given)
    complaints.complain(ann, quiz, item.id, About.KEY)
    assert complaints.open_count(teacher) == 1


def test_an_answer_about_a_question_that_is_sat_again_waits_until_it_is_told(
    app: App, teacher: User, ann: User, clock: Clock
):
    report(ann)
    group = classes.make(teacher, "Frogs 101")
    classes.join(ann, classes.view(teacher, group).group.join_code or "")
    again = assignments.give(teacher, group, exam_terms(tells="by_hand"))
    quiz = assignments.begin(ann, again)
    complaints.answer(teacher, complaints.queue(teacher)[0].complaint.id, "It is the frog.")
    assert notices.mine(ann) == []
    study.finish(ann, quiz)
    assert notices.mine(ann) == []

    assignments.tell(teacher, again)
    assert [one.text for one in notices.mine(ann)] == ["It is the frog."]


def test_a_complaint_is_answered_once(teacher: User, ann: User, app: App):
    colleague = add(app, "Mr Marsh", instructs=True)
    report(ann)
    (one,) = complaints.queue(teacher)
    complaints.answer(teacher, one.complaint.id, "First.")
    with pytest.raises(Refused, match="Somebody has answered this meanwhile"):
        complaints.answer(colleague, one.complaint.id, "Second.")

    assert [one.text for one in notices.mine(ann)] == ["First."]


@pytest.mark.parametrize("text", ["", " \n", "x" * (LONGEST + 1)])
def test_an_answer_has_words_and_not_too_many(teacher: User, ann: User, text: str):
    report(ann)
    (one,) = complaints.queue(teacher)
    with pytest.raises(Refused, match=r"Write an answer|at most 1000 characters"):
        complaints.answer(teacher, one.complaint.id, text)

    assert complaints.queue(teacher) == [one]
    assert notices.mine(ann) == []


def test_a_complaint_that_is_not_there_cannot_be_answered(teacher: User):
    with pytest.raises(NotFound, match="This report is not here"):
        complaints.answer(teacher, 4711, "So it is.")


def test_a_student_sees_no_complaint_and_answers_none(ann: User, ben: User):
    report(ann)
    for attempted in (
        lambda: complaints.queue(ben),
        lambda: complaints.open_count(ben),
        lambda: complaints.of_question(ben, "frog"),
        lambda: complaints.answer(ann, 1, "Right am I."),
    ):
        with pytest.raises(NotAllowed):
            attempted()


def test_of_an_erased_learner_nothing_is_left_to_read_or_to_answer(app: App, teacher: User, ann: User):
    report(ann, text="I am Ann, and it is the toad.")
    (one,) = complaints.queue(teacher)
    quiz, item = report(ann, question_id="heron")
    complaints.answer(teacher, complaints.queue(teacher)[0].complaint.id, "So it is.")
    privacy.erase(ann, ann.name)

    assert complaints.queue(teacher) == []
    assert [told.complaint.text for told in complaints.queue(teacher, closed=True)] == [""]
    assert complaints.of_question(teacher, "frog") == []
    with pytest.raises(Refused, match="meanwhile"):
        complaints.answer(teacher, one.complaint.id, "Ann?")
    with pytest.raises(SignedOut):
        complaints.complain(ann, quiz, item.id, About.KEY)
    assert notices.mine(ann) == []
    assert maintenance.find_damage(app) == []


def test_the_answer_given_is_told_as_the_version_had_it(app: App, teacher: User, ann: User):
    report(ann, given="newt")
    changed = question("frog", options=[{**one, "text": one["text"].upper()} for one in options()])
    write_question(app.settings.questions, changed)
    bank.sync(app)

    assert [one.answer for one in complaints.queue(teacher)] == ["newt"]


def options() -> list[dict[str, object]]:
    asked = question("frog")
    right = kind_of(asked).right_answer(asked.body)["chosen"]
    texts = ("frog", "toad", "newt")
    return [{"text": text, "correct": place in right, "why": "It is so."} for place, text in enumerate(texts)]


def test_practice_of_an_assignment_is_reported_like_any_other(teacher: User, ann: User):
    group = classes.make(teacher, "Frogs 101")
    classes.join(ann, classes.view(teacher, group).group.join_code or "")
    quiz = assignments.begin(ann, assignments.give(teacher, group, Terms(title="Who", question_ids=("frog",))))
    answer_all(ann, quiz, "toad")
    complaints.complain(ann, quiz, study.sheet(ann, quiz, 1).item.id, About.UNCLEAR)

    assert complaints.open_count(teacher) == 1
