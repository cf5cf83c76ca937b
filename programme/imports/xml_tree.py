"""The bytes of an XML file as a tree, or one clear sentence why not."""

from xml.etree.ElementTree import Element, ParseError, TreeBuilder  # nosec B405 # the types alone; defusedxml parses

from defusedxml import DefusedXmlException, DTDForbidden, EntitiesForbidden, ExternalReferenceForbidden
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

from programme.imports.mending import DECLARED, is_utf8, is_utf8_in_disguise, mended
from programme.imports.rows import Refused

MOST_BYTES = 100 * 1024 * 1024
MOST_DEPTH = 60  # elements inside each other; a schedule has seven
MOST_ELEMENTS = 1_000_000  # and attributes; a schedule of a thousand events has fifty thousand


def read_tree(body: bytes) -> tuple[Element, bool]:
    """(the root element, whether the XML had to be mended), names in small letters and without namespaces.

    Raises Refused for what is not XML, or is XML that attacks.
    """
    refuse_other_kinds(body)
    root, error = parsed(body)
    if root is not None and not is_utf8_in_disguise(body):
        return root, False
    root, _error = parsed(mended(body))
    if root is None:
        raise Refused(why_not_xml(body, error)) from error
    return root, True


def parsed(body: bytes | str) -> tuple[Element | None, Exception | None]:
    """(root, None), or (None, why it is not well-formed). Raises Refused where it attacks."""
    try:
        parser = DefusedXMLParser(target=Bounded())
        parser.feed(body)
        return parser.close(), None
    except (EntitiesForbidden, ExternalReferenceForbidden, DTDForbidden) as error:
        raise Refused(_("The file defines entities of its own, which is not safe to read.")) from error
    except Refused:
        raise
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        return None, error


class Bounded(TreeBuilder):
    """A tree that does not grow beyond what a schedule can be: a small file may hold elements without end."""

    def __init__(self):
        super().__init__()
        self.depth = self.count = 0

    def start(self, tag, attributes):
        self.depth += 1
        self.count += 1 + len(attributes)
        if self.depth > MOST_DEPTH:
            raise Refused(_("The elements of the file are nested too deeply for a schedule."))
        if self.count > MOST_ELEMENTS:
            raise Refused(_("The file has more than a million elements, which no schedule has."))
        return super().start(plain(tag), {plain(name): value for name, value in attributes.items()})

    def end(self, tag):
        self.depth -= 1
        return super().end(plain(tag))


def plain(name):
    return name.rpartition("}")[2].lower()


def refuse_other_kinds(body):
    start = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not body.strip():
        raise Refused(_("The file is empty."))
    if len(body) > MOST_BYTES:
        raise Refused(_("The file is larger than %(size)d MB.") % {"size": MOST_BYTES // 1024 // 1024})
    if body.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"%PDF")):
        raise Refused(
            _("This is a spreadsheet, a PDF or a packed file; a schedule.xml of frab, Pentabarf or pretalx is needed.")
        )
    if start.startswith((b"{", b"[")):
        raise Refused(_("This is a JSON file; a schedule.xml of frab, Pentabarf or pretalx is needed."))
    if start.startswith(b"begin:vcalendar"):
        raise Refused(_("This is a calendar file; a schedule.xml of frab, Pentabarf or pretalx is needed."))
    if start.startswith((b"<!doctype html", b"<html")):
        raise Refused(_("This is a web page; a schedule.xml of frab, Pentabarf or pretalx is needed."))


def why_not_xml(body, error):
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        return _("This is not an XML file; a schedule.xml of frab, Pentabarf or pretalx is needed.")
    if not isinstance(error, ParseError):
        return _("The file is in a character encoding that cannot be read; save it as UTF-8.")
    declared = DECLARED.match(body)
    if not declared and not is_utf8(body) and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _("The file is not in UTF-8, and does not say which character encoding it is in.")
    if declared and declared[1].lower() in (b"utf-8", b"utf8") and not is_utf8(body):
        return _("The file says that it is in UTF-8, but it is not; save it as UTF-8.")
    line, column = getattr(error, "position", (1, 0))
    return _("The XML is broken at line %(line)d, column %(column)d.") % {"line": line, "column": column + 1}


def words_of(element, path="") -> str:
    """The text of an element, or of the first child at a path, whitespace at the ends removed; "" without one."""
    found = element.find(path) if path else element
    return "" if found is None else (found.text or "").strip()
