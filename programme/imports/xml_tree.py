"""The bytes of an XML file as a tree, or one clear sentence why not."""

from xml.etree.ElementTree import Element, ParseError, TreeBuilder  # nosec B405 # the types alone; defusedxml parses

from defusedxml import DefusedXmlException, DTDForbidden, EntitiesForbidden, ExternalReferenceForbidden
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

from programme.imports.rows import Refused

MOST_BYTES = 100 * 1024 * 1024
MOST_DEPTH = 60  # elements inside each other; a schedule has seven
MOST_ELEMENTS = 1_000_000  # and attributes; a schedule of a thousand events has fifty thousand


def read_tree(body: bytes) -> Element:
    """The root element, its names without namespaces. Raises Refused for what is not XML, or is XML that attacks."""
    refuse_other_kinds(body)
    try:
        parser = DefusedXMLParser(target=Bounded())
        parser.feed(body)
        root = parser.close()
    except (EntitiesForbidden, ExternalReferenceForbidden, DTDForbidden) as error:
        raise Refused(_("The file defines entities of its own, which is not safe to read.")) from error
    except Refused:
        raise
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Refused(why_not_xml(body, error)) from error
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    return root


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
        return super().start(tag, attributes)

    def end(self, tag):
        self.depth -= 1
        return super().end(tag)


def refuse_other_kinds(body):
    start = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not body.strip():
        raise Refused(_("The file is empty."))
    if len(body) > MOST_BYTES:
        raise Refused(_("The file is larger than %(size)d MB.") % {"size": MOST_BYTES // 1024 // 1024})
    if start.startswith((b"{", b"[")):
        raise Refused(_("This is a JSON file; a schedule.xml of frab, Pentabarf or pretalx is needed."))
    if start.startswith(b"begin:vcalendar"):
        raise Refused(_("This is a calendar file; a schedule.xml of frab, Pentabarf or pretalx is needed."))
    if start.startswith((b"<!doctype html", b"<html")):
        raise Refused(_("This is a web page; a schedule.xml of frab, Pentabarf or pretalx is needed."))


def why_not_xml(body, error):
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        return _("This is not an XML file.")
    if not isinstance(error, ParseError):
        return _("The file is in a character encoding that cannot be read; save it as UTF-8.")
    if b"encoding" not in body[:200] and not is_utf8(body):
        return _("The file is not in UTF-8, and does not say which character encoding it is in.")
    line, column = getattr(error, "position", (1, 0))
    return _("The XML is broken at line %(line)d, column %(column)d.") % {"line": line, "column": column + 1}


def is_utf8(body):
    try:
        body.decode()
    except UnicodeDecodeError:
        return body.startswith((b"\xff\xfe", b"\xfe\xff"))
    return True


def words_of(element, path="") -> str:
    """The text of an element, or of the first child at a path, whitespace at the ends removed; "" without one."""
    found = element.find(path) if path else element
    return "" if found is None else (found.text or "").strip()
