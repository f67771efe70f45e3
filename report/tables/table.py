"""A plain table, as a sheet or a CSV file shows it."""

from dataclasses import dataclass

from report.chapters.values import ShownRating

Value = str | int | ShownRating | None


@dataclass(frozen=True, kw_only=True)
class Column:
    """width: in characters, about."""

    head: str
    width: int


@dataclass(frozen=True, kw_only=True)
class Table:
    """key_columns: how many columns say what a row is about; they stay in sight."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    key_columns: int = 0


def table(title: str, columns: list[tuple[str, int]], rows, *, key_columns: int = 0) -> Table:
    heads = tuple(Column(head=head, width=width) for head, width in columns)
    return Table(title=title, columns=heads, rows=tuple(map(tuple, rows)), key_columns=key_columns)
