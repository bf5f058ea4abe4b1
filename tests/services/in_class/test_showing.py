"""A question shown in class: nothing of the key before Reveal, bars from five answers on, and never a name."""

from datetime import timedelta

import pytest
from makers import NOON, Clock, option, question
from services.classes.people import add
from services.classes.sitting import answer, exam_terms, sit, terms
from services.corrections.keys import WHY, correct, publish
from services.in_class.lessons import HALF, RIGHT, WRONG, lesson, students, write

from quizlib.errors import NotFound
from quizlib.kinds import kind_of
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.classes import assignments, classes
from quizlib.services.corrections import rescoring
from quizlib.services.history import showing
from quizlib.services.history.showing import Bar
from quizlib.services.people import privacy
from quizlib.services.quizzes import study


def bars(teacher: User, given: int, question: str | int = 1) -> dict[str, tuple[int, bool]] | None:
    """Give, by text, how many answered so, and whether it is right."""
    found = showing.reveal(teacher, given, question).bars
    return None if found is None else {one.text: (one.learners, one.right) for one in found}


def test_every_option_has_a_bar_in_the_order_in_which_it_was_shown(app: App, teacher: User, group: int):
    everybody = students(app, teacher, group, 6)
    given = lesson(teacher, group, list(zip(everybody, [RIGHT, RIGHT, RIGHT, HALF, WRONG, WRONG], strict=True)))
    shown = showing.shown(teacher, given)
    revealed = showing.reveal(teacher, given, 1)

    assert bars(teacher, given) == {"frog": (4, True), "newt": (2, False), "toad": (0, False)}
    assert revealed.bars is not None
    view = kind_of(shown.question).view(shown.question.body, shown.arrangement)
    assert [one.text for one in revealed.bars] == view["options"]
    assert (shown.answers, revealed.rest) == (6, 0)


def test_four_answers_have_no_bars(app: App, teacher: User, group: int):
    everybody = students(app, teacher, group, 5)
    given = lesson(teacher, group, [(one, RIGHT) for one in everybody[:4]])
    assert bars(teacher, given) is None
    assert showing.shown(teacher, given).answers == 4

    sit(everybody[4], given, *WRONG)
    assert bars(teacher, given) == {"frog": (4, True), "newt": (1, False), "toad": (0, False)}


def test_a_learner_counts_with_the_first_answer_and_while_the_quiz_goes_on(app: App, teacher: User, group: int):
    everybody = students(app, teacher, group, 5)
    given = lesson(teacher, group, [(one, WRONG) for one in everybody[:4]])
    for one in everybody[:4]:
        sit(one, given, *RIGHT)
    answer(everybody[4], assignments.begin(everybody[4], given), "toad")

    assert bars(teacher, given) == {"frog": (0, True), "newt": (4, False), "toad": (1, False)}
    assert showing.shown(teacher, given).others == 1


def test_who_is_erased_counts_and_who_left_or_teaches_does_not(app: App, teacher: User, group: int):
    everybody = students(app, teacher, group, 7)
    given = lesson(teacher, group, [(one, RIGHT) for one in everybody])
    privacy.erase(everybody[0], "Ann Frog")
    classes.leave(everybody[1], group)

    assert showing.shown(teacher, given).answers == 6


def test_no_name_is_in_what_is_shown(app: App, teacher: User, group: int):
    everybody = students(app, teacher, group, 5)
    given = lesson(teacher, group, [(one, RIGHT) for one in everybody])
    told = repr(showing.reveal(teacher, given, 1))

    assert [one.name for one in everybody if one.name in told or str(one.sign_in_name) in told] == []


def test_questions_come_in_their_order_by_number_or_by_id(teacher: User, ann: User, group: int):
    given = lesson(teacher, group, [(ann, RIGHT)], question_ids=("newt", "frog", "mole"))
    ids = [showing.shown(teacher, given, number).question.id for number in (1, 2, 3)]

    assert ids == ["newt", "frog", "mole"]
    assert showing.shown(teacher, given, "mole").number == 3
    assert showing.shown(teacher, given, 99).number == 3
    assert showing.shown(teacher, given, 1).places == ("newt", "frog", "mole")
    assert len({showing.shown(teacher, given, number).mark for number in (1, 2, 3)}) == 3


