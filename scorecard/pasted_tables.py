"""Rows pasted from a Word or Excel table, with tabs between their cells. Without Django."""

from itertools import takewhile, zip_longest

from scorecard.pasted_lists import is_bullet, item_of


def rows_from(lines: list[str], start: int) -> list[str]:
    """Return the lines from there on that are rows of one table; [] where there is none.

    The first row holds two cells or more; those after it may leave any of theirs empty.
    """
    if "\t" not in lines[start].strip() or item_of(lines[start]):
        return []
    after = (lines[place] for place in range(start + 1, len(lines)))
    rows = list(takewhile(_may_go_on, after))
    return [lines[start], *rows] if rows else []


def _may_go_on(line: str) -> bool:
    return "\t" in line and bool(line.strip()) and not is_bullet(line)


def as_table(rows: list[str]) -> list[str]:
    """Return the rows as lines of a markdown table, the first one as its head."""
    cells = [[_cell(cell) for cell in row.split("\t")] for row in rows]
    columns = list(zip_longest(*cells, fillvalue=""))
    while not any(columns[-1]):
        columns.pop()
    lines = [f"| {' | '.join(row)} |" for row in zip(*columns, strict=True)]
    return [lines[0], "|" + " --- |" * len(columns), *lines[1:]]


def _cell(text: str) -> str:
    return text.strip().replace("|", r"\|")
