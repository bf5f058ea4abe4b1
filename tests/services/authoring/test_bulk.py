"""Many questions at once: all that can be changed are, and what cannot is told."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from makers import write_case
from services.authoring.writing import asked, live_ids, published, saved, status

from quizlib.bank.files import read_bank
from quizlib.errors import NotAllowed, Refused
from quizlib.kinds import content_hash
from quizlib.model.authoring import Judgement, Status
from quizlib.model.person import User
from quizlib.services import bank
from quizlib.services.app import App
from quizlib.services.authoring import bulk, reviewing, versions
from quizlib.services.authoring.bulk import CASE_WHOLE, GENERATED, MOVED_WHOLE, NEW_WAITING, WAITING
from quizlib.store.content import questions as rows

FAMILY = {
    "kind": "choice",
    "level": "recall",
    "stem": "Who says {call}?",
    "option": "{name}",
    "right": "{name} says {call}, as everybody by the pond knows.",
    "wrong": "{name} says {call}, so it is not the one asked about.",
    "takeaway": "Calls tell.",
    "explanation": "Each has its own.",
    "sources": [{"reference": "R-FR-1"}],
    "checked": "2026-11-20",
    "rows": {
        one: {
            "name": one.title(),
            "call": call,
            "against": [other for other in ("duck", "crow", "owl") if other != one],
        }
        for one, call in (("duck", "quack"), ("crow", "caw"), ("owl", "hoo"))
    },
}


@pytest.fixture
def more(app: App) -> App:
    """A case of three parts and a generated set of three beside the four questions."""
    write_case(app.settings.questions)
    (app.settings.questions / "pond" / "calls.family.yaml").write_text(yaml.safe_dump(FAMILY), encoding="utf-8")
    assert bank.sync(app).problems == []
    return app


def test_a_tag_is_a_version_of_its_own_with_who_and_why(app: App, teacher: User):
    done = bulk.add_tag(teacher, ["frog", "mole"], "loud animals")

    assert (set(done.changed), done.unchanged, done.told) == ({"frog", "mole"}, 0, ())
    newest = versions.opened(teacher, "frog").versions[0]
    assert (newest.number, newest.saved_by, newest.note) == (2, teacher.id, "tagged loud-animals")
    assert asked(teacher, "mole").tags == ("loud-animals",)
    assert asked(teacher, "newt").tags == ()


def test_a_tag_is_given_once_and_taken_away_again(app: App, teacher: User):
    bulk.add_tag(teacher, ["frog"], "loud")

    assert bulk.add_tag(teacher, ["frog", "newt"], "loud") == bulk.Done(("newt",), 1)
    assert bulk.remove_tag(teacher, ["frog", "newt", "mole"], "loud") == bulk.Done(("frog", "newt"), 1)
    assert asked(teacher, "frog").tags == ()
    assert len(versions.opened(teacher, "frog").versions) == 3


@pytest.mark.parametrize("tag", ["", "   ", "żaba", "a" * 41, "a/b", "a.b", "<b>", "a\nb" * 20])
def test_what_can_be_no_tag_is_told(app: App, teacher: User, tag: str):
    with pytest.raises(Refused, match="letters without accents"):
        bulk.add_tag(teacher, ["frog"], tag)
    assert len(versions.opened(teacher, "frog").versions) == 1


def test_questions_move_and_are_asked_under_their_new_topic(app: App, teacher: User):
    done = bulk.move(teacher, ["frog", "mole"], "meadow")

    assert (done.changed, done.unchanged) == (("frog",), 1)
    assert asked(teacher, "frog").topic == "meadow"
    assert versions.opened(teacher, "frog").versions[0].note == "moved to meadow"
    with pytest.raises(Refused, match="no such topic"):
        bulk.move(teacher, ["frog"], "nowhere")


def test_a_case_moves_whole(more: App, teacher: User):
    done = bulk.move(teacher, ["walk.2", "frog"], "meadow")

    assert set(done.changed) == {"frog", "walk.1", "walk.2", "walk.3"}
    assert done.told == ((MOVED_WHOLE, ("walk.1", "walk.3")),)
    assert {asked(teacher, f"walk.{part}").topic for part in (1, 2, 3)} == {"meadow"}


def test_a_part_of_a_case_has_tags_of_its_own(more: App, teacher: User):
    assert bulk.add_tag(teacher, ["walk.2"], "loud").changed == ("walk.2",)


def test_a_generated_set_is_left_out_and_told(more: App, teacher: User):
    done = bulk.add_tag(teacher, ["calls.duck", "calls.owl", "frog"], "loud")

    assert done.changed == ("frog",)
    assert done.told == ((GENERATED, ("calls.duck", "calls.owl")),)
    assert bulk.move(teacher, ["calls.duck"], "meadow").changed == ()


def test_withdrawn_questions_are_not_asked_until_they_are_again(more: App, teacher: User):
    done = bulk.retire(teacher, ["frog", "walk.1", "calls.owl"])

    assert set(done.changed) == {"frog", "walk.1", "walk.2", "walk.3", "calls.owl"}
    assert done.told == ((CASE_WHOLE, ("walk.2", "walk.3")),)
    assert live_ids() == {"heron", "newt", "mole", "calls.duck", "calls.crow"}
    assert bulk.ask(teacher, ["frog", "newt"]) == bulk.Done(("frog",), 1)
    assert status(teacher, "frog") is Status.LIVE


def test_what_must_be_approved_first_stays_as_it_is(app: App, teacher: User, colleague: User):
    app.settings = replace(app.settings, must_be_approved=True)
    first = published(teacher)
    second = published(teacher, stem="Which of them sings by moonlight in the reeds?")
    reviewing.judge(colleague, second.version_id, Judgement.APPROVE)
    bulk.retire(teacher, ["mole"])

    done = bulk.ask(teacher, [first.question_id, second.question_id, "mole"])

    assert set(done.changed) == {second.question_id, "mole"}
    assert done.told == ((WAITING, (first.question_id,)),)
    assert status(teacher, first.question_id) is Status.DRAFT


def test_a_new_version_of_what_is_asked_waits_for_its_approval(app: App, teacher: User, colleague: User):
    app.settings = replace(app.settings, must_be_approved=True)

    done = bulk.add_tag(teacher, ["frog"], "loud")

    assert done == bulk.Done(("frog",), 0, ((NEW_WAITING, ("frog",)),))
    assert asked(teacher, "frog").tags == ()
    assert bulk.add_tag(teacher, ["frog"], "green").changed == ("frog",)
    opened = versions.opened(teacher, "frog")
    assert opened.newest.question.tags == ("loud", "green")
    reviewing.judge(colleague, opened.newest.id, Judgement.APPROVE)
    reviewing.publish(teacher, "frog")
    assert asked(teacher, "frog").tags == ("loud", "green")


def test_all_change_or_none(app: App, teacher: User, monkeypatch: pytest.MonkeyPatch):
    save, saves = rows.save_version, []

    def fails_at_the_third(*given: object, **more: object) -> int:
        saves.append(given)
        if len(saves) == 3:
            raise KeyboardInterrupt
        return save(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(rows, "save_version", fails_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        bulk.add_tag(teacher, ["frog", "heron", "newt", "mole"], "loud")

    assert {asked(teacher, one).tags for one in ("frog", "heron", "newt", "mole")} == {()}


def test_who_names_what_is_not_there_changes_nothing(app: App, teacher: User):
    assert bulk.add_tag(teacher, ["unicorn"], "loud") == bulk.Done(())
    assert bulk.retire(teacher, ["unicorn"]) == bulk.Done(())
    assert bulk.move(teacher, [], "meadow") == bulk.Done(())
    assert zipfile.ZipFile(io.BytesIO(bulk.export(teacher, ["unicorn"]))).namelist() == []


def test_the_files_of_a_choice_read_the_same_in_another_folder(more: App, teacher: User, tmp_path: Path):
    saved(teacher, "frog", takeaway="Frogs leap: always; “so”.")
    packed = bulk.export(teacher, ["frog", "mole", "walk.3", "calls.owl"])

    folder = tmp_path / "elsewhere"
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        assert set(file.namelist()) == {
            "pond/frog.yaml",
            "meadow/mole.yaml",
            "pond/walk.case.yaml",
            "pond/calls.owl.yaml",
        }
        file.extractall(folder)
    for name in ("topics.yaml", "sources.yaml", "misconceptions.yaml"):
        (folder / name).write_bytes((more.settings.questions / name).read_bytes())
    there = read_bank(folder)
    assert there.problems == []
    for one in ("frog", "mole", "walk.1", "walk.2", "walk.3", "calls.owl"):
        assert content_hash(there.questions[one]) == content_hash(asked(teacher, one))


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(tags=st.lists(st.sampled_from(["loud", "green", "L5", "C5-C6"]), max_size=6))
def test_to_tag_and_to_take_the_tags_away_is_to_change_nothing(app: App, teacher: User, tags: list[str]):
    before = asked(teacher, "frog")
    for tag in tags:
        bulk.add_tag(teacher, ["frog"], tag)
    assert set(asked(teacher, "frog").tags) == set(tags)
    for tag in tags:
        bulk.remove_tag(teacher, ["frog"], tag)

    assert asked(teacher, "frog") == before


def test_a_student_changes_nothing(app: App, ann: User):
    for act in (
        lambda: bulk.add_tag(ann, ["frog"], "loud"),
        lambda: bulk.move(ann, ["frog"], "meadow"),
        lambda: bulk.retire(ann, ["frog"]),
        lambda: bulk.export(ann, ["frog"]),
    ):
        with pytest.raises(NotAllowed):
            act()
