"""Cells of openpyxl that hold a person's text as text: never a formula, a link or an error."""

from openpyxl.cell import Cell, WriteOnlyCell

from scorecard.cell_text import cell_text, is_like_formula

LINE_HEIGHT, MAX_HEIGHT = 15, 409  # points; Excel knows no higher row


def write_text(cell: Cell, text: str) -> Cell:
    """Put a text into a cell. It must fit, see cell_text.parts; openpyxl would cut it in silence.

    The apostrophe that quotePrefix stands for keeps a text that is edited in Excel a text.
    """
    stored = cell_text(text)
    cell.value = stored or None  # an empty text would be written as a text without its part
    if not stored:
        return cell
    if len(stored) != len(cell.value or ""):
        raise ValueError(f"A text of {len(stored)} characters does not fit into {cell.coordinate}.")
    cell.data_type = "s"
    if is_like_formula(stored):
        cell.quotePrefix = True
    return cell


def text_cell(sheet, text: str) -> Cell:
    """Return a new cell with a text, for a sheet of a workbook in write-only mode."""
    return write_text(WriteOnlyCell(sheet), text)


def lines_needed(value, width: int) -> int:
    """Estimate on how many lines a text stands in a column so many characters wide."""
    lines = str(value or "").split("\n")
    return sum(max(1, -(-len(line) // max(1, width - 4))) for line in lines)


def row_height(lines: int) -> float:
    """In points. Neither program makes a row fit its text by itself when a file is opened."""
    return min(MAX_HEIGHT, LINE_HEIGHT * lines + 3)
