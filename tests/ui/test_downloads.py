"""The way to a file: a format is chosen, the file is made, and a link to it stands there as long as it is that file."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from quizlib.errors import Refused
from quizlib.model.person import User
from quizlib.services.exporting import answers, prepared
from quizlib.ui.parts.downloads import size


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """Give the address of an empty SQLite database: what is in the files is tested with the services, on both kinds."""
    return f"sqlite:///{tmp_path / 'quiz.db'}"


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(prepared, "_folder", lambda: tmp_path / "prepared")


def page() -> None:
    import streamlit as st

    from quizlib.services.exporting import answers
    from quizlib.ui.parts import downloads

    about = st.text_input("About", key="about")
    downloads.offer("mine", answers.mine, "Download my answers", answers.MINE, about)


@pytest.fixture
def shown(learner: User) -> AppTest:
    return AppTest.from_function(page, default_timeout=30).run()


def link(shown: AppTest) -> str | None:
    """Give the address of the file that is offered, or None."""
    assert not shown.exception
    found = [re.search(r'href="(/download/[^"]+)"', one.proto.body) for one in shown.get("html")]
    return next((one[1] for one in found if one), None)


def test_the_link_stands_there_when_the_file_is_made(shown: AppTest, learner: User):
    assert link(shown) is None
    shown.button(key="mine-make").click().run()
    address = link(shown)

    assert address is not None
    assert prepared.fetch(learner, address.rpartition("/")[2]).name.endswith(".csv")
    assert "It waits for half an hour, for you alone." in shown.caption[-1].value


def test_each_format_says_what_it_is_good_for(shown: AppTest):
    said = set()
    for one in answers.MINE:
        shown.segmented_control(key="mine-format").set_value(one).run()
        said.add(shown.caption[0].value)

    assert said == {one.about for one in answers.MINE.values()}


def test_another_format_is_another_file(shown: AppTest, learner: User):
    shown.button(key="mine-make").click().run()
    first = link(shown)
    shown.segmented_control(key="mine-format").set_value("json").run()
    assert link(shown) is None

    shown.button(key="mine-make").click().run()
    second = link(shown)
    assert second not in (None, first)
    assert prepared.fetch(learner, str(second).rpartition("/")[2]).suffix == ".json"


def test_what_is_about_something_else_is_not_offered_any_more(shown: AppTest):
    shown.button(key="mine-make").click().run()
    shown.text_input(key="about").set_value("frogs").run()
    assert link(shown) is None

    shown.text_input(key="about").set_value("").run()
    assert link(shown) is not None


def test_a_refusal_is_a_sentence_and_no_link(shown: AppTest, monkeypatch: pytest.MonkeyPatch):
    shown.button(key="mine-make").click().run()

    def refuse(*_: object) -> None:
        raise Refused("The toads are in the way. Try again.")

    monkeypatch.setattr(answers, "mine", refuse)
    shown.button(key="mine-make").click().run()

    assert [one.value for one in shown.text] == ["The toads are in the way. Try again."]
    assert link(shown) is None


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "1 KB"), (999, "1 KB"), (12_345, "12 KB"), (1_234_567, "1.2 MB"), (12_345_678, "12 MB"), (2e9, "2,000 MB")],
)
def test_a_size_is_said_as_people_read_it(number: int, said: str):
    assert size(int(number)) == said
