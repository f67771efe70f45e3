"""The dates of the action points as a drawing: one row a point, one bar from start to due.

Only numbers and PI codes stand in the drawing: WeasyPrint draws Arabic in an SVG unshaped, so the
words stand beside it in HTML, and the whole of it in the alternative text. The shapes differ by
status without their colours. All numbers are whole: a decimal comma would break the SVG.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actionplan.schedule import MONTHS, Bar, bar
from scorecard.palette import colours

NUMBER, CODE, MONTH = 30, 44, 12
LEFT = NUMBER + CODE
ROW, THICK, TOP = 22, 12, 26


@dataclass(frozen=True, kw_only=True)
class Item:
    """One action point. status: a value of ActionPoint.Status; words: the same, in words."""

    number: int
    code: str
    start: date | None
    due: date | None
    status: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A bar of the drawing. dash: "" for an unbroken edge."""

    x: int
    y: int
    width: int
    height: int
    fill: str
    stroke: str
    dash: str


@dataclass(frozen=True, kw_only=True)
class Label:
    x: int
    y: int
    text: str
    colour: str


@dataclass(frozen=True, kw_only=True)
class Line:
    x1: int
    x2: int
    y1: int
    y2: int
    colour: str
    dash: str = ""


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """A drawing in its own units; title is its alternative text."""

    width: int
    height: int
    title: str
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]
    lines: tuple[Line, ...]


def timelines(
    items: Iterable[Item],
    *,
    first_year: int,
    last_year: int,
    at: date | None = None,
    rows_each: int | None = None,
) -> tuple[Timeline, ...]:
    """Return the drawings of all items that have a date, none for none.

    at: a day to be marked by a line. rows_each: so many rows a drawing, for paper.
    """
    dated = [
        (item, drawn)
        for item in items
        if (drawn := bar(item.start, item.due, first_year=first_year, last_year=last_year))
    ]
    step = rows_each or len(dated) or 1
    years = range(first_year, last_year + 1)
    return tuple(
        _drawing(dated[place : place + step], years, at) for place in range(0, len(dated), step)
    )


def _drawing(dated: list[tuple[Item, Bar]], years: range, at: date | None) -> Timeline:
    width = LEFT + len(years) * MONTHS * MONTH
    height = TOP + len(dated) * ROW + 4
    return Timeline(
        width=width,
        height=height,
        title=_title([item for item, _bar in dated]),
        shapes=tuple(
            _shape(item, drawn, y=TOP + row * ROW) for row, (item, drawn) in enumerate(dated)
        ),
        labels=(*_years(years), *_names([item for item, _bar in dated])),
        lines=(*_rules(years, height), *_mark(at, years, height)),
    )


def _shape(item: Item, drawn: Bar, *, y: int) -> Shape:
    return Shape(
        x=LEFT + drawn.begins * MONTH,
        y=y + (ROW - THICK) // 2,
        width=(drawn.ends - drawn.begins) * MONTH,
        height=THICK,
        **_look(item.status),
    )


def _look(status: str) -> dict[str, str]:
    """Planned an outline, under way full, done full and dark, dropped a broken outline.

    static/css/timeline.css draws the legend alike.
    """
    ink = colours()
    return {
        "planned": {"fill": ink["paper"], "stroke": ink["accent"], "dash": ""},
        "under_way": {"fill": ink["accent"], "stroke": ink["accent"], "dash": ""},
        "done": {"fill": ink["ink"], "stroke": ink["ink"], "dash": ""},
        "dropped": {"fill": ink["paper"], "stroke": ink["rule-strong"], "dash": "4 3"},
    }[status]


def _names(items: list[Item]) -> list[Label]:
    found = []
    for row, item in enumerate(items):
        y = TOP + row * ROW + ROW - 7
        found.append(Label(x=0, y=y, text=str(item.number), colour=colours()["ink"]))
        found.append(Label(x=NUMBER, y=y, text=item.code, colour=colours()["ink-2"]))
    return found


def _years(years: range) -> list[Label]:
    return [
        Label(x=_january(place) + 4, y=15, text=str(year), colour=colours()["ink-2"])
        for place, year in enumerate(years)
    ]


def _rules(years: range, height: int) -> list[Line]:
    return [
        Line(x1=x, x2=x, y1=0, y2=height, colour=colours()["rule"])
        for x in (_january(place) for place in range(len(years) + 1))
    ]


def _mark(at: date | None, years: range, height: int) -> list[Line]:
    if at is None or at.year not in years:
        return []
    x = _january(at.year - years[0]) + (at.month - 1) * MONTH + at.day * MONTH // 31
    return [Line(x1=x, x2=x, y1=0, y2=height, colour=colours()["rating-1"], dash="5 3")]


def _january(place: int) -> int:
    return LEFT + place * MONTHS * MONTH


def _title(items: list[Item]) -> str:
    return _("Timeline of action points: %(points)s") % {
        "points": "; ".join(_sentence(item) for item in items)
    }


def _sentence(item: Item) -> str:
    values = {
        "number": item.number,
        "code": item.code,
        "start": item.start and date_format(item.start),
        "due": item.due and date_format(item.due),
        "status": item.words,
    }
    if item.start and item.due:
        words = _("%(number)s (PI %(code)s), %(start)s to %(due)s, %(status)s")
    elif item.due:
        words = _("%(number)s (PI %(code)s), due %(due)s, %(status)s")
    else:
        words = _("%(number)s (PI %(code)s), from %(start)s on, %(status)s")
    return words % values
