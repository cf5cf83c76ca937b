"""Markdown, as staff and speakers write it, to HTML that is safe to show."""

import re
from functools import lru_cache
from html import unescape

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre", "h3", "h4", "h5", "h6", "hr", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6"}
SPACES = re.compile("[^\\S\u00a0\u202f]+")
markdown = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False}).enable("table")


def lowered(tokens):
    """Headings two levels down: the page has its own h1 and h2."""
    for token in tokens:
        token.tag = HEADINGS.get(token.tag, token.tag)
        lowered(token.children or ())
    return tokens


@lru_cache(maxsize=2048)
def html(text: str) -> str:
    """The HTML of a Markdown text: no scripts, no pictures, no tags of its author's, links that tell no referrer."""
    raw = markdown.renderer.render(lowered(markdown.parse(text)), markdown.options, {})
    return nh3.clean(raw, tags=TAGS, url_schemes={"http", "https", "mailto"}, link_rel="noopener nofollow")


def plain(text: str) -> str:
    """The words of a Markdown text, without marks, on one line."""
    return on_one_line(nh3.clean(html(text), tags=set()))


def on_one_line(words: str) -> str:
    """The words on one line; no-break spaces stay, which French has before : ; ! and ?."""
    return SPACES.sub(" ", words).strip()


def shortened(words: str, most: int) -> str:
    """Not more than so many characters, with an ellipsis after a whole word where something was left out."""
    if len(words) <= most:
        return words
    return words[:most].rsplit(" ", 1)[0].rstrip(" ,;:–") + "…"


def text(words: str) -> str:
    """The same, for what is no HTML: nothing is escaped."""
    return unescape(plain(words))
