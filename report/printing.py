"""HTML to PDF, behind a fence: a text in the report cannot make the server fetch anything.

Runs in a child process (scorecard/child.py), so without Django: styles and marks are handed over.
"""

import logging
import re
import unicodedata
from functools import cache, lru_cache
from html import unescape

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

_AUTOMATIC = re.compile(r'dir="auto"([^>]*)>(?=(.*?)</(?!a>|strong>|em>))', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_NUMBERED = re.compile(r'(<li[^>]*) value="(\d+)"')

logging.getLogger("weasyprint").setLevel(logging.ERROR)


class OnlyOurMarks(URLFetcher):
    """Knows no address but those of our rating marks, which it holds itself."""

    def __init__(self, marks: dict[str, str]):
        super().__init__(timeout=1, allowed_protocols=(), allow_redirects=False)
        self.marks = marks

    def fetch(self, url, headers=None):
        if mark := self.marks.get(url):
            return URLFetcherResponse(url, mark.encode(), {"Content-Type": "image/svg+xml"})
        raise ValueError(f"{url:.80}: a report fetches nothing.")


def print_pdf(html: bytes, *, styles: list[str], marks: dict[str, str]) -> bytes:
    """Return the document as a tagged PDF (PDF/UA-1).

    html: with a title and a language, which PDF/UA asks for.
    styles: texts of stylesheets. marks: SVG drawings by the addresses that the styles give them.
    """
    prepared = with_numbers(with_directions(html.decode()))
    return source(prepared, marks).write_pdf(**options(styles, marks))


def source(html: str, marks: dict[str, str]) -> HTML:
    return HTML(string=html, base_url="about:blank", url_fetcher=OnlyOurMarks(marks))


def options(styles: list[str], marks: dict[str, str]) -> dict:
    """How WeasyPrint is to print: our styles, tagged as PDF/UA-1, no styling by attributes."""
    return {
        "stylesheets": _parsed(tuple(styles), tuple(marks.items())),
        "font_config": _fonts(),
        "pdf_variant": "pdf/ua-1",
        "presentational_hints": False,
    }


@lru_cache(maxsize=1)
def _parsed(styles: tuple[str, ...], marks: tuple[tuple[str, str], ...]) -> list[CSS]:
    """The stylesheets, parsed once a process."""
    fetcher = OnlyOurMarks(dict(marks))
    return [CSS(string=text, url_fetcher=fetcher, font_config=_fonts()) for text in styles]


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()


def with_directions(html: str) -> str:
    """Say outright which way a text runs where the page leaves it to the browser.

    WeasyPrint does not know dir="auto", and would set Arabic to the left.
    """
    return _AUTOMATIC.sub(lambda found: f'dir="{_direction(found[2])}"{found[1]}>', html)


def with_numbers(html: str) -> str:
    """Number list items as their value says, which WeasyPrint otherwise leaves out."""
    style = r'\1 style="counter-reset: list-item \2; counter-increment: none"'
    return _NUMBERED.sub(style, html)


def _direction(text: str) -> str:
    """That of the first letter which has one, as a browser decides it."""
    kinds = map(unicodedata.bidirectional, unescape(_TAG.sub("", text)))
    first = next((kind for kind in kinds if kind in ("L", "R", "AL")), "L")
    return "ltr" if first == "L" else "rtl"
