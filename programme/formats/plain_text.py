"""Words for files that know no markup."""

import re
from textwrap import indent

from markdown_it.tree import SyntaxTreeNode

from programme.markup import markdown, on_one_line

NOT_CARRIED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
BREAKS = {"softbreak": " ", "hardbreak": "\n"}


def clean(words: str) -> str:
    """The words without what neither XML 1.0 (section 2.2) nor RFC 5545 (section 3.3.11) can carry: control
    characters but tab and line break, half surrogates, and code points that are no characters."""
    return NOT_CARRIED.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(words: str) -> str:
    """The words, clean, on one line."""
    return on_one_line(clean(words))


def plain_text(text: str) -> str:
    """A Markdown text as people would type it in a mail: an empty line between paragraphs, • before what is listed,
    the address of a link in brackets after its words."""
    return block(SyntaxTreeNode(markdown.parse(clean(text))))


def block(node: SyntaxTreeNode) -> str:
    if node.type == "inline":
        return "".join(map(inline, node.children)).strip()
    if node.type in ("fence", "code_block"):
        return node.content.rstrip()
    if node.type in ("bullet_list", "ordered_list"):
        first = int(node.attrs.get("start", 1))
        marks = (f"{first + n}. " if node.type == "ordered_list" else "• " for n in range(len(node.children)))
        return "\n".join(mark + list_item(item) for mark, item in zip(marks, node.children, strict=True))
    between = {"tr": " | ", "table": "\n", "thead": "\n", "tbody": "\n"}.get(node.type, "\n\n")
    return between.join(filter(None, map(block, node.children)))


def list_item(node: SyntaxTreeNode) -> str:
    """The item with what stands below its first line set in."""
    first, _break, rest = "\n".join(filter(None, map(block, node.children))).partition("\n")
    return f"{first}\n{indent(rest, '  ')}" if rest else first


def inline(node: SyntaxTreeNode) -> str:
    if node.type in BREAKS:
        return BREAKS[node.type]
    words = "".join(map(inline, node.children)) if node.children else node.content
    if node.type == "link" and node.attrs["href"] != words:
        return f"{words} ({node.attrs['href']})"
    return words
