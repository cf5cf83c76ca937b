"""Pictures that staff upload, and what becomes of them."""

import io
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from conference import pictures
from conference.pictures import encodings, open_picture
from speakers.models import Person
from tests.factories import a_picture, make_person, make_superuser
from tests.files import SCRIPT, a_file, bomb, drawn
from tests.forms import errors_on, open_form
from tests.fuzzing import examples

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # of damaged metadata

NOT_READ = "Vi kan ikke lese dette bildet. Bruk JPEG, PNG, WebP eller GIF."


def stored(body: bytes) -> dict[str, bytes]:
    return encodings(open_picture(a_file(body)))


def full_of_words():
    """A JPEG with everything that a camera and an editor write beside the picture, GPS too."""
    exif = Image.Exif()
    exif[0x010E] = exif[0x013B] = "zebra"
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 54.0, 0.0), 29: "zebra"})
    return drawn(
        form="JPEG", exif=exif, comment=b"zebra", xmp=b"<x:xmpmeta>zebra</x:xmpmeta>", icc_profile=b"zebra profile"
    )


def png_with_text():
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "zebra")
    info.add_itxt("XML:com.adobe.xmp", "zebra", zip=True)
    return drawn(pnginfo=info)


def profile_that_calls_red_blue():
    """The profile of sRGB, its colours of red and blue taken for one another."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"....", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"....", b"bXYZ", 1)


def film(form):
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("#c00", "#0c0", "#00c")]
    buffer = io.BytesIO()
    frames[0].save(buffer, form, save_all=True, append_images=frames[1:])
    return buffer.getvalue()


@pytest.mark.parametrize("body", [full_of_words(), png_with_text(), full_of_words() + SCRIPT])
def test_nothing_but_the_picture_is_kept_of_a_picture(body):
    assert b"zebra" in body
    for name, kept in stored(body).items():
        assert b"zebra" not in kept
        assert kept.startswith(b"RIFF")
        with Image.open(io.BytesIO(kept)) as image:
            assert (image.format, image.size) == ("WEBP", (64, 48)), name
            assert not ({"exif", "xmp", "icc_profile", "comment"} & set(image.info))


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
def test_of_a_film_the_first_picture_is_kept(form):
    (kept,) = stored(film(form)).values()
    with Image.open(io.BytesIO(kept)) as image:
        assert getattr(image, "n_frames", 1) == 1
        assert image.convert("RGB").getpixel((20, 15))[0] > 180


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (drawn("CMYK", form="JPEG", colour=(0, 0, 0, 0)), (255, 255, 255)),
        (drawn("CMYK", form="JPEG", colour=(0, 255, 255, 0)), (255, 0, 0)),
        (drawn("I;16", colour=0x8000), (128, 128, 128)),
        (drawn("1", colour=1), (255, 255, 255)),
        (drawn("LA", colour=(200, 255)), (200, 200, 200)),
        (drawn("P", form="GIF", colour=0), (0, 0, 0)),
        (drawn(form="JPEG", colour=(255, 0, 0), icc_profile=profile_that_calls_red_blue()), (0, 0, 255)),
        (drawn("RGBA", colour=(255, 0, 0, 255), icc_profile=profile_that_calls_red_blue()), (0, 0, 255)),
        (drawn(form="JPEG", colour=(255, 0, 0), icc_profile=b"no profile"), (255, 0, 0)),
    ],
)
def test_pictures_of_every_kind_of_colour_look_as_they_did(body, expected):
    (kept,) = stored(body).values()
    with Image.open(io.BytesIO(kept)) as image:
        found = image.convert("RGB").getpixel((30, 20))
    assert all(abs(a - b) < 12 for a, b in zip(found, expected, strict=True)), found


def test_a_picture_stands_as_the_camera_was_held_and_lies_where_it_says_nonsense():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert [Image.open(io.BytesIO(b)).size for b in stored(drawn(form="JPEG", exif=exif)).values()] == [(48, 64)]
    broken = drawn(form="JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\x12\x01\x03\0" * 9)
    assert [Image.open(io.BytesIO(b)).size for b in stored(broken).values()] == [(64, 48)]


@pytest.mark.parametrize(("width", "height"), [(8000, 8000), (30000, 30000), (2**31 - 1, 2**31 - 1), (1, 2**31 - 1)])
def test_a_small_file_with_endless_pixels_is_refused_before_it_takes_memory(width, height, monkeypatch):
    monkeypatch.setattr(Image.Image, "load", None)  # nothing is decoded
    with pytest.raises(
        ValidationError, match="60 million pixels" if width == 8000 else "."
    ):  # the others Pillow refuses
        open_picture(a_file(bomb(width, height)))


def test_of_a_large_jpeg_no_more_is_decoded_than_is_shown(monkeypatch):
    sizes, decode = [], pictures.upright
    monkeypatch.setattr(pictures, "upright", lambda image: sizes.append(image.size) or decode(image))
    assert len(stored(drawn(size=(7600, 7600), form="JPEG", quality=20))) == 3
    assert sizes == [(1900, 1900)]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"GIF89a",
        SCRIPT,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7\n" + SCRIPT,
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        drawn(form="TIFF"),
        drawn(form="BMP"),
        drawn(form="ICO"),
        drawn(size=(300, 300), form="JPEG")[:500],
        drawn(size=(300, 300))[:200],
    ],
)
def test_what_is_no_picture_of_the_web_is_refused_whatever_its_name(body):
    for name in ("bilde.jpg", "bilde.svg", "bilde"):
        with pytest.raises(ValidationError, match="This is not a picture we can read"):
            open_picture(a_file(body, name))


WHOLE = [drawn(form="JPEG", size=(40, 30)), drawn(size=(40, 30)), drawn(form="WEBP", size=(40, 30)), film("GIF"), full_of_words()]  # fmt: skip


@examples(100)
@given(
    st.sampled_from(WHOLE),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=20),
    st.integers(0, 400),
)
def test_a_damaged_picture_is_shown_or_refused_in_words(body, changes, cut):
    damaged = bytearray(body[: len(body) - cut] or b"x")
    for place, value in changes:
        damaged[place % len(damaged)] = value
    with suppress(ValidationError):
        assert all(kept.startswith(b"RIFF") for kept in stored(bytes(damaged)).values())


# --- In the admin


@pytest.mark.django_db
@pytest.mark.parametrize("body", [b"<svg/>", bomb(9000, 9000), drawn(size=(300, 300), form="JPEG")[:500]])
def test_staff_are_told_in_their_language_and_nothing_else_is_lost(client, body):
    client.force_login(make_superuser())
    address = f"/admin/speakers/person/{make_person('Kari Nordmann').pk}/change/"
    form = open_form(client, address)

    answer = client.post(address, form | {"name": "Kari Olsen", "photo": a_file(body, "kari.jpg")})

    assert len(errors_on(answer)) == 1
    assert errors_on(answer)[0] in (NOT_READ, "Bildet har mer enn 60 millioner piksler. Velg et mindre.")
    assert 'value="Kari Olsen"' in answer.text
    assert not default_storage.exists("pictures")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["../../../etc/kari.jpg", "\u202egpj.irak.jpg", f"{'k' * 300}.jpg", "CON.jpg", ".jpg", "kari;jpg"]
)
def test_the_name_of_a_picture_goes_nowhere(client, name):
    client.force_login(make_superuser())
    address = "/admin/speakers/person/add/"
    form = open_form(client, address) | {"name": "Kari Nordmann", "photo": a_file(a_picture().read(), name)}

    answer = client.post(address, form)

    assert answer.status_code == 302, errors_on(answer)
    assert Person.objects.get().photo.name.startswith("pictures/")
    assert "kari" not in Person.objects.get().photo.name
