"""Markdown, as staff and speakers write it, to HTML that is safe to show."""

from functools import lru_cache
from html import unescape

import nh3
from markdown_it import MarkdownIt

TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre", "h3", "h4", "h5", "h6", "hr", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6"}
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
    return " ".join(nh3.clean(html(text), tags=set()).split())


def text(words: str) -> str:
    """The same, for what is no HTML: nothing is escaped."""
    return unescape(plain(words))
