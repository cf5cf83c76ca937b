"""Links and attachments of an event as materials, with whole addresses that are safe to follow."""

import re
from urllib.parse import quote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from programme.imports.kinds import kind_of_material
from programme.imports.rows import MaterialRow
from programme.imports.texts import one_line, urljoined
from programme.imports.xml_tree import words_of

LONGEST_LINK = 1000  # characters; Material.link
LONGEST_TITLE = 300
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?P<last>[a-z]{2,18})(?::\d+)?(?:[/?#]|\Z)", re.IGNORECASE)
UNSAFE = re.compile(r"[\s<>\"{}|\\^`]")
FILE_ENDINGS = (
    "html htm php asp aspx pdf txt odp odt ods ppt pptx doc docx xls xlsx zip gz tar tgz png jpg jpeg gif svg "
    "webp ogg ogv webm mp4 mp3 xml json md"
)
FILES = frozenset(FILE_ENDINGS.split())
valid = URLValidator(schemes=["http", "https"])


def whole_address(address: str, base_url: str = "") -> str:
    """The address as http or https, resolved against base_url; "" where it is neither (javascript:, mailto:, git: …) or no address."""
    address = "".join(character for character in address.strip() if character >= " ")
    if not address or ("@" in address and "/" not in address):  # an e-mail address
        return ""
    host = HOST.match(address)
    if host and (address.lower().startswith("www.") or host["last"].lower() not in FILES):
        address = f"https://{address}"
    address = UNSAFE.sub(lambda found: quote(found[0]), urljoined(base_url or "https:", address))
    try:
        valid(address)
    except (ValidationError, ValueError):
        return ""
    return address if len(address) <= LONGEST_LINK else ""


def read_materials(event, base_url) -> tuple[tuple[MaterialRow, ...], list[tuple[str, str]]]:
    """(materials, [(topic, address) of each link that was left out]). One address is one material."""
    found, left_out = {}, []
    for element in [*event.iterfind("links/link"), *event.iterfind("attachments/attachment")]:
        title, given, stated = title_and_address(element)
        address = whole_address(given, base_url)
        if address in found:
            left_out.append(("same-link", given))
        elif address:
            kind = kind_of_material(stated, title, address)
            found[address] = MaterialRow(address, (title if title != given else bare(address))[:LONGEST_TITLE], kind)
        elif given or title:
            left_out.append(("bad-link", given or title))
    return tuple(found.values()), left_out


def title_and_address(element):
    """(title, address, type) of <link href type>text</link>, a text that is the address, or children title/type/url/href."""
    title = one_line(words_of(element, "title") or words_of(element))
    given = (element.get("href") or element.get("url") or words_of(element, "url") or words_of(element, "href")).strip()
    stated = element.get("type") or words_of(element, "type")
    if not given and (HOST.match(title) or "://" in title or title.startswith("/")):
        given = title
    return title, given, stated


def bare(address):
    """The address as a reader would say it, "example.org/slides", where a link has no title."""
    return re.sub(r"\Ahttps?://(www\.)?", "", address).rstrip("/")


def host_of(address: str) -> str:
    return urlsplit(address).hostname or ""
