"""axe-core finds nothing on the pages on which questions are written, reviewed and corrected."""

from typing import NamedTuple

import pytest
from driving.authors import Author
from driving.looks import LOOKS, ONE_DATABASE, violations
from driving.school import School, add
from playwright.sync_api import Browser

from quizlib.kinds import content_of
from quizlib.model.authoring import Judgement
from quizlib.services.authoring import drafts, reviewing, saving, versions
from quizlib.services.quizzes import study

pytestmark = [pytest.mark.browser, pytest.mark.server]


class Desk(NamedTuple):
    """An instructor, with a draft that another has overtaken, and a question whose key was corrected."""

    token: str
    overtaken: int
    corrected: str
    weak: int


@pytest.fixture(scope="module")
def desk(school: School) -> Desk:
    with school.opened() as app:
        teacher, token = add(app, "Ms Pond", instructs=True)
        colleague, _ = add(app, "Mr Heron", instructs=True)
        ann, _ = add(app, "Ann Frog")
        first, second = sorted(app.bank.questions)[:2]
        mine = drafts.edit(teacher, first)
        change(colleague, first, takeaway="Another take-away.")
        answer(ann, second)
        options = content_of(app.bank.questions[second])["options"]
        moved = [
            {**one, "correct": not one.get("correct") if place < 2 else False} for place, one in enumerate(options)
        ]
        if sum(one["correct"] for one in moved) != 1:
            moved = [{**one, "correct": place == 1} for place, one in enumerate(options)]
        change(colleague, second, options=moved)
        newest = versions.opened(teacher, second).newest.id
        reviewing.judge(teacher, newest, Judgement.CHANGE, "Say why in the second option.")
        weak = drafts.from_text(
            teacher, "Which is not wrong?\n*A. none of the above, always\nB. all\nC. all\n", "anatomy"
        )
        return Desk(token, mine, second, weak)


def change(actor, question_id: str, **changes: object) -> None:
    draft = drafts.read(actor, drafts.edit(actor, question_id)).draft
    kept = drafts.keep(actor, draft.id, draft.seq, topic=draft.topic, content={**draft.content, **changes})
    saving.save(actor, kept.id, kept.seq, "since it is so", publish=True)


def answer(actor, question_id: str) -> None:
    quiz = study.start_fixed(actor, [question_id])
    study.answer(actor, quiz, study.sheet(actor, quiz).item.id, [0], seen=0)


@ONE_DATABASE
@LOOKS
def test_no_page_of_an_author_has_a_violation(
    school: School, browser: Browser, desk: Desk, look: tuple[str, int]
) -> None:
    scheme, width = look
    author = Author(browser, school.url, token=desk.token, width=width, scheme=scheme)
    found = {}

    author.open("/write")
    found["begin"] = violations(author)
    for kind in ("Number", "Matching", "Fill the gaps"):
        author.begin(kind)
        found[kind] = violations(author)
    author.open(f"/write?draft={desk.weak}")
    for folded in ("More about the answers", "Story and picture", "Level, tags", "Checked when"):
        author.unfold(folded)
    found["weak"] = violations(author)
    author.page.get_by_role("button", name="More").first.click()
    found["more"] = violations(author)
    author.open(f"/write?draft={desk.overtaken}")
    author.preview()
    found["overtaken"] = violations(author)
    author.look_at(desk.corrected)
    author.unfold("Version 2")
    found["question"] = violations(author)

    assert found == {key: [] for key in found}
    assert author.troubles == []
