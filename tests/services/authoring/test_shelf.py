"""Instructors look through the bank: what they search for is found, and nothing else."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from makers import Clock, opened, option, place_of, pond, question, write_bank, write_case
from services.authoring.writing import filled, published, saved
from services.classes.people import add

from quizlib.bank.writing import write_question
from quizlib.config import Settings
from quizlib.errors import NotAllowed
from quizlib.kinds import KINDS
from quizlib.model.authoring import About, Judgement, Status
from quizlib.model.person import User
from quizlib.services import bank
from quizlib.services.app import App, use
from quizlib.services.authoring import drafts, reviewing, shelf, statistics, texts
from quizlib.services.authoring.shelf import Figures, Review, Row, Search, Sort
from quizlib.services.corrections import complaints
from quizlib.services.quizzes import study
from quizlib.store.tables import question_texts


def ids(actor: User, **wanted: object) -> set[str]:
    return {row.id for row in shelf.find(actor, Search(**wanted)).rows}


def order(actor: User, **wanted: object) -> list[str]:
    return [row.id for row in shelf.find(actor, Search(**wanted)).rows]


def row_of(actor: User, question_id: str) -> Row:
    return next(row for row in shelf.find(actor, Search()).rows if row.id == question_id)


@pytest.fixture
def varied(tmp_path: Path) -> Path:
    """A bank in which every question says something of its own."""
    return write_bank(
        tmp_path / "varied",
        [
            question("frog", tags=["amphibia", "L5"], stem="Which of them has a *sticky* tongue?"),
            question("heron", "meadow", level="apply", vignette="A grey bird stands still at 50 % of the shore_line."),
            question("newt", options=[option("Straße", True), option("gill"), option("crest")]),
            question(
                "mole",
                "meadow",
                kind="short_text",
                answers=["talpa europaea"],
                why="It digs.",
                stem="Who digs tunnels?",
            ),
        ],
    )


@pytest.fixture
def there(app: App, varied: Path) -> App:
    app.settings = replace(app.settings, questions=varied)
    bank.sync(app, retire_missing=True)
    return app


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {"frog", "heron", "newt", "mole"}),
        ("sticky", {"frog"}),
        ("STICKY tongue", {"frog"}),
        ("sticky bird", set()),
        ("amphibia", {"frog"}),
        ("l5", {"frog"}),
        ("mole", {"mole"}),
        ("grey bird", {"heron"}),
        ("strasse", {"newt"}),
        ("talpa", {"mole"}),
        ("50 %", {"heron"}),
        ("shore_line", {"heron"}),
        ("shore%line", set()),
        ("shoreXline", set()),
        ("%", {"heron"}),
        ("_", {"heron"}),
        ("\\", set()),
        ("\0", {"frog", "heron", "newt", "mole"}),
        ("shuffle", set()),
        ("It digs.", set()),
    ],
)
def test_every_word_must_stand_in_what_is_asked(there: App, teacher: User, text: str, found: set[str]):
    assert ids(teacher, text=text) == found


def test_who_types_a_name_finds_its_question_first(there: App, teacher: User):
    saved(teacher, "newt", vignette="Beside it sits a frog.")

    assert order(teacher, text="frog", sort=Sort.CHANGED)[0] == "frog"
    assert ids(teacher, text="frog") == {"frog", "heron", "newt"}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"topics": ("meadow",)}, {"heron", "mole"}),
        ({"kinds": ("short_text",)}, {"mole"}),
        ({"levels": ("apply",)}, {"heron"}),
        ({"topics": ("meadow",), "kinds": ("choice",)}, {"heron"}),
        ({"statuses": (Status.DRAFT,)}, set()),
        ({"topics": ("nowhere",)}, set()),
        ({"text": "bird", "topics": ("pond",)}, set()),
    ],
)
def test_filters_narrow_it_together(there: App, teacher: User, wanted: dict[str, object], found: set[str]):
    assert ids(teacher, **wanted) == found


def test_withdrawn_questions_are_found_by_their_status(app: App, teacher: User):
    reviewing.retire(teacher, "mole")

    assert ids(teacher, statuses=("retired",)) == {"mole"}
    assert ids(teacher, statuses=("live",)) == {"frog", "heron", "newt"}


def test_a_question_is_found_by_its_flaws_unless_they_are_waived(app: App, teacher: User):
    made = published(teacher, stem="Which of these is not wrong about a newt?", vignette="", topic="pond")
    before = row_of(teacher, made.question_id)

    assert before.suggestions > 0
    assert "negative-stem" in shelf.SUGGESTIONS
    assert made.question_id in ids(teacher, flaw="negative-stem") & ids(teacher, flaw="any")
    saved(teacher, made.question_id, waive={"negative-stem": "It is asked so in the exam."})
    assert made.question_id not in ids(teacher, flaw="negative-stem")


def test_what_was_just_saved_is_found_as_it_is_now(app: App, teacher: User):
    assert ids(teacher, text="moonlight") == set()

    saved(teacher, "frog", stem="Which of them sings by moonlight?")

    assert ids(teacher, text="moonlight") == {"frog"}
    assert row_of(teacher, "frog").title == "Which of them sings by moonlight?"


def test_saving_keeps_the_list_up_to_date_without_anybody_opening_it(app: App, teacher: User):
    shelf.find(teacher, Search())
    saved(teacher, "frog", stem="Which of them sings by moonlight?")
    with app.database.write() as connection:
        texts.note(app, connection, question("frog"))
        stored = connection.scalar(sa.select(question_texts.c.search).where(question_texts.c.question_id == "frog"))

    assert "moonlight" in stored


def test_texts_are_made_once_and_progress_is_told(app: App, teacher: User):
    told: list[tuple[int, int]] = []
    shelf.find(teacher, Search(), lambda *done: told.append(done))
    assert told == [(0, 4)]

    shelf.find(teacher, Search(text="frog"), lambda *done: told.append(done))
    assert told == [(0, 4)]


def test_another_state_of_the_rules_makes_them_anew(app: App, teacher: User, monkeypatch: pytest.MonkeyPatch):
    shelf.find(teacher, Search())
    monkeypatch.setattr(texts, "rules", lambda: "another")
    monkeypatch.setattr(shelf, "_shelf", None)
    told: list[tuple[int, int]] = []

    assert len(shelf.find(teacher, Search(), lambda *done: told.append(done)).rows) == 4
    assert told == [(0, 4)]


def test_another_process_sees_what_this_one_saved(app: App, teacher: User, settings: Settings, clock: Clock):
    shelf.find(teacher, Search())
    saved(teacher, "frog", stem="Which of them sings by moonlight?")
    with opened(settings, clock) as other:
        use(other)
        assert row_of(teacher, "frog").title == "Which of them sings by moonlight?"
        saved(teacher, "frog", stem="Which of them sings at noon?")
    use(app)

    assert row_of(teacher, "frog").title == "Which of them sings at noon?"


def test_a_line_that_tells_little_is_told_apart_by_its_story():
    assert texts.title_of("Which cause?", "A *diver* of 30.") == "Which cause? A diver of 30."
    assert texts.title_of("**Which** of C5\\* and T_1_ &amp; Co") == "Which of C5* and T_1_ & Co"
    long = texts.title_of("word " * 100)
    assert len(long) <= 200
    assert long.endswith("…")
    assert texts.title_of("x" * 500) != ""


@pytest.mark.parametrize("sort", Sort)
def test_every_sort_turns_round(there: App, teacher: User, clock: Clock, sort: Sort):
    clock.move(hours=1)
    saved(teacher, "newt", level="analyse")
    rising = order(teacher, sort=sort, descending=False)
    falling = order(teacher, sort=sort, descending=True)

    assert sorted(rising) == sorted(falling) == ["frog", "heron", "mole", "newt"]
    if sort in (Sort.ID, Sort.TITLE):
        assert rising == falling[::-1]
    if sort is Sort.CHANGED:
        assert (falling[0], rising[-1]) == ("newt", "newt")
    if sort is Sort.TOPIC:
        assert set(rising[:2]) == {"frog", "newt"}


def answers(app: App, actor: User, *right: bool, question_id: str = "frog") -> None:
    """Let so many new students answer a question."""
    for number, one in enumerate(right):
        student = add(app, f"Student {question_id} {number}")
        quiz = study.start_fixed(student, [question_id])
        shown = study.sheet(student, quiz)
        study.answer(student, quiz, shown.item.id, place_of(shown, "frog" if one else "toad"), seen=0)
    statistics.refresh(app)


def test_a_question_is_found_by_how_it_was_answered(app: App, teacher: User):
    answers(app, teacher, *[True] * 5, question_id="frog")
    answers(app, teacher, True, False, False, False, False, question_id="heron")
    answers(app, teacher, False, question_id="newt")

    assert ids(teacher, figures=Figures.EASY) == {"frog"}
    assert ids(teacher, figures=Figures.HARD) == {"heron"}
    assert ids(teacher, figures=Figures.FEW) == {"newt", "mole"}
    assert (row_of(teacher, "heron").answers, row_of(teacher, "heron").share) == (5, 0.2)
    assert order(teacher, sort=Sort.SHARE, descending=True)[:2] == ["frog", "heron"]
    assert order(teacher, sort=Sort.SHARE, descending=False)[:2] == ["heron", "frog"]


def test_a_question_is_found_by_where_its_review_stands(
    app: App, teacher: User, colleague: User, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    made = {
        name: published(teacher, stem=f"Which of them is {name} in the reeds at night?") for name in ("a", "b", "c")
    }
    reviewing.judge(colleague, made["a"].version_id, Judgement.APPROVE)
    reviewing.judge(colleague, made["b"].version_id, Judgement.APPROVE)
    reviewing.judge(colleague, made["b"].version_id, Judgement.CHANGE, "Say at which hour.")

    assert ids(teacher, review=Review.APPROVED) == {made["a"].question_id}
    assert ids(teacher, review=Review.CHANGES) == {made["b"].question_id}
    assert ids(teacher, review=Review.WAITING) == {made["c"].question_id}
    app.settings = replace(app.settings, approval_months=6)
    clock.move(days=200)
    assert ids(teacher, review=Review.APPROVED) == set()
    assert ids(teacher, review=Review.DUE) == {made["a"].question_id}


def test_a_version_that_waits_shows_and_the_one_before_it_is_what_is_searched(app: App, teacher: User):
    app.settings = replace(app.settings, must_be_approved=True)
    saved(teacher, "frog", stem="Which of them sings by moonlight?")

    assert row_of(teacher, "frog").proposed
    assert ids(teacher, text="moonlight") == set()
    assert ids(teacher, review=Review.WAITING) == {"frog"}


def test_a_question_is_found_by_open_reports(app: App, teacher: User, ann: User):
    quiz = study.start_fixed(ann, ["frog"])
    shown = study.sheet(ann, quiz)
    study.answer(ann, quiz, shown.item.id, place_of(shown, "toad"), seen=0)
    complaints.complain(ann, quiz, shown.item.id, About.KEY, "A toad jumps too.")

    assert ids(teacher, reported=True) == {"frog"}
    assert row_of(teacher, "frog").complaints == 1
    complaints.answer(teacher, complaints.queue(teacher)[0].complaint.id, "It walks.")
    assert ids(teacher, reported=True) == set()


def test_a_question_whose_file_and_content_both_changed_is_found(app: App, teacher: User):
    assert ids(teacher, conflict=True) == set()
    saved(teacher, "frog", takeaway="Frogs leap.")
    assert not row_of(teacher, "frog").conflict

    write_question(app.settings.questions, question("frog", takeaway="Frogs hop."))
    bank.sync(app)

    assert ids(teacher, conflict=True) == {"frog"}
    assert row_of(teacher, "frog").conflict


def test_unfinished_work_is_the_actors_own(app: App, teacher: User, colleague: User):
    draft = filled(teacher)

    assert [one.id for one in drafts.mine(teacher)] == [draft.id]
    assert drafts.mine(colleague) == []


def test_a_case_stands_with_each_of_its_parts(app: App, teacher: User):
    write_case(app.settings.questions)
    bank.sync(app)

    assert ids(teacher, text="walk") >= {"walk.1", "walk.2", "walk.3"}
    assert "A walk by the pond." in row_of(teacher, "walk.1").title


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_learner_reads_and_may_write_is_searched_whatever_the_type(kind: str):
    for example in KINDS[kind].examples():
        asked = question("one", kind=kind, **_fields(example.body))
        text = texts.text_of(asked).search
        for word in KINDS[kind].typed(example.body):
            assert texts.plain(word) in text
        for group in KINDS[kind].options(example.body):
            for option_text, _ in group.texts:
                assert texts.plain(option_text) in text


def _fields(body: object) -> dict[str, object]:
    return body.model_dump(mode="json", exclude_defaults=True)  # type: ignore[attr-defined, no-any-return]


def test_a_student_sees_no_list(app: App, ann: User):
    with pytest.raises(NotAllowed):
        shelf.find(ann, Search())


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(words=st.lists(st.text(max_size=12), max_size=5))
def test_any_text_may_be_typed(app: App, teacher: User, words: list[str]):
    text = " ".join(words)[: shelf.LONGEST_TEXT]
    wanted = texts.plain(text).split()[: shelf.MOST_WORDS]

    found = shelf.find(teacher, Search(text=text)).rows

    for one in pond():
        said = texts.text_of(one).search
        assert (one.id in {row.id for row in found}) == all(word in said for word in wanted)


def test_changes_are_told_in_utc(app: App, teacher: User, clock: Clock):
    clock.move(days=1)
    saved(teacher, "frog", takeaway="Frogs leap.")

    assert row_of(teacher, "frog").changed == clock()
    assert row_of(teacher, "mole").changed == clock() - timedelta(days=1)
