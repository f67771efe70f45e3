"""Fonts, sizes and page of the Word document."""

from django.utils.translation import get_language
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from report.word import ooxml
from scorecard.palette import colours

FONT, EAST_ASIAN, COMPLEX_SCRIPT = "Calibri", "Microsoft YaHei", "Arial"
MARGIN = Mm(25)
# name: size in points, space before, space after, colour
HEADINGS = {
    "Heading 1": (18, 24, 8, "accent-dark"),
    "Heading 2": (14, 18, 6, "ink"),
    "Heading 3": (12, 14, 4, "ink"),
    "Heading 4": (10.5, 10, 2, "ink-2"),
}
OTHERS = {
    "Title": (28, 120, 12, "ink"),
    "Subtitle": (15, 0, 24, "ink-2"),
    "Caption": (9.5, 8, 4, "ink-2"),
}
# Word's own names for the languages of the site.
LANGUAGES = {
    "en": "en-GB",
    "fr": "fr-FR",
    "es": "es-ES",
    "ru": "ru-RU",
    "ar": "ar-SA",
    "zh": "zh-CN",
}


def set_up(document):
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN
    normal = document.styles["Normal"]
    _set(normal, 10, 0, 6, "ink")
    normal.paragraph_format.line_spacing = 1.15
    for name, (size, before, after, colour) in (HEADINGS | OTHERS).items():
        style = document.styles[name]
        _set(style, size, before, after, colour)
        style.font.bold = name != "Subtitle"
        style.font.italic = False
        style.paragraph_format.keep_with_next = name not in OTHERS
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
        for border in style.element.xpath("./w:pPr/w:pBdr"):
            border.getparent().remove(border)
    for name in ("List Bullet", "List Number"):
        document.styles[name].paragraph_format.space_after = Pt(3)
    ooxml.set_language(document, language())


def language() -> str:
    return LANGUAGES.get(get_language().split("-")[0], get_language())


def _set(style, size, before, after, colour):
    ooxml.set_font(style, FONT, east_asian=EAST_ASIAN, complex_script=COMPLEX_SCRIPT)
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor.from_string(colours()[colour].removeprefix("#").upper())
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
