"""A person's text as HTML: paragraphs, lists, tables, emphasis, links. Without Django.

The one renderer for page, PDF and whatever else shows texts. Light markup only: no HTML, no
images, no headings (a heading within a finding would break the report's order), no code. Two
fences: markdown-it makes no other tags, and nh3 lets no others through.
"""

import re
from dataclasses import dataclass
from html import escape
from itertools import chain

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from scorecard.addresses import is_safe, with_marked_addresses
from scorecard.pasted_lists import OWN_LABEL
from scorecard.plain_text import tidied

MAX_DEPTH = 12  # lists in lists; WeasyPrint gives up at about 80
MAX_CELLS = 2000

LINES_TOGETHER = 50  # longer blocks take the printer more than their share of time
LONGEST_LINE = 1000

_TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "a",
}
_ATTRIBUTES = {
    "a": {"href"},
    "ul": {"role"},
    "li": {"dir", "value"},
    "p": {"dir"},
    "th": {"dir"},
    "td": {"dir"},
}
_SCHEMES = {"http", "https", "mailto"}
_BLOCKS = {"paragraph_open", "list_item_open", "th_open", "td_open"}

# Markdown would take these line starts for lists, although they are the text: "+ 3 women",
# "2021. A year", a lone dash. The code before them is no character, so that no text has it.
_SHIELD = "\ufdd0"
_NO_ITEM = re.compile(r"^(\s*(?:[-*] )*)(?=\+\s|\d{4,}[.)]\s|(?:[-+*]|\d+[.)])$)", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How intricate a text is."""

    depth: int  # lists in lists, or emphasis in emphasis
    cells: int

    @property
    def is_printable(self) -> bool:
        return self.depth <= MAX_DEPTH and self.cells <= MAX_CELLS


class AsTyped(str):
    """A text to be shown letter by letter, because its layout could not be printed."""


class _Renderer(RendererHTML):
    """Writes no line feeds of its own: where they count as line breaks, none must be added."""

    def renderToken(self, tokens, idx, options, env):
        return super().renderToken(tokens, idx, options, env).replace("\n", "")

    def softbreak(self, tokens, idx, options, env):
        return "<br>"

    hardbreak = softbreak


def html(text: str) -> str:
    """Return the text as HTML that may stand in a page as it is.

    Text too intricate to print is shown as typed: such a text is refused when it is saved.
    """
    if isinstance(text, AsTyped):
        return _as_typed(text)
    tokens = _parsed(text)
    if not _shape(tokens).is_printable:
        return _as_typed(text)
    rendered = _markdown.renderer.render(tokens, _markdown.options, {}).replace(_SHIELD, "")
    clean = nh3.clean(
        rendered,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    # A wide table scrolls by itself, by keyboard too. A person's own "<table>" is escaped text.
    clean = clean.replace("<table>", '<div class="table-scroll" tabindex="0"><table>')
    return clean.replace("</table>", "</table></div>")


def _as_typed(text: str) -> str:
    """The text without any layout, in blocks that print in time whatever it consists of."""
    lines = list(chain.from_iterable(map(_in_pieces, tidied(text).split("\n"))))
    places = range(0, len(lines), LINES_TOGETHER)
    blocks = ("\n".join(lines[place : place + LINES_TOGETHER]) for place in places)
    return "".join(f'<p class="as-typed" dir="auto">{escape(block)}</p>' for block in blocks)


def _in_pieces(line: str) -> list[str]:
    places = range(0, len(line) or 1, LONGEST_LINE)
    return [line[place : place + LONGEST_LINE] for place in places]


def shape_of(text: str) -> Shape:
    return _shape(_parsed(text))


def _parsed(text: str) -> list[Token]:
    text = _NO_ITEM.sub(rf"\g<1>{_SHIELD}", with_marked_addresses(tidied(text)))
    tokens = _markdown.parse(text)
    _mark_blocks(tokens)
    return tokens


def _shape(tokens: list[Token]) -> Shape:
    """Lists count, the items between them do not."""
    depth = deepest = cells = 0
    for token in tokens:
        if token.type.endswith("list_open"):
            depth += 1
        elif token.type.endswith("list_close"):
            depth -= 1
        cells += token.type in ("th_open", "td_open")
        deepest = max(deepest, depth, _emphasis_depth(token.children or []))
    return Shape(depth=deepest, cells=cells)


def _emphasis_depth(tokens: list[Token]) -> int:
    depth = deepest = 0
    for token in tokens:
        depth += token.nesting
        deepest = max(deepest, depth)
    return deepest


def _mark_blocks(tokens: list[Token]):
    """Give each block its direction, and each list what its items say of their numbers."""
    open_lists = []
    for place, token in enumerate(tokens):
        if token.type in _BLOCKS:
            token.attrSet("dir", "auto")
        if token.type in ("bullet_list_open", "ordered_list_open"):
            open_lists.append(_List(token))
        elif token.type == "list_item_open":
            open_lists[-1].item(token, first=tokens[place + 2 : place + 3])
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            open_lists.pop().close()


class _List:
    """Markdown counts on from the first number; "3, 7, 9" must stay what it is."""

    def __init__(self, token: Token):
        self.token = token
        self.next = 1
        self.is_labelled = token.type == "bullet_list_open"

    def item(self, token: Token, *, first: list[Token]):
        self.is_labelled &= any(OWN_LABEL.match(part.content) for part in first)
        if token.info and int(token.info) != self.next:
            token.attrSet("value", token.info)
            self.next = int(token.info)
        self.next += 1

    def close(self):
        if self.is_labelled:
            self.token.attrSet("role", "list")  # each item begins with its own number or letter


_markdown = MarkdownIt(
    "zero", {"breaks": True, "maxNesting": 4 * MAX_DEPTH}, renderer_cls=_Renderer
).enable(["list", "table", "emphasis", "link", "autolink", "newline"])
_markdown.validateLink = is_safe
_markdown.normalizeLinkText = str  # an address reads as it was typed
