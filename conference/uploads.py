"""Documents that are uploaded, known by what is in them: their names say nothing that can be relied on.

Nothing is unpacked or rendered here. What is let through is never shown within the site either; see media.py.
"""

import zipfile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 24 * 1024 * 1024  # nginx takes 25 MB with the form around it
MOST_ENTRIES = 20_000  # of a zip file
OFFICE = {"docx": "word/", "pptx": "ppt/", "xlsx": "xl/"}
OPEN = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "odp": b"application/vnd.oasis.opendocument.presentation",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
DOCUMENTS = ["pdf", *OPEN, *OFFICE, "txt", "zip"]


def a_document(file):
    """Validator of a file newly uploaded: it is small enough, and what its name says."""
    if not file or getattr(file, "_committed", False):
        return
    if file.size > MOST_BYTES:
        raise ValidationError(_("The file is larger than 24 MB. Make it smaller, or give a link to it."))
    ending = file.name.rpartition(".")[2].lower()
    if ending not in DOCUMENTS:
        message = _("Files of the kind “%(ending)s” cannot be uploaded. Use one of these: %(kinds)s.")
        raise ValidationError(message % {"ending": ending[:20], "kinds": ", ".join(DOCUMENTS)})
    if not is_what_it_says(file, ending):
        message = _(
            "The name ends in “%(ending)s”, but that is not what is in the file. Save it anew, or give a link to it."
        )
        raise ValidationError(message % {"ending": ending})


def is_what_it_says(file, ending) -> bool:
    file.seek(0)
    try:
        if ending == "pdf":
            return file.read(5) == b"%PDF-"
        if ending == "txt":
            return is_text(file.read())
        return is_archive(file, ending)
    finally:
        file.seek(0)


def is_text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False


def is_archive(file, ending) -> bool:
    """A zip file from its first byte, with the parts that its kind must have, and no macros in what is no plain zip."""
    if file.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            first = archive.open(names[0]).read(100) if ending in OPEN and names[:1] == ["mimetype"] else b""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return False
    if len(names) > MOST_ENTRIES:
        return False
    if ending in OPEN:
        return first == OPEN[ending]
    if ending in OFFICE:
        return is_office(names, ending)
    return True


def is_office(names, ending) -> bool:
    has_macros = any(name.rpartition("/")[2].lower() == "vbaproject.bin" for name in names)
    return "[Content_Types].xml" in names and any(n.startswith(OFFICE[ending]) for n in names) and not has_macros
