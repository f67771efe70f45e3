"""What the rows of a foreign sheet say, read through its mapping: ratings, actions, activities."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from scorecard.rating import Rating
from workbook import wording
from workbook.filled import Refusal, computed_sentence, date_sentence, unknown_code
from workbook.grid import Cell, Row, Sheet
from workbook.history.mapping import Role, columns_of
from workbook.values import settled


@dataclass(frozen=True, kw_only=True)
class RatingClaim:
    """What the sheet says of one PI in one year. last_assessed: None where it was that year."""

    year: int
    code: str
    rating: Rating
    last_assessed: int | None
    findings: str
    means_of_verification: str
    address: str
    row: int


@dataclass(frozen=True, kw_only=True)
class ActionClaim:
    """An action point, and what was undertaken for it in which year."""

    code: str
    text: str
    activities: Mapping[int, str]
    address: str
    row: int


@dataclass(kw_only=True)
class Claims:
    ratings: dict[tuple[int, str], RatingClaim] = field(default_factory=dict)
    actions: list[ActionClaim] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)


class Unfit(Exception):
    """A cell cannot be taken, and with it its row. The text says why."""


def read_claims(
    sheet: Sheet,
    *,
    head_row: int,
    roles: Mapping[int, Role],
    year: int | None,
    codes: Set[str],
    words: Mapping[str, Rating | None],
) -> Claims:
    """year: of all rows where no column names one. codes: of the PIs there are."""
    reader = _Reader(sheet, head_row, roles, year, codes, words)
    for row in sheet.rows:
        if row.number > head_row and any(number in row.cells for number in roles):
            reader.read(row)
    return reader.claims


class _Reader:
    def __init__(self, sheet, head_row, roles, year, codes, words):
        self.sheet, self.year, self.codes, self.words = sheet, year, codes, words
        self.column = {role: number for number, role in roles.items()}
        columns = columns_of(sheet, head_row)
        self.years = {
            role: [column for column in columns if roles.get(column.number) == role and column.year]
            for role in (Role.RATING_OF_YEAR, Role.ACTIVITY_OF_YEAR)
        }
        extra = [column.name for column in columns if column.number not in roles and column.name]
        self.claims = Claims(extra=extra)
        self.code = ""

    def read(self, row: Row):
        """A row without a PI goes on with the PI above: foreign sheets name it once a group."""
        try:
            self.code = self._code(row)
            self._read_ratings(row)
            self._read_action(row)
        except Unfit as why:
            address, sentence = why.args
            self.claims.refusals.append(Refusal(address=address, sentence=sentence))

    def _code(self, row) -> str:
        number = self.column.get(Role.PI)
        cell = self._sound(row, number)
        if not cell.text and self.code:
            return self.code
        try:
            code = wording.code_of(cell)
        except wording.IsDate:
            raise self._unfit(row, number, date_sentence()) from None
        except wording.NotUnderstood:
            sentence = _("“%(text)s” is not the code of a PI; the row is left out.")
            raise self._unfit(row, number, sentence % {"text": cell.text}) from None
        if code not in self.codes:
            raise self._unfit(row, number, unknown_code(code))
        return code

    def _read_ratings(self, row):
        if Role.RATING in self.column:
            number = self.column[Role.RATING]
            if (rating := self._rating(row, number)) is not None:
                self._claim(row, number, self._year(row), rating)
        for column in self.years[Role.RATING_OF_YEAR]:
            if (rating := self._rating(row, column.number)) is not None:
                self._claim(row, column.number, column.year, rating)

    def _rating(self, row, number) -> Rating | None:
        cell = self._sound(row, number)
        try:
            return wording.rating_of(cell, self.words)
        except wording.NotUnderstood:
            sentence = _("“%(text)s” is not understood as a rating; the row is left out.")
            raise self._unfit(row, number, sentence % {"text": cell.text}) from None

    def _claim(self, row, number, year, rating):
        claim = RatingClaim(
            year=year,
            code=self.code,
            rating=rating,
            last_assessed=self._last_assessed(row, year),
            findings=self._text(row, Role.FINDINGS),
            means_of_verification=self._text(row, Role.MEANS),
            address=self.sheet.address(row.number, number),
            row=row.number,
        )
        if first := self.claims.ratings.get((year, self.code)):
            sentence = _("PI %(code)s in %(year)s stands in %(first)s already; this is left out.")
            values = {"code": self.code, "year": year, "first": first.address}
            raise self._unfit(row, number, sentence % values)
        self.claims.ratings[year, self.code] = claim

    def _last_assessed(self, row, year) -> int | None:
        number = self.column.get(Role.LAST_ASSESSED)
        if number is None or not row.cell(number).text:
            return None
        found = self._read_year(row, number)
        if found > year:
            sentence = _("%(found)s is after %(year)s; the row is left out.")
            raise self._unfit(row, number, sentence % {"found": found, "year": year})
        return found if found < year else None

    def _year(self, row) -> int:
        number = self.column.get(Role.YEAR)
        if number is not None and row.cell(number).text:
            return self._read_year(row, number)
        if self.year is None:
            raise self._unfit(row, number or 1, _("The row names no year and is left out."))
        return self.year

    def _read_year(self, row, number) -> int:
        cell = self._sound(row, number)
        try:
            return wording.year_of(cell)
        except wording.NotUnderstood:
            sentence = _("“%(text)s” is not a year; the row is left out.")
            raise self._unfit(row, number, sentence % {"text": cell.text}) from None

    def _read_action(self, row):
        text = self._text(row, Role.ACTION)
        activities = {
            column.year: words
            for column in self.years[Role.ACTIVITY_OF_YEAR]
            if (words := settled(self._sound(row, column.number).text))
        }
        if Role.ACTIVITY in self.column and (words := self._text(row, Role.ACTIVITY)):
            activities[self._year(row)] = words
        if not text and not activities:
            return
        number = self.column.get(Role.ACTION, self.column.get(Role.PI, 1))
        if not text:
            raise self._unfit(row, number, _("What was undertaken names no action point."))
        address = self.sheet.address(row.number, number)
        self.claims.actions.append(
            ActionClaim(
                code=self.code, text=text, activities=activities, address=address, row=row.number
            )
        )

    def _text(self, row, role) -> str:
        number = self.column.get(role)
        return settled(self._sound(row, number).text) if number else ""

    def _sound(self, row, number) -> Cell:
        cell = row.cell(number)
        if cell.kind in ("f", "e"):
            raise self._unfit(row, number, computed_sentence(cell))
        return cell

    def _unfit(self, row, number, sentence) -> Unfit:
        return Unfit(self.sheet.address(row.number, number or 1), sentence)
