"""Which column of a foreign sheet is what: guessed from its heads and its cells. Without Django."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from scorecard.rating import Rating
from workbook.grid import Cell, Row, Sheet
from workbook.wording import NotUnderstood, code_of, plain, rating_of, year_of

SAMPLE_ROWS = 60
MOST = 0.6  # of the cells of a column that say something, for a guess by what they say
HEAD_ROWS = 30


class Role(StrEnum):
    """What stands in a column. The last two bear their year in the head."""

    PI = "pi"
    YEAR = "year"
    RATING = "rating"
    LAST_ASSESSED = "last_assessed"
    FINDINGS = "findings"
    MEANS = "means_of_verification"
    ACTION = "action"
    ACTIVITY = "activity"
    RATING_OF_YEAR = "rating_of_year"
    ACTIVITY_OF_YEAR = "activity_of_year"


MAY_REPEAT = (Role.RATING_OF_YEAR, Role.ACTIVITY_OF_YEAR)
_BY_NAME = [
    (Role.PI, r"^(pi|indicator|performance indicator|no)( code| no| number)?$"),
    (Role.LAST_ASSESSED, r"last (re)?assess|year of origin|assessed in"),
    (Role.YEAR, r"^(assessment |reporting )?year$"),
    (Role.MEANS, r"means of verification|^evidence|^sources?$"),
    (Role.FINDINGS, r"finding|explanation|justification|narrative|^comments?$"),
    (Role.ACTIVITY, r"activit|undertaken|progress|implementation"),
    (Role.ACTION, r"\baction"),
    (Role.RATING, r"rating|score|\blevel\b"),
]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a foreign table. year: what its head names, if it names one."""

    number: int
    name: str
    year: int | None
    samples: tuple[str, ...]


def head_row_of(sheet: Sheet) -> int:
    """Guess the number of the head row: the last row of texts before the first with a PI."""
    rows = [row for row in sheet.rows if row.number <= HEAD_ROWS]
    for above, row in zip(rows, rows[1:], strict=False):
        if len(above.cells) > 1 and any(_is(code_of, cell) for cell in row.cells.values()):
            return above.number
    wide = [row.number for row in rows if len(row.cells) > 1]
    return wide[0] if wide else 1


def columns_of(sheet: Sheet, head_row: int) -> list[Column]:
    """Return the columns that have a head or something below it, from left to right."""
    head = next((row for row in sheet.rows if row.number == head_row), Row(head_row, {}))
    below = _below(sheet, head_row)
    numbers = sorted({number for row in (head, *below) for number in row.cells})
    return [
        Column(
            number=number,
            name=" ".join(head.cell(number).text.split()),
            year=_year(head.cell(number)),
            samples=tuple(row.cells[number].text for row in below if number in row.cells)[:3],
        )
        for number in numbers
    ]


def guessed(
    sheet: Sheet,
    head_row: int,
    *,
    words: Mapping[str, Rating | None],
    remembered: Mapping[str, str],
) -> dict[int, Role]:
    """Guess the role of each column, by number; columns without a guess are left out.

    words: further ways to write a rating. remembered: role by name, as the team chose before.
    """
    below = _below(sheet, head_row)
    roles: dict[int, Role] = {}
    for column in columns_of(sheet, head_row):
        cells = [row.cells[column.number] for row in below if column.number in row.cells]
        role = _remembered(column, remembered) or _guess(column, cells, words)
        if role and (role in MAY_REPEAT or role not in roles.values()):
            roles[column.number] = role
    return roles


def memory_key(name: str) -> str:
    """The name of a column without its year: next time it may be another."""
    return plain(re.sub(r"(?:19|20)\d\d", "", name))


def _remembered(column, remembered) -> Role | None:
    with suppress(ValueError):
        role = Role(remembered.get(memory_key(column.name), ""))
        if role not in MAY_REPEAT or column.year:
            return role
    return None


def _guess(column, cells, words) -> Role | None:
    name = plain(column.name)
    are_ratings = _mostly(lambda cell: rating_of(cell, words), cells)
    if column.year:
        return Role.RATING_OF_YEAR if are_ratings else Role.ACTIVITY_OF_YEAR if cells else None
    for role, pattern in _BY_NAME:
        if re.search(pattern, name):
            return role
    if _mostly(code_of, cells):
        return Role.PI
    if are_ratings:
        return Role.RATING
    return Role.YEAR if _mostly(year_of, cells) else None


def _below(sheet, head_row) -> list[Row]:
    return [row for row in sheet.rows if row.number > head_row][:SAMPLE_ROWS]


def _mostly(read: Callable[[Cell], object], cells) -> bool:
    understood = sum(_is(read, cell) for cell in cells)
    return bool(cells) and understood >= MOST * len(cells)


def _is(read, cell) -> bool:
    with suppress(NotUnderstood):
        return read(cell) is not None
    return False


def _year(cell) -> int | None:
    with suppress(NotUnderstood):
        return year_of(cell)
    return None