def test_where_everybody_drew_others_each_stands_in_it_once(app: App, teacher: User, group: int):
    given = assignments.give(teacher, group, terms(question_ids=None, number=2, same_for_all=False))
    for one in students(app, teacher, group, 8):
        assignments.begin(one, given)
    shown = showing.shown(teacher, given)

    assert len(shown.places) == len(set(shown.places)) > 2
    assert shown.answers == 0


def test_what_nobody_was_asked_cannot_be_shown(app: App, teacher: User, ann: User, group: int):
    given = assignments.give(teacher, group, terms())
    with pytest.raises(NotFound, match="Nobody has begun"):
        showing.shown(teacher, given)

    assignments.begin(ann, given)
    assert showing.shown(teacher, given).answers == 0
    assert bars(teacher, given) is None
    with pytest.raises(NotFound, match="was not asked"):
        showing.shown(teacher, given, "mole")


def test_another_teacher_is_shown_nothing(app: App, teacher: User, ann: User, group: int):
    given = lesson(teacher, group, [(ann, RIGHT)])
    for one in (add(app, "Mr Brook", instructs=True), ann):
        with pytest.raises(NotFound):
            showing.shown(one, given)
        with pytest.raises(NotFound):
            showing.reveal(one, given, 1)


def test_a_corrected_key_is_what_is_told(app: App, teacher: User, group: int):
    everybody = students(app, teacher, group, 5)
    given = lesson(teacher, group, [(one, ("toad", "frog")) for one in everybody])
    version = correct(app, "toad")
    rescoring.rescore(teacher, "frog", version, WHY)

    assert bars(teacher, given, "frog") == {"frog": (0, False), "newt": (0, False), "toad": (5, True)}


def test_answers_to_other_options_are_not_among_the_bars(app: App, teacher: User, group: int):
    everybody = students(app, teacher, group, 8)
    given = lesson(teacher, group, [(one, RIGHT) for one in everybody[:3]], attempts_allowed=1)
    publish(app, question("frog", options=[option("frog", True), option("bat")]))
    for one in everybody[3:]:
        sit(one, given, "frog", "frog")

    assert bars(teacher, given, "frog") == {"frog": (5, True), "bat": (0, False)}
    assert showing.shown(teacher, given, "frog").answers == 5


def test_a_written_answer_of_one_alone_does_not_go_on_the_wall(app: App, teacher: User, group: int):
    everybody = students(app, teacher, group, 7)
    given = assignments.give(teacher, group, terms(question_ids=("leap",)))
    texts = ["salamander", "salamander", "newt", "newt", "newt", "Ben is silly", "salamandra"]
    for one, text in zip(everybody, texts, strict=True):
        quiz = assignments.begin(one, given)
        write(one, quiz, text)
        study.finish(one, quiz)
    revealed = showing.reveal(teacher, given, 1)

    assert revealed.bars == (Bar("newt", 3, False), Bar("salamander", 2, True))
    assert revealed.rest == 2


def test_the_right_answer_has_a_bar_also_where_nobody_wrote_it(app: App, teacher: User, group: int):
    given = assignments.give(teacher, group, terms(question_ids=("leap",)))
    for one in students(app, teacher, group, 5):
        quiz = assignments.begin(one, given)
        write(one, quiz, "newt")
        study.finish(one, quiz)

    assert showing.reveal(teacher, given, 1).bars == (Bar("newt", 5, False), Bar("salamander", 0, True))


def test_moving_the_key_changes_nothing_before_reveal(app: App, teacher: User, ann: User, group: int):
    """The order in which options stand comes from what is asked alone."""
    given = lesson(teacher, group, [(ann, RIGHT)])
    before = showing.shown(teacher, given, "frog")
    correct(app, "toad")
    again = lesson(teacher, group, [(ann, RIGHT)])
    after = showing.shown(teacher, again, "frog")

    assert before.question != after.question
    assert (before.arrangement, before.mark) == (after.arrangement, after.mark)


def test_with_extra_time_somebody_may_still_answer_after_it_was_due(app: App, teacher: User, group: int, clock: Clock):
    slow, quick = students(app, teacher, group, 2)
    classes.set_extra_time(teacher, group, slow.id, 2)
    given = assignments.give(teacher, group, exam_terms(due_at=NOON + timedelta(minutes=60)))
    sit(quick, given, *RIGHT)
    assignments.begin(slow, given)
    clock.move(minutes=75)
    assert showing.shown(teacher, given).others == 1

    clock.move(minutes=60)
    assert showing.shown(teacher, given).others == 0
