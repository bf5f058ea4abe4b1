"""A question shows a picture of the folder beside the topics, and says what is seen in it."""

from pathlib import Path

import pytest
import yaml
from drawn import LEAF, bomb, encoded, frog, put, shows
from hypothesis import given
from hypothesis import strategies as st
from makers import only_problem, question, write_bank
from PIL import Image

from quizlib.bank.files import read_bank
from quizlib.bank.pictures import LARGEST, Pictures, Unfit, picture_file, write_pictures
from quizlib.bank.writing import question_schema, question_yaml, write_question
from quizlib.bank.yaml_text import read_yaml
from quizlib.kinds import asked_hash, content_hash, content_of, question_from
from quizlib.model.question import Question

SHOWN = question("frog", **shows())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_bank(tmp_path / "questions", [SHOWN, question("toad")])


def test_a_question_with_its_picture_is_read(folder: Path):
    put(folder)
    bank = read_bank(folder)

    assert bank.problems == []
    assert bank.questions["frog"] == SHOWN
    assert list(bank.pictures) == ["frog.png"]


@pytest.mark.parametrize(
    ("kind", "name"), [("PNG", "a.png"), ("JPEG", "a.jpg"), ("JPEG", "a.jpeg"), ("WEBP", "a.webp")]
)
def test_a_picture_is_png_jpeg_or_webp(kind: str, name: str):
    found = picture_file(name, encoded(kind))

    assert (found.width, found.height) == (60, 40)
    assert found.type == f"image/{kind.lower()}"


def test_a_picture_that_is_missing_is_told_with_file_line_and_field(folder: Path):
    problem = only_problem(folder)

    assert problem.where == "questions/pond/frog.yaml:4, picture.file"
    assert problem.what == "There is no picture questions/pictures/frog.png."
    assert problem.fix


MOVING = encoded("WEBP", save_all=True, append_images=[Image.new("RGB", (60, 40))])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "The file is empty.", id="empty"),
        pytest.param(b"ribbit", "The file is not a picture.", id="text"),
        pytest.param(encoded("JPEG"), "It is a JPEG picture.", id="another type"),
        pytest.param(encoded("GIF"), "The file is a GIF.", id="GIF"),
        pytest.param(b"<svg><script>croak()</script></svg>", "an SVG drawing", id="SVG"),
        pytest.param(encoded(image=frog(4001, 1)), "4001 × 1 pixels", id="wide"),
        pytest.param(bomb(), "more than 40 million pixels", id="bomb"),
        pytest.param(encoded()[:-30], "broken", id="cut"),
        pytest.param(b"\0" * (LARGEST + 1), "it may have 4 at most", id="large"),
        pytest.param(MOVING, "The picture moves.", id="moving"),
    ],
)
def test_a_picture_that_cannot_be_shown_is_told(folder: Path, content: bytes, said: str):
    put(folder, content=content)
    problem = only_problem(folder)

    assert "frog.yaml:4, picture.file" in problem.where
    assert "frog.png" in problem.what
    assert said in problem.what
    assert problem.fix


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("left", [0.1, 0.5, 0.9])
def test_a_picture_of_which_part_is_missing_is_broken(kind: str, left: float):
    whole = encoded(kind, Image.effect_noise((90, 90), 60).convert("RGB"))

    with pytest.raises(Unfit, match="broken"):
        picture_file(f"a.{'jpg' if kind == 'JPEG' else kind.lower()}", whole[: int(len(whole) * left)])


WHOLE = [encoded("PNG"), encoded("JPEG"), encoded("WEBP")]


@given(st.sampled_from(WHOLE), st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=6), st.data())
def test_whatever_bytes_are_it_is_a_picture_or_told(whole: bytes, changes: list[tuple[int, int]], data: st.DataObject):
    content = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for place, value in changes:
        if place < len(content):
            content[place] = value
    said: list[str] = []
    for name in ("a.png", "a.jpg", "a.webp"):
        try:
            assert picture_file(name, bytes(content)).width > 0
        except Unfit as unfit:
            said.append(str(unfit))
    assert all(one.endswith(".") for one in said)


def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path):
    (tmp_path / "secret.png").write_bytes(encoded())
    (folder / "pictures").mkdir()
    (folder / "pictures" / "frog.png").symlink_to(tmp_path / "secret.png")

    assert "link out of the folder" in only_problem(folder).what


def test_a_folder_in_its_place_is_told(folder: Path):
    (folder / "pictures" / "frog.png").mkdir(parents=True)

    assert "cannot be read" in only_problem(folder).what


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("file", "Frog.PNG", "lower-case letters"),
        ("file", "../frog.png", "lower-case letters"),
        ("file", "frog.gif", "ends in .png"),
        ("description", "A frog", "not described"),
        ("description", "", "not described"),
        ("description", "frog " * 200, "more than 600 characters"),
    ],
)
def test_a_name_or_description_that_will_not_do_is_told(folder: Path, field: str, value: str, said: str):
    path = folder / "pond" / "frog.yaml"
    text = path.read_text(encoding="utf-8")
    old = {"file": "frog.png", "description": LEAF}[field]
    path.write_text(text.replace(f"{field}: {old}", f"{field}: '{value}'"), encoding="utf-8")
    problem = only_problem(folder)

    assert problem.where.endswith(f", picture.{field}")
    assert said in problem.what


