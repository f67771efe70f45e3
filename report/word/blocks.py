"""From block to block: headings, paragraphs, lists, and what holds them."""

from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from lxml.html import HtmlElement

from report.word import inline, ooxml
from report.word.inline import Look
from report.word.tables import TableWriter
from scorecard.palette import colours

# The report's h1 is its title; Word's outline begins below it.
HEADINGS = {"h2": "Heading 1", "h3": "Heading 2", "h4": "Heading 3", "h5": "Heading 4"}
STYLES = {"report-title": "Title", "report-subtitle": "Subtitle"}
QUIET = {"report-none", "report-note", "report-for", "report-origin", "as-typed-note"}
LARGE = {"report-team": 20, "report-year": 20, "report-rating": 13}
DEEPEST_BULLET = 3  # of Word's own styles; deeper points are indented further


class BlockWriter:
    """Writes HTML into a document or a cell. place: how the document is laid out around it."""

    def __init__(self, document, container, place):
        self.document = document
        self.container = container
        self.place = place
        # A new cell has a paragraph already, which the first one takes.
        self.unused = container.paragraphs[0] if isinstance(container, _Cell) else None

    def write(self, node: HtmlElement):
        """Write what is below the node."""
        if self._holds_words(node):
            self._paragraph(node, Look(is_bold=node.tag == "th"))
            self._write_lists_within(node)
            return
        for child in node:
            if isinstance(child.tag, str):
                self._write_block(child)

    def _write_block(self, node: HtmlElement):
        kinds = set(node.get("class", "").split())
        if node.tag in HEADINGS or node.tag == "h1":
            self._heading(node)
        elif node.tag == "p":
            self._paragraph(node, Look())
        elif node.tag in ("ul", "ol"):
            self._list(node, depth=1)
        elif node.tag == "table":
            TableWriter(self, node).write()
        elif node.tag == "nav":
            self.place.write_contents(node)
        elif "report-chart" in kinds:
            self.place.write_chart()
        elif node.tag not in ("svg", "small", "style"):
            with self.place.around(kinds):
                self.write(node)

    @staticmethod
    def _holds_words(node: HtmlElement) -> bool:
        """Whether words stand in the node itself, as in a cell without a paragraph."""
        words = [node.text, *(child.tail for child in node)]
        inner = (child.tag for child in node)
        return any(text and text.strip() for text in words) or any(
            tag in ("br", "small", "span", "strong", "bdi") for tag in inner
        )

    def _write_lists_within(self, node: HtmlElement):
        for child in node:
            if child.tag in ("ul", "ol", "p", "table", "div"):
                self._write_block(child)

    def new_paragraph(self, style: str = "") -> Paragraph:
        paragraph = self.unused or self.container.add_paragraph()
        self.unused = None
        if style:
            paragraph.style = self.document.styles[style]
        if isinstance(self.container, _Cell):
            paragraph.paragraph_format.space_after = Pt(2)
        return paragraph

    def _heading(self, node: HtmlElement):
        style = STYLES["report-title"] if node.tag == "h1" else HEADINGS[node.tag]
        paragraph = self.new_paragraph(style)
        inline.write(paragraph, inline.trimmed(inline.pieces(node, Look())))
        if name := node.get("id"):
            self.place.mark(paragraph, name)
        if self.place.takes_new_page():
            paragraph.paragraph_format.page_break_before = True

    def _paragraph(self, node: HtmlElement, look: Look) -> Paragraph | None:
        kinds = set(node.get("class", "").split())
        if kinds & QUIET:
            look = Look(is_italic=True, colour=colours()["ink-2"])
        as_typed = "as-typed" in kinds
        found = list(inline.pieces(node, look, keeps_lines=as_typed))
        found = found if as_typed else inline.trimmed(iter(found))
        if not found:
            return None
        paragraph = self.new_paragraph(next((STYLES[kind] for kind in kinds & STYLES.keys()), ""))
        inline.write(paragraph, found)
        for kind in kinds & LARGE.keys():
            for run in paragraph.runs:
                run.font.size = Pt(LARGE[kind])
        self._turn(paragraph, node)
        return paragraph

    def _turn(self, paragraph: Paragraph, node: HtmlElement):
        if node.get("dir") == "rtl":
            ooxml.run_right_to_left(paragraph)

    def _list(self, node: HtmlElement, *, depth: int):
        counting = _Counting(self.document, node)
        for item in node.iterchildren("li"):
            words = inline.trimmed(inline.pieces(item, Look()))
            if words:
                self._item(item, words, counting, depth)
            for child in item:
                if child.tag in ("ul", "ol"):
                    self._list(child, depth=depth + 1)
                elif child.tag in ("p", "table", "div"):
                    self._write_block(child)

    def _item(self, item, words, counting, depth):
        paragraph = self.new_paragraph(counting.style(depth))
        inline.write(paragraph, words)
        counting.count(paragraph, item)
        if depth > DEEPEST_BULLET or counting.is_numbered or not counting.style(depth):
            paragraph.paragraph_format.left_indent = Mm(6.35 * depth)
            if counting.style(depth):
                paragraph.paragraph_format.first_line_indent = Mm(-6.35)
        self._turn(paragraph, item)


class _Counting:
    """Bullets, numbers, or neither where items begin with a number or letter of their own."""

    def __init__(self, document, node: HtmlElement):
        self.document = document
        self.is_numbered = node.tag == "ol"
        self.is_labelled = node.get("role") == "list"
        self.number = None

    def style(self, depth: int) -> str:
        if self.is_labelled:
            return ""
        if self.is_numbered:
            return "List Number"
        level = min(depth, DEEPEST_BULLET)
        return "List Bullet" if level == 1 else f"List Bullet {level}"

    def count(self, paragraph: Paragraph, item: HtmlElement):
        if not self.is_numbered:
            return
        value = item.get("value")
        if self.number is None or value:
            start = int(value or 1)
            self.number = ooxml.begin_list(self.document, "List Number", start)
        ooxml.count_in(paragraph, self.number)
