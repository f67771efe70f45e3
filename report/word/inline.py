"""What stands within a paragraph: words, emphasis, links, rating marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from lxml.html import HtmlElement

from report.chapters.values import bars_in_letters
from report.word import ooxml
from scorecard.palette import colours, rating_colour

_SPACE = re.compile(r"[ \t\r\n\f]+")
_RATING = re.compile(r"\brating-(\d|none)\b")
_NO_RATING = "–"


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a run of words looks."""

    is_bold: bool = False
    is_italic: bool = False
    is_small: bool = False
    colour: str = ""
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Piece:
    text: str
    look: Look


def rating_of(node: HtmlElement) -> int | None:
    """The level of a rating mark; None of "Not rated"."""
    found = _RATING.search(node.get("class", ""))[1]
    return None if found == "none" else int(found)


def is_mark(node: HtmlElement) -> bool:
    return "rating-mark" in node.get("class", "").split()


def pieces(node: HtmlElement, look: Look, *, keeps_lines: bool = False) -> Iterator[Piece]:
    """Yield the words below a node in order, "\\n" for a line break. Lists are left out."""
    yield from _words(node.text, look, keeps_lines)
    for child in node:
        if child.tag == "br":
            yield Piece(text="\n", look=look)
        elif isinstance(child.tag, str) and child.tag not in ("ul", "ol", "svg", "table", "div"):
            yield from _mark(child) if is_mark(child) else pieces(child, _look_of(child, look))
        yield from _words(child.tail, look, keeps_lines)


def _words(text, look, keeps_lines) -> Iterator[Piece]:
    if text:
        yield Piece(text=text if keeps_lines else _SPACE.sub(" ", text), look=look)


def _look_of(node: HtmlElement, look: Look) -> Look:
    if node.tag in ("strong", "b", "th"):
        return replace(look, is_bold=True)
    if node.tag in ("em", "i"):
        return replace(look, is_italic=True)
    if node.tag == "small":
        return replace(look, is_small=True, colour=colours()["ink-2"])
    if node.tag == "a" and node.get("href", "").startswith(("http://", "https://", "mailto:")):
        return replace(look, link=node.get("href"), colour=colours()["accent-dark"])
    return look


def _mark(node: HtmlElement) -> Iterator[Piece]:
    level = rating_of(node)
    bars = _NO_RATING if level is None else bars_in_letters(level)
    word = _SPACE.sub(" ", node.text_content()).strip()
    yield Piece(text=f"{bars}\u00a0{word}", look=Look(is_bold=True, colour=rating_colour(level)))


def trimmed(found: Iterator[Piece]) -> list[Piece]:
    """Take out white space at the ends of the paragraph and of its lines, as a browser does."""
    kept, at_start = [], True
    for piece in found:
        text = piece.text.lstrip(" ") if at_start else piece.text
        if text == "\n" and kept:
            kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
        if text:
            kept.append(replace(piece, text=text))
            at_start = text.endswith((" ", "\n"))
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return kept


def write(paragraph: Paragraph, found: list[Piece]):
    for piece in found:
        run = ooxml.add_link(paragraph, piece.look.link) if piece.look.link else paragraph.add_run()
        run.text = piece.text  # a line feed becomes a line break
        run.bold = piece.look.is_bold or None
        run.italic = piece.look.is_italic or None
        if piece.look.is_small:
            run.font.size = Pt(8.5)
        if piece.look.colour:
            run.font.color.rgb = RGBColor.from_string(piece.look.colour.removeprefix("#").upper())
