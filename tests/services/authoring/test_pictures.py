"""A picture that an instructor gives is stored once, small enough, and without what the camera noted."""

import pytest
import sqlalchemy as sa
from drawn import bomb, decoded, encoded, frog
from makers import on_sqlite
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from quizlib.bank.pictures import LARGEST, picture_file
from quizlib.errors import NotAllowed, NotFound, Refused, SignedOut
from quizlib.model.person import Role, User
from quizlib.services.app import App
from quizlib.services.authoring import pictures
from quizlib.store.tables import media

TURNED = 6  # held upright: what is stored lies on its side
ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def rows(app: App) -> int:
    with app.database.read() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(media)) or 0


def stored(learner: User, content: bytes) -> Image.Image:
    """Take a picture and give what is stored of it."""
    return decoded(pictures.read(learner, pictures.take(learner, content)).content)


def test_a_picture_is_stored_under_a_name_that_tells_a_learner_nothing(app: App, learner: User):
    name = pictures.take(learner, encoded())
    found = pictures.read(learner, name)

    assert name == f"picture-{found.content_hash[:16]}.png"
    assert picture_file(name, found.content).name == name
    assert (found.type, found.width, found.height) == ("image/png", 60, 40)
    assert decoded(found.content).getpixel((59, 0)) == (60, 200, 60)
    assert pictures.sizes({name, "toad.png"}) == {name: (60, 40)}


def test_the_same_picture_twice_is_stored_once(app: App, learner: User):
    first = pictures.take(learner, encoded())

    assert pictures.take(learner, encoded()) == first
    assert rows(app) == 1


def test_another_picture_has_a_name_of_its_own(app: App, learner: User):
    names = {pictures.take(learner, encoded(image=frog(width))) for width in (60, 61)}

    assert len(names) == rows(app) == 2


