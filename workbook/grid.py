"""A workbook as it was read: sheets, rows, cells, and where each stands. Without Django.

It travels as JSON from the process that read it, and waits as JSON for the person's decision.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Cell:
    """kind: "s" text, "n" number, "b" yes or no, "d" date, "f" formula, "e" error."""

    kind: str
    text: str


EMPTY = Cell("s", "")


@dataclass(frozen=True)
class Row:
    """The cells of one row by the number of their column, 1 is A; empty ones are left out."""

    number: int
    cells: Mapping[int, Cell]

    def cell(self, column: int | None) -> Cell:
        return self.cells.get(column, EMPTY)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """merged: addresses of merged cells, such as "A1:C1"."""

    title: str
    is_hidden: bool
    merged: tuple[str, ...]
    rows: tuple[Row, ...]

    def address(self, row: int, column: int) -> str:
        """Return where a cell stands, as people write it: "Plan!C7"."""
        return f"{self.title}!{column_letters(column)}{row}"


@dataclass(frozen=True, kw_only=True)
class Book:
    sheets: tuple[Sheet, ...]

    @property
    def visible(self) -> Iterator[Sheet]:
        return (sheet for sheet in self.sheets if not sheet.is_hidden)

    def sheet(self, title: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.title == title), None)

    def as_json(self) -> dict[str, Any]:
        return {"sheets": [_sheet_as_json(sheet) for sheet in self.sheets]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(sheets=tuple(_sheet_from_json(sheet) for sheet in data["sheets"]))


def column_letters(number: int) -> str:
    """Return the name of a column: 1 is "A", 27 is "AA"."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = LETTERS[place] + letters
    return letters


def _sheet_as_json(sheet: Sheet) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "is_hidden": sheet.is_hidden,
        "merged": list(sheet.merged),
        "rows": [
            [row.number, [[column, cell.kind, cell.text] for column, cell in row.cells.items()]]
            for row in sheet.rows
        ],
    }


def _sheet_from_json(data: Mapping[str, Any]) -> Sheet:
    return Sheet(
        title=data["title"],
        is_hidden=data["is_hidden"],
        merged=tuple(data["merged"]),
        rows=tuple(
            Row(number, {column: Cell(kind, text) for column, kind, text in cells})
            for number, cells in data["rows"]
        ),
    )
