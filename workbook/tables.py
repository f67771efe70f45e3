"""Tables in sheets: their head row, their columns by name, in any order. Without Django."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from workbook.grid import Book, Cell, Row, Sheet
from workbook.reasons import BookRefused, Reason
from workbook.wording import plain

HEAD_ROWS = 30  # the head stands among the first of them


@dataclass(frozen=True, kw_only=True)
class Table:
    """columns: number of the column by our key. extra: names of columns that mean nothing here."""

    sheet: Sheet
    head_row: int
    columns: Mapping[str, int]
    extra: tuple[str, ...] = field(default=())

    @property
    def rows(self) -> Iterator[Row]:
        """The rows below the head in which one of the columns says something."""
        used = set(self.columns.values())
        return (
            row for row in self.sheet.rows if row.number > self.head_row and used & row.cells.keys()
        )

    def cell(self, row: Row, key: str) -> Cell:
        return row.cell(self.columns.get(key))

    def address(self, row: Row, key: str) -> str:
        return self.sheet.address(row.number, self.columns.get(key, 1))


def tables(
    book: Book, headings: Mapping[str, Collection[str]], *, needed: Collection[str]
) -> list[Table]:
    """Return the table of each visible sheet that has one, see find_table."""
    found = (find_table(sheet, headings, needed=needed) for sheet in book.visible)
    return [table for table in found if table]


def find_table(
    sheet: Sheet, headings: Mapping[str, Collection[str]], *, needed: Collection[str]
) -> Table | None:
    """Return the table whose head names the needed columns, or None.

    headings: the names of a column by its key. needed: keys, at least half of which make it such
    a table.

    Raises BookRefused where a needed column lacks then, two bear one name, or cells are merged.
    """
    wanted = {plain(name): key for key, names in headings.items() for name in names}
    for row in sheet.rows:
        if row.number > HEAD_ROWS:
            return None
        heads = {column: plain(cell.text) for column, cell in row.cells.items()}
        found = {wanted[name] for name in heads.values() if name in wanted}
        if len(found.intersection(needed)) >= (len(needed) + 1) // 2:
            check_not_merged(sheet, from_row=row.number)
            if lacking := [", ".join(headings[key]) for key in needed if key not in found]:
                names = ", ".join(lacking)
                raise BookRefused(Reason.NO_COLUMN, sheet=sheet.title, names=names)
            return _table(sheet, row, heads, wanted)
    return None


def _table(sheet, row, heads, wanted):
    columns: dict[str, int] = {}
    for column, name in heads.items():
        if name not in wanted:
            continue
        if wanted[name] in columns:
            raise BookRefused(Reason.TWO_COLUMNS, sheet=sheet.title, name=row.cell(column).text)
        columns[wanted[name]] = column
    extra = tuple(row.cell(column).text for column, name in heads.items() if name not in wanted)
    return Table(sheet=sheet, head_row=row.number, columns=columns, extra=extra)


def check_not_merged(sheet: Sheet, *, from_row: int):
    """Raise BookRefused where cells are merged from this row on."""
    if area := merged_from(sheet, from_row):
        raise BookRefused(Reason.MERGED, sheet=sheet.title, cells=area)


def merged_from(sheet: Sheet, row: int) -> str:
    """Return the first merged cells that reach to this row or below it; a title above may be."""
    for area in sheet.merged:
        last = area.partition(":")[2] or area
        if int("".join(filter(str.isdigit, last))) >= row:
            return area
    return ""
