"""A class at the pond with questions that name mix-ups, one about a danger, and one whose answer is written."""

from pathlib import Path

import pytest
from makers import option, question, write_bank
from services.classes.conftest import ann, ben, group, teacher

from quizlib.config import Settings

__all__ = ["ann", "ben", "group", "teacher"]


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Frog and heron take the toad for a mix-up; the newt is an emergency; the mole in the meadow is plain."""
    mixed_up = [option("frog", True), option("toad", misconception="toad-for-frog"), option("newt")]
    questions = [
        question("frog", options=mixed_up),
        question("heron", options=mixed_up),
        question("newt", action="emergency"),
        question("mole", "meadow"),
        question("leap", "meadow", kind="short_text", answers=["salamander"], why="It is black and yellow."),
    ]
    return Settings(database_url=database_url, questions=write_bank(tmp_path / "questions", questions))
