"""HTML to PDF, behind a fence: a text in the report cannot make the server fetch anything."""

import logging
import re
import unicodedata
from functools import cache
from html import unescape
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from report.chapters.values import ShownRating
from report.html import SCREEN_STYLES
from scorecard.palette import rating_colour
from scorecard.rating import Rating

PRINT_STYLES = [*SCREEN_STYLES, "css/report-print.css"]
_SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)
_AUTOMATIC = re.compile(r'dir="auto"([^>]*)>(?=(.*?)</(?!a>|strong>|em>))', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_NUMBERED = re.compile(r'(<li[^>]*) value="(\d+)"')

logging.getLogger("weasyprint").setLevel(logging.ERROR)


class OnlyOurMarks(URLFetcher):
    """Knows no address but those of our rating marks, which it holds itself."""

    def __init__(self):
        super().__init__(timeout=1, allowed_protocols=(), allow_redirects=False)

    def fetch(self, url, headers=None):
        if mark := _marks().get(url):
            return URLFetcherResponse(url, mark, {"Content-Type": "image/svg+xml"})
        raise ValueError(f"{url:.80}: a report fetches nothing.")


def pdf(html: str) -> bytes:
    """Return the document as a tagged PDF (PDF/UA-1) with our own print styles.

    html: with a title and a language, which PDF/UA asks for.
    """
    document = HTML(
        string=_with_numbers(_with_directions(html)),
        base_url="about:blank",
        url_fetcher=OnlyOurMarks(),
    )
    return document.write_pdf(**options())


def options() -> dict:
    """How WeasyPrint is to print: our styles, tagged as PDF/UA-1, no styling by attributes."""
    return {
        "stylesheets": print_styles(),
        "font_config": _fonts(),
        "pdf_variant": "pdf/ua-1",
        "presentational_hints": False,
    }


@cache
def print_styles() -> list[CSS]:
    """Our stylesheets, parsed once a process."""
    texts = (Path(finders.find(name)).read_text(encoding="utf-8") for name in PRINT_STYLES)
    return [CSS(string=text, url_fetcher=OnlyOurMarks(), font_config=_fonts()) for text in texts]


def _with_directions(html: str) -> str:
    """Say outright which way a text runs where the page leaves it to the browser.

    WeasyPrint does not know dir="auto", and would set Arabic to the left.
    """
    return _AUTOMATIC.sub(lambda found: f'dir="{_direction(found[2])}"{found[1]}>', html)


def _with_numbers(html: str) -> str:
    """Number list items as their value says, which WeasyPrint otherwise leaves out."""
    style = r'\1 style="counter-reset: list-item \2; counter-increment: none"'
    return _NUMBERED.sub(style, html)


def _direction(text: str) -> str:
    """That of the first letter which has one, as a browser decides it."""
    kinds = map(unicodedata.bidirectional, unescape(_TAG.sub("", text)))
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"


@cache
def _marks() -> dict[str, bytes]:
    """The drawings of the rating marks by the addresses that report-print.css gives them.

    Taken from the one template that draws them everywhere. As backgrounds they are ornament,
    as they are on the page: the word beside each says the rating to a screen reader.
    """
    return {"mark:none": _mark(None)} | {f"mark:{level}": _mark(level) for level in Rating}


def _mark(level: Rating | None) -> bytes:
    rating = ShownRating.of(level, {})
    html = render_to_string("scorecard/_rating_mark.html", {"rating": rating, "size": "s"})
    drawing = _SVG.search(html)[0].replace("currentColor", rating_colour(level))
    return drawing.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1).encode()


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()
