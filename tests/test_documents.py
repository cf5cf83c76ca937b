"""Documents that staff upload, and how these and pictures are handed out."""

import io
import zipfile
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from conference.kept_files import keep_files
from conference.safety import NO_PAGE
from conference.uploads import a_document
from tests.factories import a_picture, make_material, make_person, make_session
from tests.files import SCRIPT, a_file
from tests.fuzzing import examples

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # of damaged metadata


def an_archive(*names, first=b"", **written):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, first if name == "mimetype" else b"x")
    return buffer.getvalue()


WORD = an_archive("[Content_Types].xml", "word/document.xml")
TEXT = an_archive("mimetype", "content.xml", first=b"application/vnd.oasis.opendocument.text")
RIGHT = {
    "rapport.pdf": b"%PDF-1.7\n%%EOF",
    "RAPPORT.PDF": b"%PDF-1.4\n",
    "brev.docx": WORD,
    "lysark.pptx": an_archive("[Content_Types].xml", "ppt/presentation.xml"),
    "tall.xlsx": an_archive("[Content_Types].xml", "xl/workbook.xml"),
    "brev.odt": TEXT,
    "alt.zip": an_archive("a/b.txt"),
    "les.txt": "Les meg, så forstår du".encode(),
    "bom.txt": b"\xef\xbb\xbfLes",
}
WRONG = {
    "side.html": b"<h1>hei</h1>",
    "tegning.svg": b"<svg/>",
    "program.exe": b"MZ",
    "rapport": b"%PDF-1.7",
    "rapport.pdf": SCRIPT + b"%PDF-1.7",
    "rapport.pdf.html": b"%PDF-1.7",
    "brev.docx": an_archive("[Content_Types].xml", "xl/workbook.xml"),
    "makro.docx": an_archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
    "brev.odt": an_archive("mimetype", first=b"application/vnd.oasis.opendocument.presentation"),
    "side.zip": SCRIPT + an_archive("a.txt"),
    "halv.zip": WORD[:60],
    "les.txt": b"\xff\xfe\x00a",
    "null.txt": b"a\0b",
    "tom.pdf": b"",
}


@pytest.mark.parametrize("name", RIGHT)
def test_documents_are_let_through(name):
    a_document(a_file(RIGHT[name], name))


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_what_its_name_says_is_refused(name):
    with pytest.raises(ValidationError) as refused:
        a_document(a_file(WRONG[name], name))
    assert len(refused.value.messages) == 1


def test_a_document_that_is_too_large_is_refused_without_being_read():
    file = a_file(b"%PDF-", "stor.pdf")
    file.size = 25 * 1024 * 1024
    file.file = None
    with pytest.raises(ValidationError, match="larger than 24 MB"):
        a_document(file)


@examples(60)
@given(
    st.sampled_from([WORD, TEXT]),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=12),
    st.integers(0, 300),
    st.sampled_from(["docx", "odt", "zip"]),
)
def test_a_damaged_document_is_let_through_or_refused_in_words(body, changes, cut, ending):
    damaged = bytearray(body[: len(body) - cut] or b"x")
    for place, value in changes:
        damaged[place % len(damaged)] = value
    with suppress(ValidationError):
        a_document(a_file(bytes(damaged), f"fil.{ending}"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["../../x/rapport.pdf", "\u202ejava\u0000.pdf", f"{'r' * 300}.pdf", "a b\r\nSet-Cookie: x.pdf"]
)
def test_the_name_of_a_document_is_made_harmless(client, name):
    material = make_material(make_session(), link="", file=a_file(RIGHT["rapport.pdf"], "rapport.pdf"))
    file = SimpleUploadedFile(name, RIGHT["rapport.pdf"])
    material.file.save(file.name, file)

    answer = client.get(material.file.url)

    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert "Set-Cookie" not in answer.headers
    path = material.file.name
    assert path.startswith("materials/")
    assert ".." not in path
    assert all(c.isalnum() or c in "/_-." for c in path)
    answer.close()


DOCUMENT_HEADERS = {
    "Content-Security-Policy": f"{NO_PAGE}; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Content-Disposition": "attachment",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "public, max-age=3600",
    "X-Accel-Expires": "60",
}


@pytest.mark.django_db
def test_documents_are_handed_out_and_pictures_shown_and_neither_can_do_anything_here(client):
    page = make_material(make_session(), link="", file=a_file(SCRIPT, "les.txt")).file
    document, picture = client.get(page.url), client.get(make_person(photo=a_picture()).photo.url)

    assert {name: document.headers[name] for name in DOCUMENT_HEADERS} == DOCUMENT_HEADERS
    assert document.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert picture.headers["Content-Type"] == "image/webp"
    assert picture.headers["Content-Security-Policy"] == f"{NO_PAGE}; sandbox"
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    assert picture.headers["Content-Disposition"].startswith("inline")
    for answer in (document, picture):
        answer.close()


@pytest.mark.django_db
def test_nothing_beside_pictures_and_documents_is_handed_out(client):
    keep_files({"photo": a_picture()})
    (kept,) = default_storage.listdir("unsaved")[1]
    make_person(photo=a_picture())
    for path in [
        *(f"unsaved/{kept}", "pictures/", "pictures", "pictures/x%00.webp", "pictures/../../plenum.sqlite3", "pictures//"),
        *("pictures/%2e%2e/%2e%2e/etc/passwd", "materials/..%2f..%2fetc/passwd", f"pictures/{'a' * 5000}", "pictures/\\..\\x"),
    ]:  # fmt: skip
        assert client.get(f"/media/{path}").status_code in (400, 404), path
