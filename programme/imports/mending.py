"""XML that is broken in ways that leave no doubt what was meant: "R&D", &nbsp;, a stray control character, a warning below the end."""

import codecs
import html
import re

DECLARED = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"))
BYTE_ORDER_MARKS = (*MARKS, (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_BE, "utf-16"))
CHARACTER_SETS = re.compile(
    r"utf|ascii|iso8859|cp\d|koi8|mac|gb|big5|shift_jis|euc|iso2022|hz|tis|johab|ptcp|kz1048|latin"
)
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
AMPERSAND = re.compile(r"&(?:#(\d{1,7}|x[0-9a-fA-F]{1,6});|(\w{2,31};))?")
CDATA, END_OF_CDATA = "<![CDATA[", "]]>"
OF_XML = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))
END = "</schedule>"
MOST_BYTES = 5 * 1024 * 1024  # to be mended, twice the largest real file; what is larger is refused as it is


def mended(body: bytes) -> str:
    """The file as characters that an XML parser takes, where nothing else is wrong with it; "" if it cannot be decoded."""
    text = decoded(body) if len(body) <= MOST_BYTES else ""
    end = text.rfind(END)
    text = text[max(text.find("<"), 0) : end + len(END) if end >= 0 else None]
    first, *others = NOT_IN_XML.sub("", text).split(CDATA)
    return AMPERSAND.sub(escaped, first) + "".join(map(with_plain_text_after, others))


def with_plain_text_after(piece):
    """What follows the beginning of a CDATA section, in which an ampersand is an ampersand."""
    inside, end, after = piece.partition(END_OF_CDATA)
    return f"{CDATA}{inside}{end}{AMPERSAND.sub(escaped, after)}"


def decoded(body):
    try:
        return body.decode(encoding_of(body))
    except (UnicodeError, LookupError):
        return ""


def encoding_of(body):
    """By the byte order mark, else what the file declares if that is a character set, else UTF-8."""
    marked = next((name for mark, name in BYTE_ORDER_MARKS if body.startswith(mark)), "")
    declared = DECLARED.match(body)
    name = codecs.lookup(declared[1].decode()).name if declared and not is_utf8_in_disguise(body) else "utf-8"
    return marked or (name if CHARACTER_SETS.match(name) else "")


def is_utf8_in_disguise(body: bytes) -> bool:
    """Whether a file says that it is in a Western character set, but reads as UTF-8: “Ã¥” is never meant."""
    declared = DECLARED.match(body)
    is_western = declared and re.match(rb"iso-8859-1|windows-1252|latin", declared[1].lower())
    return bool(is_western) and not body.isascii() and is_utf8(body)


def is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


def escaped(found):
    """A character reference that XML has stays; one that HTML has becomes the character; anything else is a bare ampersand."""
    number, name = found[1], found[2]
    if number:
        character = chr(min(int(number[1:], 16) if number.startswith("x") else int(number), 0x10FFFF))
        return "" if NOT_IN_XML.match(character) else found[0]
    if name in OF_XML:
        return found[0]
    return html.escape(html.entities.html5[name]) if name in html.entities.html5 else f"&amp;{found[0][1:]}"
