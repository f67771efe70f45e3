"""What text may stand in a cell of a spreadsheet or a field of a CSV file. Without Django.

Nothing is ever cut, and no text becomes a formula: sheet_cells.py writes cells so.
"""

import re
from collections.abc import Collection

from scorecard.plain_text import printable

MAX_CELL = 32_767  # characters of a cell, as Excel counts them: in units of UTF-16
MAX_TITLE = 31  # characters of a sheet's name

# What starts a formula in Excel, LibreOffice or Google Sheets.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# Excel writes characters that XML cannot hold as _x0007_, and so a text that reads like one must
# have its first underscore written in the same way.
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")


def cell_text(text: str) -> str:
    """Return the text as the file holds it: printable, nothing in it that reads as an escape."""
    return _LOOKS_ESCAPED.sub("_x005F_", printable(text))


def text_of_cell(stored: str) -> str:
    """Return what a person sees in a cell whose text the file holds like this."""
    return printable(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), stored))


def is_like_formula(text: str) -> bool:
    return text.lstrip(" ").startswith(_FORMULA_SIGNS)


def csv_text(text: str) -> str:
    """Return the text as a CSV field may hold it: with an apostrophe where it looks like a formula.

    A number belongs into a CSV file as a number, not through here: "-5" is text and gets one.
    """
    text = printable(text)
    return f"'{text}" if is_like_formula(text) else text


def fits(text: str) -> bool:
    return _units(cell_text(text)) <= MAX_CELL


def parts(text: str, *, limit: int = MAX_CELL) -> list[str]:
    """Split the text into what one cell each can hold, at line ends and spaces where there are any.

    Put together they are the text again. [""] for no text.
    """
    rest, found = printable(text), []
    while _units(_LOOKS_ESCAPED.sub("_x005F_", rest)) > limit:
        head = rest[: _longest(rest, limit)]
        place = max(head.rfind("\n"), head.rfind(" ")) + 1 or len(head)
        found.append(rest[:place])
        rest = rest[place:]
    return [*found, rest]


def sheet_title(wanted: str, *, taken: Collection[str] = ()) -> str:
    """Return a name that Excel takes for a sheet, like the one wanted and unlike those taken."""
    name = _NOT_IN_TITLES.sub(" ", printable(wanted).replace("\n", " "))
    name = " ".join(name.split()).strip("'") or "Sheet"
    used = {title.casefold() for title in taken} | {"history"}  # Excel keeps that name to itself
    title, number = _at_a_word(name), 2
    while title.casefold() in used:
        ending = f" {number}"
        title = name[: MAX_TITLE - len(ending)].strip(" '") + ending
        number += 1
    return title


def _at_a_word(name):
    """What fits of a name, cut between two words where there are any."""
    head = name[:MAX_TITLE]
    if len(name) > MAX_TITLE and name[MAX_TITLE] != " ":
        head = head.rpartition(" ")[0] or head
    return head.strip(" '")


def _units(text):
    return len(text.encode("utf-16-le")) // 2


def _longest(text, limit):
    """How many characters fit into a cell; each may take two units, an underscore seven."""
    low, high = 1, min(len(text), limit)
    while low < high:
        middle = (low + high + 1) // 2
        if _units(_LOOKS_ESCAPED.sub("_x005F_", text[:middle])) <= limit:
            low = middle
        else:
            high = middle - 1
    return low