def test_a_picture_needs_its_description(folder: Path):
    path = folder / "pond" / "frog.yaml"
    kept = [line for line in path.read_text(encoding="utf-8").splitlines() if "description" not in line]
    path.write_text("\n".join(kept), encoding="utf-8")
    problem = only_problem(folder)

    assert problem.where.endswith(", picture.description")
    assert problem.what == "The field is missing."


def test_one_picture_that_is_missing_is_told_by_every_question_that_shows_it(folder: Path):
    write_question(folder, question("newt", **shows()))
    places = [problem.where for problem in read_bank(folder).problems]

    assert places == [f"questions/pond/{name}.yaml:4, picture.file" for name in ("frog", "newt")]


def test_the_folder_of_pictures_is_no_topic(folder: Path):
    put(folder)
    (folder / "pictures" / "newt.yaml").write_text("kind: choice\n", encoding="utf-8")
    bank = read_bank(folder)

    assert [problem.where for problem in bank.problems] == ["questions/pictures/newt.yaml"]
    assert set(bank.questions) == {"frog", "toad"}


def test_a_picture_that_no_question_shows_is_told(folder: Path):
    put(folder)
    put(folder, "toad.jpg")
    put(folder, ".hidden")
    bank = read_bank(folder)

    assert bank.problems == []
    assert [problem.where for problem in bank.unused] == ["questions/pictures/toad.jpg"]


def test_where_a_question_cannot_be_read_no_picture_is_called_unused(folder: Path):
    put(folder)
    put(folder, "toad.jpg")
    (folder / "pond" / "newt.yaml").write_text("kind: riddle\n", encoding="utf-8")

    assert read_bank(folder).unused == []


def test_a_part_of_a_case_may_show_one(folder: Path):
    put(folder)
    case = {"vignette": "A walk.", "parts": [content_of(question()), content_of(question(**shows()))]}
    (folder / "pond" / "walk.case.yaml").write_text(yaml.safe_dump(case), encoding="utf-8")
    bank = read_bank(folder)

    assert bank.problems == []
    assert [bank.questions[f"walk.{n}"].picture is None for n in (1, 2)] == [True, False]


def test_a_row_of_a_family_may_show_its_own(folder: Path):
    put(folder)
    put(folder, "croak.png")
    (folder / "pond" / "calls.family.yaml").write_text(
        f"""\
kind: choice
level: recall
picture: {{file: "{{sign}}.png", description: "{LEAF} It says {{sign}}."}}
stem: Who is this, with the sign {{sign}}?
answers: {{frog: Frog, toad: Toad, newt: Newt}}
takeaway: It is a {{sign}}.
explanation: Long hind legs make a jumper.
sources: [{{reference: R-FR-1}}]
checked: 2026-11-20
rows:
  one: {{sign: frog, answer: frog, why: {{frog: It jumps., toad: It walks., newt: It swims.}}}}
  two: {{sign: croak, answer: toad, why: {{frog: It jumps., toad: It walks., newt: It swims.}}}}
""",
        encoding="utf-8",
    )
    bank = read_bank(folder)
    pictures = {name: one.picture.file for name, one in bank.questions.items() if one.picture}

    assert bank.problems == []
    assert pictures == {"frog": "frog.png", "calls.one": "frog.png", "calls.two": "croak.png"}


def test_what_is_written_is_read_as_it_was(folder: Path):
    content = encoded("JPEG")
    (path,) = write_pictures(folder, {"frog.jpg": content})

    assert [one.name for one in path.parent.iterdir()] == ["frog.jpg"]
    assert Pictures(folder).read("frog.jpg").content == content


def test_a_question_that_was_written_has_its_picture_before_the_question_line():
    names = list(read_yaml(question_yaml(SHOWN), "f").data)

    assert names[:4] == ["kind", "level", "picture", "stem"]
    assert question_from("frog", "pond", read_yaml(question_yaml(SHOWN), "f").data) == SHOWN


def test_editors_complete_and_check_it():
    schema = question_schema()["$defs"]["Picture"]

    assert schema["required"] == ["file", "description"]
    assert schema["properties"]["file"]["pattern"].endswith("(png|jpg|jpeg|webp)$")
    assert schema["properties"]["description"]["minLength"] == 10


@pytest.mark.parametrize(
    "other",
    [
        question("frog"),
        question("frog", **shows("newt.png")),
        question("frog", picture={"file": "frog.png", "description": "A frog that nobody can see."}),
    ],
    ids=["none", "another", "described anew"],
)
def test_the_picture_belongs_to_what_is_asked(other: Question):
    assert content_hash(other) != content_hash(SHOWN)
    assert asked_hash(other) != asked_hash(SHOWN)
