"""What Word knows and python-docx has no words for: fields, shading, lists, links, directions."""

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

# Word refuses a file whose elements stand in another order than the standard names them in.
_AFTER_BIDI = [
    f"w:{name}" for name in ("spacing", "ind", "contextualSpacing", "jc", "rPr", "sectPr")
]
_AFTER_MARGINS = ["w:tblLook", "w:tblCaption", "w:tblDescription"]
_AFTER_BORDERS = ["w:shd", "w:tblLayout", "w:tblCellMar", *_AFTER_MARGINS]


def element(name: str, /, **attributes: str):
    """Return <w:name w:attribute="...">."""
    made = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made


def shade(cell: _Cell, colour: str):
    """colour: "#ebf5ef"."""
    fill = colour.removeprefix("#")
    cell._tc.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill=fill))


def add_field(paragraph: Paragraph, instruction: str, shown: str = "1"):
    """A place that Word fills: PAGE, NUMPAGES. shown: what stands there until it does."""
    for kind in ("begin", "separate", "end"):
        if kind == "separate":
            text = element("instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = f" {instruction} "
            paragraph.add_run()._r.append(text)
        paragraph.add_run()._r.append(element("fldChar", fldCharType=kind))
        if kind == "separate":
            paragraph.add_run(shown)


def begin_field(paragraph: Paragraph, instruction: str):
    """Begin a field whose result is the paragraphs up to end_field. Word renews it when asked."""
    text = element("instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {instruction} "
    for part in [
        element("fldChar", fldCharType="begin", dirty="true"),
        text,
        element("fldChar", fldCharType="separate"),
    ]:
        paragraph.add_run()._r.append(part)


def end_field(paragraph: Paragraph):
    paragraph.add_run()._r.append(element("fldChar", fldCharType="end"))


def repeat_as_head(row: _Row):
    row._tr.get_or_add_trPr().append(element("tblHeader", val="true"))


def keep_on_one_page(row: _Row):
    row._tr.get_or_add_trPr().append(element("cantSplit", val="true"))


def set_widths(table: Table, shares: list[float], *, whole: int):
    """Give the columns these shares of the whole width (in EMU)."""
    table.autofit = False
    widths = [Emu(round(share * whole)) for share in shares]
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width
    for row in table._tbl.tr_lst:
        place = 0
        for tc in row.tc_lst:
            columns = tc.grid_span
            tc.width = Emu(sum(widths[place : place + columns]))
            place += columns


def run_right_to_left(paragraph: Paragraph):
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(element("bidi"), *_AFTER_BIDI)
    for run in paragraph._p.iter(qn("w:r")):
        run.get_or_add_rPr().insert_element_before(element("rtl"), "w:cs", "w:em", "w:lang")


def add_link(paragraph: Paragraph, address: str) -> Run:
    """Return the first run of a link, still empty."""
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = element("r")
    link.append(run)
    paragraph._p.append(link)
    return Run(run, paragraph)


def add_bookmark(paragraph: Paragraph, name: str, number: int):
    """Mark the paragraph as what a link within the document leads to."""
    start = element("bookmarkStart", id=str(number), name=name)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(element("bookmarkEnd", id=str(number)))


def add_link_within(paragraph: Paragraph, name: str, text: str):
    link = element("hyperlink", anchor=name, history="1")
    run = element("r")
    link.append(run)
    paragraph._p.append(link)
    Run(run, paragraph).text = text


def begin_list(document, style: str, start: int) -> int:
    """Return the number of a list of its own, so that it does not count on from the last one."""
    numbering = document.part.numbering_part.element
    model = document.styles[style].element.pPr.numPr.numId.val
    abstract = numbering.num_having_numId(model).abstractNumId.val
    num = numbering.add_num(abstract)
    num.add_lvlOverride(ilvl=0).add_startOverride(start)
    return num.numId


def count_in(paragraph: Paragraph, number: int):
    """Count the paragraph in the list of this number."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def set_language(document, tag: str):
    """Say in which language the text is, for the spelling checker and for screen readers."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), tag)


def set_font(style, name: str, *, east_asian: str, complex_script: str):
    """In place of the font of the theme, which would be stronger than a name beside it."""
    style.font.name = name
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in [key for key in fonts.attrib if key.endswith("Theme")]:
        del fonts.attrib[attribute]
    fonts.set(qn("w:eastAsia"), east_asian)
    fonts.set(qn("w:cs"), complex_script)


def set_rules(table: Table, colour: str):
    """Thin lines between the rows and around all, none between columns; text keeps off them."""
    borders = element("tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = element(side, val="single", sz="4", space="0", color=colour.removeprefix("#"))
        borders.append(line)
    margins = element("tblCellMar")
    for side in ("top", "bottom"):
        margins.append(element(side, w="40", type="dxa"))
    properties = table._tbl.tblPr
    properties.insert_element_before(borders, *_AFTER_BORDERS)
    properties.insert_element_before(margins, *_AFTER_MARGINS)


def span(row: _Row, cell: _Cell, columns: int):
    """Let the cell take the place of so many columns; those after it fall away."""
    following = list(cell._tc.itersiblings(qn("w:tc")))[: columns - 1]
    for tc in following:
        row._tr.remove(tc)
    cell._tc.get_or_add_tcPr().grid_span = columns
