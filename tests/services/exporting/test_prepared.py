"""A file that was made waits for whoever had it made, for half an hour, and for nobody else."""

import errno
import os
import shutil
import stat
import tempfile
import time
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from services.classes.people import add

from quizlib.errors import NotFound, Refused, SignedOut
from quizlib.model.person import User
from quizlib.services.app import App
from quizlib.services.exporting import prepared
from quizlib.services.exporting.prepared import KEPT_SECONDS, Prepared, fetch, forget_old, prepare

LATER = KEPT_SECONDS + 60


def made(app: App, owner: User, name: str = "frogs", content: bytes = b"croak") -> Prepared:
    def write(file: BinaryIO) -> tuple[str, ...]:
        file.write(content)
        return ("The toads are left out.",)

    return prepare(app, owner, name, "csv", write)


def age(folder: Path, seconds: float) -> None:
    """Have everything in the folder be older."""
    for one in folder.iterdir():
        os.utime(one, (time.time() - seconds, time.time() - seconds))


@pytest.fixture
def ann(app: App) -> User:
    return add(app, "Ann Frog")


@pytest.fixture
def ben(app: App) -> User:
    return add(app, "Ben Toad")


def test_it_is_fetched_under_its_name_as_often_as_one_likes(app: App, ann: User):
    file = made(app, ann)

    assert (file.name, file.bytes, file.notes) == ("frogs.csv", 5, ("The toads are left out.",))
    for _ in range(2):
        assert fetch(ann, file.token).read_bytes() == b"croak"
        assert fetch(ann, file.token).name == "frogs.csv"


def test_with_the_token_of_another_there_is_nothing(app: App, ann: User, ben: User):
    token = made(app, ann).token

    for actor, tried in ((ben, token), (ann, token[:-1]), (ann, ""), (ann, "../" * 9), (ann, "frog\0")):
        with pytest.raises(NotFound, match="This file is not here"):
            fetch(actor, tried)


def test_whom_no_database_knows_gets_nothing(app: App, ann: User):
    token = made(app, ann).token
    nobody = ann.model_copy(update={"id": ann.id + 1000})

    with pytest.raises(SignedOut):
        fetch(nobody, token)


def test_two_files_of_one_name_are_two(app: App, ann: User):
    first, second = made(app, ann), made(app, ann, content=b"ribbit")

    assert first.token != second.token
    assert [fetch(ann, one.token).read_bytes() for one in (first, second)] == [b"croak", b"ribbit"]


def test_after_half_an_hour_it_is_gone(app: App, ann: User, folder: Path):
    token = made(app, ann).token
    age(folder, KEPT_SECONDS - 60)
    forget_old()
    assert fetch(ann, token)

    age(folder, LATER)
    with pytest.raises(NotFound):
        fetch(ann, token)
    assert list(folder.iterdir())
    forget_old()
    assert list(folder.iterdir()) == []


def test_making_one_takes_old_ones_away(app: App, ann: User, folder: Path):
    made(app, ann)
    age(folder, LATER)
    token = made(app, ann).token

    assert len(list(folder.iterdir())) == 1
    assert fetch(ann, token)


def test_half_an_hour_begins_when_it_is_made(app: App, ann: User, folder: Path):
    def slow(file: BinaryIO) -> tuple[str, ...]:
        age(folder, LATER)
        return ()

    assert fetch(ann, prepare(app, ann, "frogs", "csv", slow).token)


@pytest.mark.parametrize("trouble", [Refused("Toads."), KeyboardInterrupt(), NotFound("Toads.")])
def test_what_fails_in_the_middle_leaves_nothing(app: App, ann: User, folder: Path, trouble: BaseException):
    def fails(file: BinaryIO) -> tuple[str, ...]:
        file.write(b"half")
        raise trouble

    with pytest.raises(type(trouble)):
        prepare(app, ann, "frogs", "csv", fails)
    assert list(folder.iterdir()) == []
    assert made(app, ann)


@pytest.mark.parametrize(("number", "said"), [(errno.ENOSPC, "the disk is full"), (errno.EACCES, "Permission denied")])
def test_a_disk_that_refuses_is_a_sentence(app: App, ann: User, folder: Path, number: int, said: str):
    def fails(file: BinaryIO) -> tuple[str, ...]:
        raise OSError(number, os.strerror(number))

    with pytest.raises(Refused, match=f"The file could not be made: {said}"):
        prepare(app, ann, "frogs", "csv", fails)
    assert list(folder.iterdir()) == []


def test_nothing_is_found_before_it_is_whole(app: App, ann: User, folder: Path):
    seen: list[list[str]] = []

    def write(file: BinaryIO) -> tuple[str, ...]:
        seen.append([one.name for one in folder.iterdir()])
        return ()

    file = prepare(app, ann, "frogs", "csv", write)
    assert fetch(ann, file.token).parent.name not in seen[0]


@given(name=st.text(max_size=200))
def test_any_name_is_one_that_a_system_takes(name: str):
    found = prepared._file_name(name)

    assert found
    assert len(found.encode()) <= 80
    assert not set(found) & set('/\\:*?"<>|\0.\n ')


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Frogs 101 answers 2026-11-21", "Frogs-101-answers-2026-11-21"),
        ("../../etc/passwd", "etc-passwd"),
        ("Zoë’s Frösche", "Zoë-s-Frösche"),
        ("蛙" * 60, "蛙" * 26),
        ("🐸", "answers"),
    ],
)
def test_names_keep_letters_and_digits(name: str, file: str):
    assert prepared._file_name(name) == file


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder as it is without a test: one of the user's, among the temporary files of everybody."""
    monkeypatch.undo()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path / f"rootlet-{os.getuid()}"


def test_other_users_see_nothing_in_the_folder(shared: Path):
    assert prepared._own_folder() == shared
    assert stat.S_IMODE(shared.stat().st_mode) == 0o700
    shared.chmod(0o755)
    prepared._own_folder()
    assert stat.S_IMODE(shared.stat().st_mode) == 0o700


def test_a_link_that_somebody_else_laid_is_not_followed(shared: Path, tmp_path: Path):
    elsewhere = tmp_path / "elsewhere"
    (elsewhere / "precious").mkdir(parents=True)
    os.utime(elsewhere / "precious", (0, 0))
    shared.symlink_to(elsewhere)

    forget_old()
    with pytest.raises(Refused, match="belongs to somebody else"):
        prepared._own_folder()
    assert (elsewhere / "precious").is_dir()


def test_a_folder_of_somebody_else_is_left_alone(shared: Path, monkeypatch: pytest.MonkeyPatch):
    (prepared._own_folder() / "theirs").mkdir()
    age(shared, LATER)
    monkeypatch.setattr(prepared, "_folder", lambda: shared)
    monkeypatch.setattr(prepared, "_me", lambda: os.getuid() + 1)

    forget_old()
    with pytest.raises(Refused, match="belongs to somebody else"):
        prepared._own_folder()
    assert (shared / "theirs").is_dir()


def test_without_a_folder_there_is_nothing_to_forget(shared: Path):
    shutil.rmtree(shared, ignore_errors=True)
    forget_old()

    assert not shared.exists()
