"""The report as PDF, set in a child process with limits, so that no text can stop the site."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from report.chapters.values import ShownRating
from report.html import SCREEN_STYLES
from scorecard.child import ChildPool
from scorecard.palette import rating_colour
from scorecard.rating import Rating

PRINT_STYLES = [*SCREEN_STYLES, "css/report-print.css"]
SECONDS, MEGABYTES = 60, 1500
_SVG = re.compile(r"<svg.*?</svg>", re.DOTALL)

printers = ChildPool(seconds=SECONDS, megabytes=MEGABYTES)


def pdf(html: str) -> bytes:
    """Return the document as a tagged PDF (PDF/UA-1) with our own print styles.

    html: with a title and a language, which PDF/UA asks for. Raises a ChildError.
    """
    return printers.run("report.printing:print_pdf", html.encode(), styles=styles(), marks=marks())


@cache
def styles() -> list[str]:
    return [Path(finders.find(name)).read_text(encoding="utf-8") for name in PRINT_STYLES]


@cache
def marks() -> dict[str, str]:
    """The drawings of the rating marks by the addresses that report-print.css gives them.

    Taken from the one template that draws them everywhere. As backgrounds they are ornament,
    as they are on the page: the word beside each says the rating to a screen reader.
    """
    return {"mark:none": _mark(None)} | {f"mark:{level}": _mark(level) for level in Rating}


def _mark(level: Rating | None) -> str:
    rating = ShownRating.of(level, {})
    html = render_to_string("scorecard/_rating_mark.html", {"rating": rating, "size": "s"})
    drawing = _SVG.search(html)[0].replace("currentColor", rating_colour(level))
    return drawing.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
