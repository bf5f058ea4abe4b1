"""The lock is in every run: a session without a sign-in gets the words that lead to one, and nothing else."""

import asyncio
import urllib.request
from dataclasses import dataclass
from typing import Any

import pytest
from driving.behind import behind
from driving.protocol import Tab
from driving.school import School, add

from quizlib.model.classes import Terms
from quizlib.model.person import User
from quizlib.services.classes import assignments, classes
from quizlib.services.people import accounts, privacy, signing_in
from quizlib.services.quizzes import study
from quizlib.ui import frame
from quizlib.ui.routes import ROUTES

pytestmark = pytest.mark.server

assert frame  # it fills the table of routes
OUT = "You are signed out"
FRAME = {
    "**Rootlet**",
    *(route.title for route in ROUTES.values()),
    "Choose",
    "Sources and safety",
    "Study material, not medical advice.",
}
SIGN_IN_WORDS = {f"# {OUT}", "What you answered is stored."}


@dataclass(frozen=True)
class Pond:
    """A class with a student; the sign-ins of both, and addresses of a quiz that each has under way."""

    teacher: User
    ann: User
    teachers: str
    anns: str
    hers: str
    teachers_own: str


@pytest.fixture
def pond(school: School) -> Pond:
    with school.opened() as app:
        number = len(accounts.everybody())
        teacher, teachers = add(app, f"Tilda Toad {number}", instructs=True)
        ann, anns = add(app, f"Ann Frog {number}")
        group = classes.make(teacher, "Frogs 101")
        classes.join(ann, classes.view(teacher, group).group.join_code or "")
        given = assignments.give(teacher, group, Terms(title="Warming up", number=3))
        hers, mine = (f"quiz={study.start(one, number=3)}&class={group}&assignment={given}" for one in (ann, teacher))
    return Pond(teacher, ann, teachers, anns, hers, mine)


def tab(school: School, token: str | None, page: str = "", query: str = "") -> Tab:
    headers = {} if token is None else {"Cookie": f"quiz_sign_in={token}"}
    return Tab(school.url, page="" if page == "home" else page, query=query, headers=headers)


def says_only_how_to_sign_in(one: Tab) -> bool:
    """Tell whether all that stands there is the frame, the sentence and the link to the form."""
    words = {element.words for element in one.elements() if element.words and element.type != "html"}
    shown = {element.type for element in one.elements()}
    assert words - FRAME <= SIGN_IN_WORDS, words - FRAME - SIGN_IN_WORDS
    assert one.exceptions == []
    assert not shown & {"arrow_data_frame", "table", "file_uploader", "imgs", "download_button"}, shown
    # what asks, when the page is looked at again, whether somebody has signed in since; it knows of nobody
    assert {element.key for element in one.elements() if element.type == "bidi_component"} <= {"watch"}
    return words >= SIGN_IN_WORDS


def steps(school: School) -> int:
    return int(behind(school.settings.database_url, "SELECT count(*) FROM steps")[0][0])  # type: ignore[call-overload]


def answer(one: Tab) -> dict[str, Any]:
    """Give what the card sends when the first option, or the first two, are chosen and checked."""
    card = one.data("card")
    given = [0, 1] if card["view"].get("choose") == "several" else [0]
    return {"act": "check", "item": card["item"], "seen": card["seen"], "position": 1, "nonce": 7, "given": given}


@pytest.mark.parametrize("page", ROUTES)
def test_who_is_not_signed_in_gets_nothing_of_any_page(school: School, pond: Pond, page: str):
    async def story() -> None:
        with school.opened():
            signing_in.sign_out(pond.teachers)
        for token in (None, "", "forged", pond.teachers):
            async with tab(school, token, page, pond.hers) as one:
                assert says_only_how_to_sign_in(one)
                await one.rerun()
                assert says_only_how_to_sign_in(one)

    asyncio.run(story())


@pytest.mark.parametrize("page", ROUTES)
def test_a_tab_whose_sign_in_ends_gets_nothing_more_of_any_page(school: School, pond: Pond, page: str):
    async def story() -> None:
        async with tab(school, pond.teachers, page, pond.teachers_own) as one:
            assert OUT not in one.text()
            request = urllib.request.Request(
                f"{school.other_url}/sign-out", b"", headers={"Cookie": f"quiz_sign_in={pond.teachers}"}
            )
            with urllib.request.urlopen(request):
                pass
            await one.rerun()
            assert says_only_how_to_sign_in(one)

    asyncio.run(story())


@pytest.mark.parametrize("how", ["signed out", "signed out everywhere", "erased"])
def test_an_answer_from_a_tab_whose_sign_in_ended_is_not_taken(school: School, pond: Pond, how: str):
    async def story() -> None:
        async with tab(school, pond.anns, "practice", pond.hers) as one:
            message, before = answer(one), steps(school)
            with school.opened():
                match how:
                    case "signed out":
                        signing_in.sign_out(pond.anns)
                    case "signed out everywhere":
                        signing_in.sign_out_everywhere(pond.ann)
                    case _:
                        privacy.erase(pond.ann, pond.ann.name)
            await one.trigger("card", "act", message)

            assert says_only_how_to_sign_in(one)
            assert steps(school) == before

    asyncio.run(story())


def test_a_role_that_is_taken_away_is_gone_at_the_next_press(school: School, pond: Pond):
    async def story() -> None:
        async with tab(school, pond.teachers, "class", pond.hers) as one:
            assert "Frogs 101" in one.text()
            school.console("people", "role", f"#{pond.teacher.id}", "student")
            await one.click("new-code")

            assert "This class is not here." in one.text()
            assert "Frogs 101" not in one.text()
            assert pond.ann.name not in one.text()

    asyncio.run(story())


def test_the_quiz_of_another_person_cannot_be_opened(school: School, pond: Pond):
    async def story() -> None:
        for page in ("practice", "result"):
            async with tab(school, pond.teachers, page, pond.hers) as one:
                assert "This quiz is not here." in one.text()
                assert not one.has("card")

    asyncio.run(story())


def test_an_answer_to_the_quiz_of_another_person_is_refused(school: School, pond: Pond):
    async def story() -> None:
        async with (
            tab(school, pond.anns, "practice", pond.hers) as hers,
            tab(school, pond.teachers, "practice", pond.teachers_own) as one,
        ):
            message, before = answer(hers), steps(school)
            for act in ("check", "skip", "flag", "next", "go", "save"):
                await one.trigger("card", "act", {**message, "act": act, "wanted": True, "wanted_position": 1})
                assert one.data("card")["notice"]
                assert one.data("card")["item"] != message["item"]
            # at her own address, as the first message of a session
            card, page_hash = hers.find("card").id, hers._page_hash
            forged = tab(school, pond.teachers, "practice", pond.hers)
            forged._page_hash = page_hash
            await forged.open(run=False)
            for act in ("check", "end"):
                await forged.trigger_by_id(card, "act", {**message, "act": act})
                assert "This quiz is not here." in forged.text()
            await forged.close()
            await hers.rerun()

            assert steps(school) == before
            assert hers.data("card")["feedback"] is None

    asyncio.run(story())
