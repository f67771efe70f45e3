"""The Word document, read back with python-docx: structure, marks, and that hard texts survive."""

from io import BytesIO

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from lxml import html as lxml_html

from assessments.tests.factories import make_assessment, make_rating
from report.contents import AssessmentReport
from report.html import document as html_document
from report.tests.factories import make_action_point, make_citation
from report.word.document import docx
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db


def word_of(assessment):
    return Document(BytesIO(docx(AssessmentReport.of(assessment))))


@pytest.fixture
def word():
    rating = make_rating(
        code="2.2",
        met="bc",
        rating=Rating.MEETS,
        findings="First.\n\n- one\n  - two\n\n3. three\n4. four\n\n**Strong** [here](https://un.org)",
    )
    make_citation(rating=rating, title="Work plan")
    make_action_point(assessment=rating.assessment, activities={2021: "Done."})
    return word_of(rating.assessment)


def paragraphs(word, style=None):
    """All paragraphs, those in tables included."""
    every = word.element.body.iter(qn("w:p"))
    found = [
        (node.style or "Normal", "".join(t.text or "" for t in node.iter(qn("w:t"))))
        for node in every
    ]
    return [text for name, text in found if style is None or name == style]


def table_with(word, head):
    return next(table for table in word.tables if table.rows[0].cells[0].text == head)


def test_chapters_dimensions_and_indicators_are_headings_of_three_levels(word):
    assert paragraphs(word, "Heading1")[:2] == ["1 Background", "2 The framework"]
    assert "Dimension 2: Programming and M&E" in paragraphs(word, "Heading2")
    assert "PI 2.2 Communication & Advocacy" in paragraphs(word, "Heading3")


def test_contents_are_a_field_that_holds_every_heading_as_a_link(word):
    instructions = [node.text for node in word.element.body.iter(qn("w:instrText"))]
    anchors = [node.get(qn("w:anchor")) for node in word.element.body.iter(qn("w:hyperlink"))]
    bookmarks = {node.get(qn("w:name")) for node in word.element.body.iter(qn("w:bookmarkStart"))}

    assert any(text.strip().startswith("TOC") for text in instructions)
    assert {"chapter-1", "pi-2.2", "chapter-10"} <= set(filter(None, anchors)) <= bookmarks


def test_pages_are_numbered_and_titled_but_the_cover_is_not(word):
    section = word.sections[0]

    assert section.different_first_page_header_footer
    assert section.header.paragraphs[0].text.endswith("UNCT in Kazakhstan, 2022")
    fields = [node.text.strip() for node in section.footer._element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert section.first_page_footer.paragraphs[0].text == ""


def test_action_plan_lies_on_its_side_and_nothing_else(word):
    sides = [section.orientation for section in word.sections]

    assert sides == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    assert {round(section.page_width.mm) for section in word.sections} == {210, 297}


def test_heads_of_tables_are_repeated_on_every_page(word):
    for table in word.tables:
        head = table.rows[0]._tr
        is_data = table.rows[0].cells[0].text in ("Exceeds",)
        assert is_data or head.find(f".//{qn('w:tblHeader')}") is not None


def test_what_is_said_of_a_table_stands_in_the_order_that_word_asks_for(word):
    order = ["tblStyle", "tblW", "tblBorders", "tblLayout", "tblCellMar", "tblLook"]

    for table in word.tables:
        names = [child.tag.rpartition("}")[2] for child in table._tbl.tblPr]
        assert names == [name for name in order if name in names]
        assert {"tblBorders", "tblCellMar"} <= set(names)


def test_rating_stands_in_bars_and_word_on_the_ground_of_its_colour(word):
    rows = table_with(word, "Performance indicator").rows
    cell = next(row.cells[1] for row in rows if row.cells[0].text.startswith("2.2"))

    assert cell.text.startswith("▮▮▯\u00a0Meets")
    assert cell._tc.find(f".//{qn('w:shd')}").get(qn("w:fill")) == "ebf5ef"


def test_rating_that_is_missing_has_its_own_mark(word):
    assert "–\u00a0Not rated" in "\n".join(paragraphs(word))


def test_lists_are_lists_and_numbers_are_those_that_were_typed(word):
    items = [node for node in word.element.body.iter(qn("w:p")) if node.style == "ListNumber"]
    numbering = word.part.numbering_part.element
    starts = []
    for item in items:
        num = numbering.num_having_numId(item.pPr.numPr.numId.val)
        starts.append(num.find(f".//{qn('w:startOverride')}").get(qn("w:val")))

    assert "one" in paragraphs(word, "ListBullet")
    assert paragraphs(word, "ListBullet2") == ["two"]
    assert paragraphs(word, "ListNumber") == ["three", "four"]
    assert starts == ["3", "3"]  # one list, which begins at 3


def test_links_lead_out_and_emphasis_stays(word):
    targets = [row.target_ref for row in word.part.rels.values() if row.is_external]
    bold = [run.text for paragraph in word.paragraphs for run in paragraph.runs if run.bold]

    assert targets == ["https://un.org"]
    assert "Strong" in bold


def test_document_says_its_title_team_and_language(word):
    assert word.core_properties.title.endswith("UNCT in Kazakhstan, 2022")
    assert word.core_properties.author == "UNCT in Kazakhstan"
    languages = {node.get(qn("w:val")) for node in word.styles.element.iter(qn("w:lang"))}
    assert (word.core_properties.language, languages) == ("en-GB", {"en-GB"})


def test_hard_texts_are_texts_and_none_is_lost():
    rating = make_rating(
        assessment=make_assessment(process="Control \x07\x1b and \x0b soft break."),
        code="2.2",
        met="bc",
        findings="<w:p/> & الأمم المتحدة\n\n" + "w" * 19_000,
        means_of_verification="|a|b|\n|-|-|\n|c|d|",
    )

    word = word_of(rating.assessment)

    text = "\n".join(paragraphs(word))
    assert "Control and" in text
    assert "<w:p/> & الأمم المتحدة" in text
    assert "w" * 19_000 in text
    assert [[cell.text for cell in row.cells] for row in table_with(word, "a").rows] == [
        ["a", "b"],
        ["c", "d"],
    ]


def test_arabic_runs_from_right_to_left():
    rating = make_rating(code="2.2", met="bc", findings="الأمم المتحدة في القاهرة")

    word = word_of(rating.assessment)

    (paragraph,) = (p for p in word.paragraphs if p.text == "الأمم المتحدة في القاهرة")
    assert paragraph._p.pPr.find(qn("w:bidi")) is not None
    assert paragraph.runs[0]._r.rPr.find(qn("w:rtl")) is not None


def test_every_word_of_the_page_is_in_the_document_in_the_same_order():
    """Whatever a chapter comes to say, Word says it too."""
    rating = make_rating(code="1.3", entries=[(15, 16), (23, 62)], findings="Found **this**.")
    make_citation(rating=rating, title="Work plan")
    make_action_point(assessment=rating.assessment, activities={2021: "Done."})
    report = AssessmentReport.of(rating.assessment)
    page = lxml_html.fromstring(html_document(report)).find(".//article")
    for node in [*page.iter("svg"), *page.iter("figure")]:
        node.drop_tree()

    word = Document(BytesIO(docx(report)))

    written = "".join("".join(paragraphs(word)).split())
    place = 0
    for words in page.itertext():
        wanted = "".join(words.split())
        place = written.find(wanted, place)
        assert place >= 0, words
