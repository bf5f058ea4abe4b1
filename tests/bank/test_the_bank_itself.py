"""The questions that come with the app."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizlib.bank.files import Bank, read_bank
from quizlib.engine.selection import family_of
from quizlib.kinds import KINDS, asked_hash
from quizlib.model.question import Level, Question
from quizlib.services.bank import check

# R-AN-5 is a row, A07 a known error: keys for authors. C5, L4 and T12 are vertebrae.
BARE_ID = re.compile(r"\bR-[A-Z]{2,4}-\d+\b|\bA\d{2}\b")


QUESTIONS = Path(__file__).parents[2] / "questions"


@pytest.fixture(scope="module")
def bank() -> Bank:
    return read_bank(QUESTIONS)


def within(content: object) -> Iterator[str]:
    """Give every text of a body, however deep."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for name, value in content.items():
            yield from within(value if name != "misconception" else "")
    elif isinstance(content, list | tuple):
        for one in content:
            yield from within(one)


def texts(question: Question) -> Iterator[str]:
    """Give every text of a question that a learner may read."""
    yield from (question.vignette, question.stem, question.takeaway, question.explanation)
    yield from (question.often_said, question.studies_show, question.clinician)
    yield from within(question.body.model_dump(exclude={"confusable"}))


def test_the_bank_has_no_problems(bank: Bank):
    assert [str(problem) for problem in bank.problems] == []


def test_there_are_questions_enough_of_every_topic_and_level(bank: Bank):
    written = Counter(question.topic for name, question in bank.questions.items() if not family_of(name))
    together = Counter((question.topic, question.level) for question in bank.questions.values())

    assert written.total() >= 320
    assert min(written[topic] for topic in ("nerve-roots", "dermatomes", "red-flags", "mechanisms")) >= 44
    assert min(together[topic, level] for topic in bank.catalogue.topics for level in Level) >= 8
    assert len({family_of(name) for name in bank.questions} - {None}) >= 15


def test_every_figure_of_the_bank_is_where_it_should_be_and_no_flaw_is_left():
    report = check(QUESTIONS)

    assert {name: one for name, one in report["metrics"].items() if not one["met"]} == {}
    assert [f"{one['where']}: {one['what']}" for one in report["warnings"]] == []
    assert sum(report["waived"].values()) <= 5


def test_every_topic_has_a_question(bank: Bank):
    assert set(bank.catalogue.topics) == {question.topic for question in bank.questions.values()}


def test_every_option_says_why(bank: Bank):
    silent = [
        f"{question.id}: {option['text']}"
        for question in bank.questions.values()
        for option in question.body.model_dump().get("options", ())
        if len(option["why"].split()) < 3
    ]

    assert silent == []


def test_every_right_answer_scores_one(bank: Bank):
    for question in bank.questions.values():
        kind = KINDS[question.kind]
        assert kind.grade(question.body, kind.right_answer(question.body)).fraction == 1, question.id


def test_every_question_about_red_flags_names_the_action(bank: Bank):
    flags = [question for question in bank.questions.values() if question.topic == "red-flags"]

    assert flags
    assert [question.id for question in flags if question.action is None] == []


def test_every_question_shows_a_source_that_people_can_read(bank: Bank):
    assert [one.id for one in bank.questions.values() if not bank.catalogue.citations(one.sources)] == []


def test_no_two_questions_ask_the_same(bank: Bank):
    asked = Counter(asked_hash(question) for question in bank.questions.values())

    assert asked.most_common(1)[0][1] == 1


@pytest.mark.parametrize(("text", "found"), [("see R-AN-5", True), ("A07 says", True), ("C5, L4 and T12", False)])
def test_a_bare_id_is_told_from_a_vertebra(text: str, found: bool):
    assert found == bool(BARE_ID.search(text))


def test_no_text_that_a_learner_reads_holds_a_bare_id(bank: Bank):
    # a key such as Finucane20 is ours; ISNCSCI and NG59 are names that clinicians use
    cited = [key for key in bank.catalogue.references if re.search(r"[a-z]\d{2}", key)]
    assert cited
    keys = re.compile("|".join(rf"\b{re.escape(key)}\b" for key in cited))
    found = [
        f"{question.id}: {hit[0]}"
        for question in bank.questions.values()
        for text in texts(question)
        for hit in [BARE_ID.search(text) or keys.search(text)]
        if hit
    ]

    assert found == []


def test_no_citation_or_name_that_a_learner_reads_holds_a_bare_id(bank: Bank):
    catalogue = bank.catalogue
    cited = {line for one in bank.questions.values() for line in catalogue.citations(one.sources)}
    named = [*catalogue.misconceptions.values(), *(f"{one.title} {one.about}" for one in catalogue.topics.values())]

    assert [text for text in [*cited, *named] if BARE_ID.search(text)] == []


def test_nothing_claims_a_clinicians_check_without_a_name_and_a_date(bank: Bank):
    claimed = [one.clinician for one in bank.questions.values() if one.clinician]

    assert [text for text in claimed if not re.fullmatch(r"\D{4,}\d{4}-\d{2}-\d{2}", text)] == []
