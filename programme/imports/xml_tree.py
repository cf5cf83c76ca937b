"""The bytes of an XML file as a tree, or one clear sentence why not."""

from xml.etree.ElementTree import Element, ParseError  # nosec B405 # the types alone; defusedxml parses

from defusedxml import DefusedXmlException, DTDForbidden, EntitiesForbidden, ExternalReferenceForbidden
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from programme.imports.rows import Refused

MOST_BYTES = 100 * 1024 * 1024
MOST_DEPTH = 60  # elements inside each other; a schedule has seven


def read_tree(body: bytes) -> Element:
    """The root element, its names without namespaces. Raises Refused for what is not XML, or is XML that attacks."""
    refuse_other_kinds(body)
    try:
        root = fromstring(body)
    except (EntitiesForbidden, ExternalReferenceForbidden, DTDForbidden) as error:
        raise Refused(_("The file defines entities of its own, which is not safe to read.")) from error
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Refused(why_not_xml(body, error)) from error
    refuse_too_deep(root)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    return root


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


def refuse_too_deep(root):
    level = [root]
    for _depth in range(MOST_DEPTH):
        level = [child for element in level for child in element]
    if level:
        raise Refused(_("The elements of the file are nested too deeply for a schedule."))


def words_of(element, path="") -> str:
    """The text of an element, or of the first child at a path, whitespace at the ends removed; "" without one."""
    found = element.find(path) if path else element
    return "" if found is None else (found.text or "").strip()
