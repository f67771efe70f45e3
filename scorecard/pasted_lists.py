"""Lists as Word, mail and web pages paste them, rewritten as markdown lists. Without Django."""

import re
from dataclasses import dataclass

TAB = 4  # columns that a tab indents
STEP = 2  # an indent that is less deep is no deeper level

# What Word puts before a tab: bullets, and the letters that its symbol fonts show as bullets.
_TABBED_BULLETS = "-*•·●○◦▪▫■□‣–—§oØüvq\uf02d\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc"
_SPACED_BULLETS = "-*•·●◦▪■□‣\uf02d\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc"
_TABBED = r"(?:[ \xa0]*\t|\xa0[ \xa0])\s*"  # Outlook writes the tab as no-break spaces
_BULLET = re.compile(rf"([{_TABBED_BULLETS}]){_TABBED}(\S.*)|([{_SPACED_BULLETS}])\s+(\S.*)")
_NUMBER = re.compile(r"(\d{1,3})([.)])(\s+)(\S.*)")
# What markdown has no numbers for keeps its own words: "* (a) text", "* 1.2 Text". The star keeps
# such a list apart from one with bullets before it.
_LETTERS = r"\((?:[a-zA-Z]|[ivx]+|\d{1,3})\)|(?:[a-zA-Z]|[ivx]+)[.)]"
_DECIMALS = r"\d{1,3}(?:\.\d{1,3})+[.)]?"
_LABEL = re.compile(rf"({_LETTERS}|{_DECIMALS})\t\s*(\S.*)")
OWN_LABEL = re.compile(rf"(?:{_LETTERS})\s|{_DECIMALS}\s(?![a-z%])")  # not "1.5 million"
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, kw_only=True)
class Item:
    """kind tells the levels of a list apart where the indent does not; marker is markdown's."""

    kind: str
    marker: str
    text: str
    is_tabbed: bool

    @property
    def type(self) -> str:
        """What makes two items one list in markdown: "-", "*", "." or ")"."""
        return self.marker[-1]

    @property
    def number(self) -> int | None:
        return int(self.marker[:-1]) if len(self.marker) > 1 else None


@dataclass(frozen=True, kw_only=True)
class Level:
    """An open list: its indent in the pasted text, and the columns it is written at."""

    indent: int
    item: Item
    column: int

    @property
    def content(self) -> int:
        return self.column + len(self.item.marker) + 1


def item_of(line: str) -> Item | None:
    """Return the list item that the line is, indent or not; None for any other line.

    Numbers count only before words: "3.5<tab>4.2" are cells.
    """
    line = line.strip()
    if found := _BULLET.fullmatch(line):
        sign, text = found[1] or found[3], found[2] or found[4]
        marker = _marker(text) if sign == "*" else "-"
        return Item(kind=sign, marker=marker, text=text, is_tabbed=found[1] is not None)
    if found := _NUMBER.fullmatch(line):
        number, stop, space, text = found.groups()
        if "\t" not in space or _is_words(text):
            return Item(kind=stop, marker=number + stop, text=text, is_tabbed="\t" in space)
    if (found := _LABEL.fullmatch(line)) and _is_words(found[2]):
        text = " ".join(found.groups())
        return Item(kind=_pattern(found[1]), marker=_marker(text), text=text, is_tabbed=True)
    return None


def _marker(text: str) -> str:
    return "*" if OWN_LABEL.match(text) else "-"


def is_bullet(line: str) -> bool:
    return bool(_BULLET.fullmatch(line.strip()))


def _is_words(text: str) -> bool:
    return "\t" not in text and bool(_LETTER.search(text))


def _pattern(label: str) -> str:
    """Return what the labels of one list have in common: "(a)" for "(b)", "1.1" for "2.10".

    A single i, v or x counts as a Roman number: so it does more often than as a ninth item.
    """
    label = re.sub(r"\d+", "1", label)
    label = re.sub(r"[ivx]+", "i", label)
    return re.sub(r"[a-hj-z]", "a", re.sub(r"[A-Z]", "A", label))


class ListWriter:
    """Takes a text line by line and writes it with its lists in markdown."""

    def __init__(self):
        self.lines: list[str] = []
        self._levels: list[Level] = []  # the lists that are open, outermost first

    def table(self, lines: list[str]):
        self._gap()
        self.lines += [*lines, ""]
        self._levels = []

    def line(self, line: str):
        text, indent, item = line.strip(), _columns(line), item_of(line)
        if not text:
            self.lines.append("")
        elif item and self._may_begin(item, indent):
            self._item(item, indent)
        elif self._levels and indent >= self._levels[0].indent + STEP:
            self._continue(text, indent)
        elif self._levels and self._is_at_typed_number:
            self.lines.append(text)  # markdown takes it for the item's next line
        else:
            self._paragraph(text)

    @property
    def _is_after_blank(self):
        return not self.lines or not self.lines[-1]

    @property
    def _is_at_typed_number(self):
        item = self._levels[-1].item
        return item.number is not None and not item.is_tabbed and not self._is_after_blank

    def _may_begin(self, item, indent):
        """Whether it is an item here: a number may also go on with a sentence ("by the / 30.")."""
        if item.is_tabbed or item.number in (None, 1) or self._is_after_blank:
            return True
        return bool(self._levels) and indent < self._levels[-1].indent + STEP

    def _item(self, item, indent):
        if self._levels and self._is_after_blank and indent <= self._levels[0].indent:
            self._levels = []
        sibling, indent = self._close(item, indent)
        column = self._levels[-1].content if self._levels else 0
        level = Level(indent=indent, item=item, column=column)
        if self._needs_gap(level, sibling):
            self._gap()
        self._levels.append(level)
        self.lines.append(" " * column + f"{item.marker} {item.text}")

    def _close(self, item, indent) -> tuple[Level | None, int]:
        """Leave open what the item stands in. Return the level it follows on, and its indent."""
        keep = sum(level.indent <= indent for level in self._levels)
        if keep and indent < self._levels[keep - 1].indent + STEP:
            indent = self._levels[keep - 1].indent
            same = [
                place
                for place, level in enumerate(self._levels[:keep])
                if level.indent == indent and (not item.is_tabbed or level.item.kind == item.kind)
            ]
            keep = same[0] if same else keep  # else another sign, so a deeper level
        sibling = self._levels[keep] if keep < len(self._levels) else None
        del self._levels[keep:]
        return sibling, indent

    def _needs_gap(self, level, sibling):
        """Whether markdown would take the item for something else without a blank line."""
        if sibling:
            return sibling.item.type != level.item.type
        return not self._levels or level.item.number not in (None, 1)

    def _continue(self, text, indent):
        depth = sum(level.indent + STEP <= indent for level in self._levels)
        if depth < len(self._levels):
            self._gap()
        del self._levels[depth:]
        self.lines.append(" " * self._levels[-1].content + text)

    def _paragraph(self, text):
        if self._levels:
            self._gap()
        self._levels = []
        self.lines.append(text)

    def _gap(self):
        if not self._is_after_blank:
            self.lines.append("")


def _columns(line: str) -> int:
    return len(line[: len(line) - len(line.lstrip())].expandtabs(TAB))