def test_what_the_camera_noted_is_gone_and_the_picture_stands_upright(app: App, learner: User):
    noted = Image.Exif()
    noted[ORIENTATION], noted[MAKER] = TURNED, "Croak Inc."
    noted[GPS] = {1: "N", 2: (51.0, 30.0, 0.0)}
    given = encoded("JPEG", exif=noted, comment=b"croak", icc_profile=b"croak" * 30)
    found = stored(learner, given)

    assert decoded(given).getexif()[MAKER] == "Croak Inc."
    assert dict(found.getexif()) == {}
    assert set(found.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
    assert found.size == (40, 60)
    above, below = found.getpixel((20, 5)), found.getpixel((20, 55))
    assert above < below  # the dark half has come up


@on_sqlite
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_no_other_type_keeps_them_either(app: App, learner: User, kind: str):
    noted = Image.Exif()
    noted[MAKER] = "Croak Inc."
    found = pictures.read(learner, pictures.take(learner, encoded(kind, exif=noted)))

    assert b"Croak" in encoded(kind, exif=noted)
    assert b"Croak" not in found.content


@on_sqlite
@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_shows_through_still_does(app: App, learner: User, mode: str):
    image = frog(mode="RGBA")
    image.putpixel((0, 0), (0, 0, 0, 0))
    given = image.convert("LA") if mode == "LA" else image
    found = stored(learner, encoded(image=given.quantize() if mode == "P" else given))

    assert (found.format, found.mode) == ("PNG", "RGBA")
    assert found.getpixel((0, 0))[3] == 0
    assert found.getpixel((59, 39))[3] == 255


@on_sqlite
@pytest.mark.parametrize("mode", ["1", "L", "I;16", "CMYK", "P"])
def test_any_colours_can_be_taken(app: App, learner: User, mode: str):
    image = Image.new(mode, (60, 40), 40_000) if mode == "I;16" else frog(mode=mode)
    found = stored(learner, encoded("JPEG" if mode == "CMYK" else "PNG", image))

    assert found.mode == "RGB"
    if mode == "I;16":
        assert found.getpixel((0, 0)) == (156, 156, 156)


@on_sqlite
@pytest.mark.parametrize(("width", "height", "stored_as"), [(3200, 800, (1600, 400)), (500, 2000, (400, 1600))])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_large_picture_is_scaled_down(
    app: App, learner: User, kind: str, width: int, height: int, stored_as: tuple[int, int]
):
    name = pictures.take(learner, encoded(kind, frog(width, height)))

    assert decoded(pictures.read(learner, name).content).size == stored_as
    assert pictures.sizes([name]) == {name: stored_as}


@on_sqlite
def test_a_picture_that_is_much_too_much_as_png_is_not_one_any_more(app: App, learner: User):
    image = Image.effect_noise((1600, 1200), 90).convert("RGB")
    image.putalpha(Image.effect_noise((1600, 1200), 90))
    content = encoded(image=image)
    name = pictures.take(learner, content)
    found = pictures.read(learner, name)

    assert name.endswith(".webp")
    assert len(found.content) < LARGEST < len(content)
    assert picture_file(name, found.content).name == name


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>croak()</script></svg>'


@on_sqlite
@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "The file is empty.", id="empty"),
        pytest.param(SVG, "The file is an SVG drawing", id="SVG"),
        pytest.param(b"\xef\xbb\xbf\n<svg/>", "The file is an SVG drawing", id="SVG after a mark"),
        pytest.param(encoded("GIF"), "The file is a GIF.", id="GIF"),
        pytest.param(encoded("BMP"), "The file is a bitmap", id="BMP"),
        pytest.param(encoded("TIFF"), "The file is a TIFF.", id="TIFF"),
        pytest.param(b"\0\0\0\x18ftypheic" + bytes(100), "The file is a HEIC", id="HEIC"),
        pytest.param(b"\0\0\0\x18ftypisom" + bytes(100), "The file is a film.", id="film"),
        pytest.param(b"MZ" + bytes(200), "The file is a program.", id="program"),
        pytest.param(b"%PDF-1.7", "The file is a PDF.", id="PDF"),
        pytest.param(b"<!DOCTYPE html><p>", "The file is a web page.", id="page"),
        pytest.param(b"PK\3\4" + bytes(100), "The file is an archive or a document.", id="document"),
        pytest.param(b"ribbit ribbit", "The file is not a picture.", id="words"),
        pytest.param(encoded()[:-40], "The picture is broken", id="half a PNG"),
        pytest.param(encoded("JPEG", frog(600, 400))[:-400], "The picture is broken", id="half a JPEG"),
        pytest.param(encoded("WEBP")[:-10], "The picture is broken", id="half a WebP"),
        pytest.param(bomb(), "more than 40 million pixels", id="bomb"),
        pytest.param(encoded(image=Image.new("1", (8000, 5001))), "more than 40 million pixels", id="too many pixels"),
        pytest.param(bytes(50 * 1024 * 1024), "The picture has 50 MB; it may have 8 at most.", id="50 MB"),
    ],
)
def test_what_is_no_picture_is_refused_with_what_it_is_and_what_to_do(
    app: App, learner: User, content: bytes, said: str
):
    with pytest.raises(Refused) as refusal:
        pictures.take(learner, content)

    assert said in str(refusal.value)
    assert str(refusal.value).count(".") >= 2
    assert rows(app) == 0


@on_sqlite
def test_a_text_of_gigabytes_in_a_picture_is_not_unpacked(app: App, learner: User):
    info = PngInfo()
    info.add_text("croak", "croak" * 40_000_000, zip=True)
    content = encoded(pnginfo=info)

    assert len(content) < 1_000_000
    with pytest.raises(Refused, match="broken"):
        pictures.take(learner, content)


@on_sqlite
def test_a_renamed_file_is_known_by_its_content(app: App, learner: User):
    assert pictures.take(learner, encoded("JPEG")).endswith(".jpg")


def test_only_an_instructor_may_give_one(app: App, learner: User):
    student = learner.model_copy(update={"roles": frozenset({Role.STUDENT})})

    with pytest.raises(NotAllowed):
        pictures.take(student, encoded())
    assert rows(app) == 0


def test_only_somebody_may_look_at_one(app: App, learner: User, stranger: User):
    name = pictures.take(learner, encoded())

    with pytest.raises(SignedOut):
        pictures.read(stranger, name)
    for other in ("toad.png", "", "frog\0.png", "\ud800.png", "x" * 5000 + ".png"):
        with pytest.raises(NotFound):
            pictures.read(learner, other)


def test_it_is_noted_who_gave_it_and_when(app: App, learner: User):
    pictures.take(learner, encoded())
    with app.database.read() as connection:
        row = connection.execute(sa.select(media.c.saved_by, media.c.saved_at)).one()

    assert row == (learner.id, app.clock())
