"""Cells of openpyxl that hold a person's text as text: never a formula, a link or an error."""

from openpyxl.cell import Cell, WriteOnlyCell

from scorecard.cell_text import cell_text, is_like_formula


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
