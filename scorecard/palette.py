"""The colours of the design tokens, for drawings that no stylesheet reaches.

WeasyPrint ignores page CSS inside an SVG, so shapes carry their colours as attributes.
static/css/tokens.css stays the only place where they are written down.
"""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

_COLOUR = re.compile(r"^\s*--([\w-]+):\s*(#[0-9a-f]{6});", re.MULTILINE)


@cache
def colours() -> dict[str, str]:
    """Return the colour tokens by name: {"ink": "#1d2433", "rating-1": "#a3243b", ...}.

    The first of several is the one for all media.
    """
    text = Path(finders.find("css/tokens.css")).read_text(encoding="utf-8")
    return dict(reversed(_COLOUR.findall(text)))


def rating_colour(value: int | None) -> str:
    """The colour of a rating's mark; of a PI that is not rated, that of secondary text."""
    return colours()["ink-2" if value is None else f"rating-{value}"]
