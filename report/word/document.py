"""The whole document: cover, contents, chapters, the action plan on its side."""

from contextlib import contextmanager
from io import BytesIO

from django.utils import timezone
from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.shared import Pt
from docx.table import _Cell
from lxml import html as lxml_html

from report import html
from report.contents import AssessmentReport
from report.printing import with_directions
from report.word import inline, ooxml, styles
from report.word.blocks import BlockWriter
from report.word.chart import write_chart


def docx(report: AssessmentReport, *, record=None) -> bytes:
    """Return the report as .docx: real headings, a table of contents, all of it to be edited.

    record: of its endorsement, see report/html.py.
    """
    document = Document()
    styles.set_up(document)
    _set_properties(document, report)
    _write_margins(document, report)
    page = lxml_html.fromstring(with_directions(html.document(report, record=record)))
    Writer(document, document, Place(document, report)).write(page.find(".//article"))
    made = BytesIO()
    document.save(made)
    return made.getvalue()


class Writer(BlockWriter):
    def inside(self, cell: _Cell) -> "Writer":
        return Writer(self.document, cell, self.place)


class Place:
    """Where in the document the writing is: page, section, bookmarks."""

    def __init__(self, document, report: AssessmentReport):
        self.document = document
        self.report = report
        self.bookmarks = 0
        self.is_new_page_due = False

    @contextmanager
    def around(self, kinds: set[str]):
        """Set up the page for what has these classes, and set it back afterwards."""
        self.is_new_page_due |= "report-starts-page" in kinds
        if "report-plan" in kinds:
            self._begin_section(WD_ORIENT.LANDSCAPE)
            yield
            self._begin_section(WD_ORIENT.PORTRAIT)
        else:
            yield
        self.is_new_page_due |= "report-cover" in kinds

    def takes_new_page(self) -> bool:
        """Whether the next heading is to begin a page; once."""
        due, self.is_new_page_due = self.is_new_page_due, False
        return due

    def _begin_section(self, orientation):
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        if section.orientation != orientation:
            section.orientation = orientation
            size = section.page_height, section.page_width
            section.page_width, section.page_height = size
        section.different_first_page_header_footer = False

    def width_of(self, container) -> int:
        """What a table may take, in EMU."""
        if isinstance(container, _Cell):
            return round((container.width or 0) * 0.95) or self._page_width() // 2
        return self._page_width()

    def _page_width(self) -> int:
        section = self.document.sections[-1]
        return section.page_width - section.left_margin - section.right_margin

    def mark(self, paragraph, name: str):
        self.bookmarks += 1
        ooxml.add_bookmark(paragraph, name, self.bookmarks)

    def write_contents(self, nav):
        """Headings as links; Word puts the numbers of the pages in when it renews the field."""
        heading = self.document.add_paragraph(nav.findtext("h2"), style="TOC Heading")
        heading.paragraph_format.page_break_before = self.takes_new_page()
        paragraph = None
        for link in nav.iter("a"):
            is_first, paragraph = paragraph is None, self.document.add_paragraph()
            if is_first:
                ooxml.begin_field(paragraph, r'TOC \o "1-3" \h \z \u')
            depth = sum(1 for _list in link.iterancestors("ol")) - 1
            paragraph.paragraph_format.left_indent = Pt(14 * depth)
            paragraph.paragraph_format.space_after = Pt(2)
            text = "".join(
                piece.text for piece in inline.trimmed(inline.pieces(link, inline.Look()))
            )
            ooxml.add_link_within(paragraph, link.get("href").removeprefix("#"), text)
        ooxml.end_field(paragraph)
        self.is_new_page_due = True

    def write_chart(self):
        write_chart(self.document, self.report.overview, width=self._page_width())


def _set_properties(document, report: AssessmentReport):
    properties = document.core_properties
    properties.title = report.cover.document_title
    properties.subject = report.cover.subtitle
    properties.author = properties.last_modified_by = report.cover.team
    properties.language = styles.language()
    properties.keywords = "UNCT-SWAP"
    properties.comments = report.cover.standing
    properties.created = properties.modified = timezone.now().replace(tzinfo=None)


def _write_margins(document, report: AssessmentReport):
    """Running title and page numbers, but not on the cover."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    head = section.header.paragraphs[0]
    head.text = report.cover.document_title
    foot = section.footer.paragraphs[0]
    ooxml.add_field(foot, "PAGE")
    foot.add_run(" / ")
    ooxml.add_field(foot, "NUMPAGES")
    for paragraph in (head, foot):
        for run in paragraph.runs:
            run.font.size = Pt(8.5)
