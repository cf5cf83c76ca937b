"""Texts of foreign systems, made into what our fields hold: Markdown, or one plain line.

Sources send HTML, Markdown and plain text without saying which (and all three in one text), entities escaped
twice, and the indentation of whatever wrote the file. Safety is not made here: every text is sanitised when it is shown.
"""

import html
import re
import textwrap
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from markdownify import MarkdownConverter

ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8}\d{0,2});")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
HTML_ELEMENTS = (
    "a abbr article b blockquote br center cite code dd del details div dl dt em figure font footer h1 h2 h3 h4 "
    "h5 h6 header hr i iframe img ins kbd li main nowiki object ol p pre q s samp script section small span "
    "strike strong style sub summary sup table tbody td tfoot th thead tr tt u ul var video audio"
)
TAGS = HTML_ELEMENTS.split()
TAG = re.compile(rf"</?(?:{'|'.join(TAGS)})(?:\s[^<>]*|/)?>", re.IGNORECASE)
HTML = re.compile(rf"</(?:{'|'.join(TAGS)})\s*>|<(?:p|br|hr|li|img)(?:\s[^<>]*|/)?>", re.IGNORECASE)
BLOCKS = re.compile(r"</(?:p|div|h[1-6])\s*>", re.IGNORECASE)
NO_TAG = re.compile(rf"<(?!/?(?:{'|'.join(TAGS)})(?:[\s/>])|!--)", re.IGNORECASE)
NOT_FOR_READERS = ["script", "style", "iframe", "object", "video", "audio"]
BREAK = "\ue000"  # stands for an empty line while HTML is converted
MARKUP = re.compile(r"[*_]{2}|(?<!\w)[*_](?=\w)|`|\]\(|^\s*(?:[-*+#>]|\d+[.)])\s|https?://", re.MULTILINE)
MOST_OF_A_LEAD = 600  # characters


def one_line(text: str) -> str:
    """Plain words on one line: a title, a name."""
    text = CONTROL.sub("", TAG.sub("", unescaped(text)))
    return " ".join(text.split())


def unescaped(text):
    """The text with entities that were escaped twice made into characters."""
    return html.unescape(text) if ENTITY.search(text) else text


def markdown(text: str, base_url: str = "") -> str:
    """The text as Markdown. Links in HTML are resolved against base_url; those that lead nowhere become words."""
    text = CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        return ""
    if not HTML.search(text):
        text = unescaped(text)
    text = without_indentation(text)
    if HTML.search(text):
        text = from_html(text, base_url)
        if HTML.search(text) and "`" not in text:  # HTML in HTML, and not as an example of it
            text = from_html(text, base_url)
    lines = map(without_stray_space, text.replace("\xa0", " ").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def without_stray_space(line):
    """Two spaces at the end are a line break in Markdown; any other whitespace there is nothing."""
    bare = line.rstrip()
    return f"{bare}  " if bare and line.endswith("  ") else bare


def without_indentation(text):
    """The text without what a pretty-printer put before every line but the first."""
    first, newline, rest = text.strip("\n").partition("\n")
    return first.strip(" \t") + newline + textwrap.dedent(rest)


def from_html(text, base_url):
    text = NO_TAG.sub("&lt;", re.sub(r"<\?.*?\?>|<!--.*?-->|<!\w[^>]*>", "", text, flags=re.DOTALL))
    soup = BeautifulSoup(empty_lines_kept(text), "html.parser")
    for element in soup([*NOT_FOR_READERS, "a", "img"]):
        mend_link(element, base_url) if element.name in ("a", "img") else element.extract()
    try:
        converted = converter(escape=bool(BLOCKS.search(text))).convert_soup(soup)
    except RecursionError:  # thousands of elements inside each other
        converted = TAG.sub("", text)
    paragraphs = (piece.strip() for piece in html_leftovers(converted).split(BREAK))
    converted = "\n\n".join(filter(None, paragraphs))
    return re.sub(r"  \n[ \t]+(?=\S)", "  \n", converted)


def converter(escape):
    """HTML to Markdown; stars are escaped only where the text cannot be Markdown with some HTML in it."""
    return MarkdownConverter(
        heading_style="ATX", bullets="-", escape_asterisks=escape, escape_underscores=False, escape_misc=False
    )


def html_leftovers(text):
    return re.sub(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|quot|apos|nbsp);", lambda entity: html.unescape(entity[0]), text)


def empty_lines_kept(text):
    """HTML ignores empty lines; authors who mix it with plain text mean paragraphs by them. Lists and code stay as they are."""
    depth, kept = 0, []
    for piece in re.split(r"(<[^<>]+>)", text):
        inside = re.match(r"<(/?)(?:ul|ol|pre|table|blockquote|dl)\b", piece, re.IGNORECASE)
        depth += (-1 if inside[1] else 1) if inside else 0
        kept.append(piece if depth > 0 else re.sub(r"\n[ \t]*\n\s*", BREAK, piece))
    return "".join(kept)


def mend_link(element, base_url):
    """A link of HTML text with a whole address; a picture becomes a link to it."""
    address = urljoined(base_url, element.get("href") or element.get("src") or "")
    if not address.lower().startswith(("http://", "https://", "mailto:")):
        element.unwrap() if element.name == "a" else element.decompose()
        return
    if element.name == "img":
        element.string = element.get("alt") or address
        element.name = "a"
    element["href"] = address
    del element["title"]


def urljoined(base_url, address):
    try:
        return urljoin(base_url, address.strip())
    except ValueError:  # "http://[" is no address at all
        return ""


def lead_and_description(abstract: str, description: str, base_url: str = "") -> tuple[str, str]:
    """(lead, description): a short plain abstract leads into a description; without one, or else, all is description."""
    short, long = markdown(abstract, base_url), markdown(description, base_url)
    if not short or not long or short in long:
        return "", long or short
    if len(short) <= MOST_OF_A_LEAD and is_one_plain_paragraph(short):
        return " ".join(short.replace("\\*", "*").split()), long
    return "", f"{short}\n\n{long}"


def is_one_plain_paragraph(text):
    return "\n\n" not in text and "  \n" not in text and not MARKUP.search(text)
