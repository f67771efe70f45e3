"""Tables: repeated heads, rating cells shaded and worded, columns as wide as they need."""

from math import sqrt

from docx.table import _Cell
from lxml.html import HtmlElement

from report.word import inline, ooxml
from scorecard.palette import colours

# Between the narrowest and the widest column; a column of text grows with the root of its length,
# so that a long one does not crush its neighbours.
NARROWEST, WIDEST = 4, 40
MARK = 4
BANDS = {"report-band", "years-band"}


class TableWriter:
    def __init__(self, blocks, node: HtmlElement):
        self.blocks = blocks
        self.node = node
        self.rows = [row for row in node.iter("tr") if _table_of(row) is node]
        self.columns = max(sum(_span(cell) for cell in _cells(row)) for row in self.rows)

    def write(self):
        for caption in self.node.iterchildren("caption"):
            paragraph = self.blocks.new_paragraph("Caption")
            inline.write(paragraph, inline.trimmed(inline.pieces(caption, inline.Look())))
            paragraph.paragraph_format.keep_with_next = True
        container = self.blocks.container
        self.blocks.unused = None
        table = container.add_table(0, self.columns)
        ooxml.set_rules(table, colours()["rule-strong"])
        for row in self.rows:
            self._row(table.add_row(), row)
        ooxml.set_widths(table, self._shares(), whole=self.blocks.place.width_of(container))
        if not isinstance(container, _Cell):
            self.blocks.new_paragraph().paragraph_format.space_after = 0

    def _row(self, made, row: HtmlElement):
        kinds = set(row.get("class", "").split())
        if row.getparent().tag == "thead":
            ooxml.repeat_as_head(made)
        if "report-long" not in kinds:
            ooxml.keep_on_one_page(made)
        places, place = list(made.cells), 0
        for node in _cells(row):
            cell, columns = places[place], _span(node)
            if columns > 1:
                ooxml.span(made, cell, columns)
            self._cell(cell, node, is_band=bool(kinds & BANDS))
            place += columns

    def _cell(self, cell: _Cell, node: HtmlElement, *, is_band: bool):
        self.blocks.inside(cell).write(node)
        if is_band:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True
        marks = [child for child in node.iter("span") if inline.is_mark(child)]
        is_carried = "years-carried" in node.get("class", "")  # white, as on the page
        if is_band or node.getparent().getparent().tag == "thead":
            ooxml.shade(cell, colours()["ground"])
        elif len(marks) == 1 and (level := inline.rating_of(marks[0])) and not is_carried:
            ooxml.shade(cell, colours()[f"rating-{level}-pale"])

    def _shares(self) -> list[float]:
        """How wide each column is to be, by its text: together 1."""
        needs = [float(NARROWEST)] * self.columns
        for row in self.rows:
            cells = _cells(row)
            if len(cells) == self.columns:
                for place, cell in enumerate(cells):
                    needs[place] = max(needs[place], _need(cell))
        return [need / sum(needs) for need in needs]


def _need(cell: HtmlElement) -> float:
    text = " ".join(cell.text_content().split())
    longest_word = max(map(len, text.split()), default=0)
    if any(inline.is_mark(span) for span in cell.iter("span")):
        longest_word += MARK  # the bars do not part from their word
    return min(max(sqrt(len(text)) * 1.6, longest_word, NARROWEST), WIDEST)


def _table_of(row: HtmlElement) -> HtmlElement:
    return next(row.iterancestors("table"))


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _span(cell: HtmlElement) -> int:
    return int(cell.get("colspan", 1))
