"""What people filled into a scoring workbook, cell by cell, understood or refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from assessments.workspace.content import ANSWER_LABELS
from scorecard.models import RATING_LABELS, Indicator
from workbook import wording
from workbook.grid import Book, Cell, Row
from workbook.layout import NEEDED, Line, headings, lines_of, too_long
from workbook.reasons import BookRefused, Reason
from workbook.tables import Table, tables
from workbook.values import one_line, settled

SAYING = ("item", "answer", "text", "number", "of")  # a row with none of them is a remark's


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One field as the workbook has it, and in which cell."""

    value: Any
    address: str


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """One cell that is not taken, and why, as a sentence."""

    address: str
    sentence: str


@dataclass(kw_only=True)
class Filled:
    """entries: by what the field belongs to and its name. extra: names of columns left out."""

    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    def refuse(self, address: str, sentence: str):
        self.refusals.append(Refusal(address=address, sentence=sentence))

    def note_extra(self, table: Table):
        for name in table.extra:
            if name.strip():
                self.extra.append(
                    _("%(name)s (%(sheet)s)") % {"name": name, "sheet": table.sheet.title}
                )


def read_scoring(book: Book, indicators: Mapping[str, Indicator]) -> Filled:
    """Read the sheets of the dimensions. indicators: the PIs of the edition by code.

    Raises BookRefused where no sheet has the table.
    """
    filled = Filled()
    found = tables(book, headings(), needed=NEEDED)
    if not found:
        names = ", ".join(names[0] for key, names in headings().items() if key in NEEDED)
        raise BookRefused(Reason.NO_TABLE, names=names)
    reader = _ScoringReader(filled, indicators)
    for table in found:
        filled.note_extra(table)
        for row in table.rows:
            reader.read(table, row)
    reader.close_measures()
    return filled


class _ScoringReader:
    """Takes row after row; the rows of a measure are put together at the end."""

    def __init__(self, filled: Filled, indicators: Mapping[str, Indicator]):
        self.filled = filled
        self.lines = {
            code: {wording.plain(line.item): line for line in lines_of(indicator)}
            for code, indicator in indicators.items()
        }
        self.seen: dict[tuple[str, str], str] = {}
        self.measures: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        self.faulty: set[tuple[str, str]] = set()
        self.addresses: dict[tuple[str, str], str] = {}
        self.ratings = {str(label): rating for rating, label in RATING_LABELS.items()}
        self.answers = {str(label): answer for answer, label in ANSWER_LABELS.items()}

    def read(self, table: Table, row: Row):
        found = self._line(table, row)
        if not found:
            return
        code, line = found
        if line.measure:
            self._read_measure_row(table, row, code, line)
            return
        for column, name in line.fields.items():
            self._read_field(table, row, column, (code, name))

    def _line(self, table, row) -> tuple[str, Line] | None:
        """The PI and the line that a row is about; None where it is about none, or refused."""
        if not any(table.cell(row, key).text for key in SAYING):
            return None
        try:
            code = wording.code_of(table.cell(row, "pi"))
        except wording.IsDate:
            self.filled.refuse(table.address(row, "pi"), date_sentence())
            return None
        except wording.NotUnderstood:
            self.filled.refuse(table.address(row, "pi"), _no_code(table.cell(row, "pi")))
            return None
        if code not in self.lines:
            self.filled.refuse(table.address(row, "pi"), unknown_code(code))
            return None
        line = self.lines[code].get(wording.plain(table.cell(row, "item").text))
        if line is None:
            sentence = _("“%(item)s” is no item of PI %(code)s; the row is left out.")
            values = {"item": table.cell(row, "item").text, "code": code}
            self.filled.refuse(table.address(row, "item"), sentence % values)
            return None
        return (code, line) if self._is_first(table, row, code, line) else None

    def _is_first(self, table, row, code, line) -> bool:
        """Refuse a row that stands twice: nobody knows which of them counts."""
        key = code, line.item
        address = table.address(row, "item")
        if line.measure or not line.fields or key not in self.seen:
            self.seen.setdefault(key, address)
            return True
        sentence = _("PI %(code)s, “%(item)s” stands in %(first)s already; both rows are left out.")
        values = {"code": code, "item": line.item, "first": self.seen[key]}
        self.filled.refuse(address, sentence % values)
        for name in line.fields.values():
            self.filled.entries.pop((code, name), None)
        return False

    def _read_field(self, table, row, column, key):
        cell, address = table.cell(row, column), table.address(row, column)
        if column not in table.columns or self._is_computed(cell, address):
            return
        try:
            value = self._value(cell, key[1])
        except wording.NotUnderstood:
            self.filled.refuse(address, self._not_understood(cell, key[1]))
            return
        if value != too_long():
            self.filled.entries[key] = Entry(value=value, address=address)

    def _value(self, cell, name):
        if name == "rating":
            return wording.rating_of(cell, self.ratings)
        if name.endswith("-is_met"):
            return wording.answer_of(cell, self.answers)
        return settled(cell.text)

    def _not_understood(self, cell, name):
        words = self.ratings if name == "rating" else self.answers
        return _("“%(text)s” is not understood; choose one of: %(words)s.") % {
            "text": cell.text,
            "words": ", ".join(words),
        }

    def _read_measure_row(self, table, row, code, line):
        key = code, line.measure
        if not {"text", "number", "of"} <= table.columns.keys():
            return
        self.addresses.setdefault(key, table.address(row, "text"))
        parts = [one_line(table.cell(row, "text").text)]
        if self._is_computed(table.cell(row, "text"), table.address(row, "text")):
            self.faulty.add(key)
        for column in ("number", "of"):
            parts.append(self._count(table, row, column, key))
        self.measures.setdefault(key, []).append(tuple(parts))

    def _count(self, table, row, column, key) -> str:
        cell, address = table.cell(row, column), table.address(row, column)
        if self._is_computed(cell, address):
            self.faulty.add(key)
            return ""
        try:
            count = wording.count_of(cell)
        except wording.NotUnderstood:
            self.faulty.add(key)
            sentence = _("“%(text)s” is no whole number, 0 or more; these numbers are left out.")
            self.filled.refuse(address, sentence % {"text": cell.text})
            return ""
        return "" if count is None else str(count)

    def close_measures(self):
        for key, rows in self.measures.items():
            if key not in self.faulty:
                value = tuple(row for row in rows if any(row))
                self.filled.entries[key] = Entry(value=value, address=self.addresses[key])

    def _is_computed(self, cell: Cell, address) -> bool:
        if cell.kind in ("f", "e"):
            self.filled.refuse(address, computed_sentence(cell))
        return cell.kind in ("f", "e")


def computed_sentence(cell: Cell) -> str:
    if cell.kind == "f":
        return _("The cell holds a formula; copy it and paste the value in its place.")
    return _("The cell holds the error %(text)s; write what belongs there.") % {"text": cell.text}


def date_sentence() -> str:
    return _("The cell was turned into a date; format it as text and write the code again.")


def unknown_code(code: str) -> str:
    return _("There is no PI %(code)s in this edition; the row is left out.") % {"code": code}


def _no_code(cell: Cell) -> str:
    if cell.kind in ("f", "e"):
        return computed_sentence(cell)
    if not cell.text:
        return _("The row names no PI and is left out.")
    return _("“%(text)s” is not the code of a PI; the row is left out.") % {"text": cell.text}
