"""What pasted text may contain, and how it is put in order. Without Django."""

import re
import unicodedata

from scorecard.pasted_lists import ListWriter
from scorecard.pasted_tables import as_table, rows_from

# Line feeds in disguise: Word and PowerPoint paste VT for a soft break, PDFs give FF; NEL, LS, PS.
_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Control characters, and codes that are no characters at all: no file format can hold them.
_NONCHARACTERS = "".join(
    chr(plane * 0x1_0000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF)
)
_UNPRINTABLE = re.compile(
    rf"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]"
)
# These reverse all text that follows them, so that a line reads as what it is not.
_DIRECTION_OVERRIDES = re.compile(r"[\u202a-\u202e]")
# Indented, a line goes on with the list item before it; elsewhere the indent falls away.
_SOFT_BREAK = "\n  "


def printable(text: str) -> str:
    """Return the text in composed form, with real line breaks and without control characters.

    Right-to-left scripts and their marks stay; only the overrides that can turn a neighbour's
    text round are taken out.
    """
    text = _LINE_BREAKS.sub("\n", text)
    text = _UNPRINTABLE.sub("", text)
    text = _DIRECTION_OVERRIDES.sub("", text)
    return unicodedata.normalize("NFC", text)


def tidied(text: str) -> str:
    """Return printable text in which pasted lists and tables are written in light markup.

    Word and Excel paste bullets as "•<tab>", numbers as "1.<tab>", cells with tabs between.
    These become "- ", "1. " and "| a | b |", nested by indent; markup.html shows them.
    What is tidy stays as it is, and only bullet signs and white space are ever lost.
    """
    lines = printable(text.replace("\x0b", _SOFT_BREAK)).split("\n")
    writer = ListWriter()
    place = 0
    while place < len(lines):
        if rows := rows_from(lines, place):
            writer.table(as_table(rows))
        else:
            writer.line(lines[place])
        place += len(rows) or 1
    return "\n".join(writer.lines).strip()
