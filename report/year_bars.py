"""The years as a picture: one bar a year, from the base up how many PIs stand at each level.

As in charts.py only digits stand in the drawing, and all numbers are whole.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from report.chapters.year_values import YearColumn
from report.chapters.years import YearsTable
from report.charts import Label, Line
from scorecard.palette import colours, rating_colour
from scorecard.rating import Rating

BAR, GAP = 44, 20
UNIT = 14  # height of one PI
TOP = 10
DIGITS = 12  # size of the numbers


@dataclass(frozen=True, kw_only=True)
class Segment:
    """The PIs of one year at one level. Hollow for the lowest level, dashed for those not rated."""

    x: int
    y: int
    height: int
    fill: str
    stroke: str
    is_dashed: bool
    width: int = BAR


@dataclass(frozen=True, kw_only=True)
class Upright:
    """Where an edition begins."""

    x: int
    y1: int
    y2: int
    colour: str


@dataclass(frozen=True, kw_only=True)
class YearBars:
    width: int
    height: int
    title: str
    segments: tuple[Segment, ...]
    labels: tuple[Label, ...]
    base: Line
    breaks: tuple[Upright, ...]

    @classmethod
    def of(cls, years: YearsTable) -> "YearBars":
        total = max((column.total for column in years.columns), default=0)
        base = TOP + total * UNIT
        width = GAP + len(years.columns) * (BAR + GAP)
        placed = [(GAP + i * (BAR + GAP), column) for i, column in enumerate(years.columns)]
        segments, labels = [], []
        for x, column in placed:
            for segment, label in _stack(x, base, column):
                segments.append(segment)
                labels.append(label)
            labels.append(_year(x, base, column))
        return cls(
            width=width,
            height=base + 28,
            title=_title(years.recorded),
            segments=tuple(segments),
            labels=tuple(labels),
            base=Line(x1=0, x2=width, y=base, colour=colours()["rule-strong"]),
            breaks=tuple(
                Upright(x=x - GAP // 2, y1=0, y2=base + 28, colour=colours()["ink"])
                for x, column in placed
                if column.begins_edition
            ),
        )


def _stack(x: int, base: int, column: YearColumn) -> Iterable[tuple[Segment, Label]]:
    levels = [*reversed(Rating), None]
    foot = base
    for level, count in zip(levels, (*column.counts, column.not_rated), strict=False):
        if not count:
            continue
        colour = rating_colour(level)
        is_hollow = level in (Rating.MISSING, None)
        foot -= count * UNIT
        yield (
            Segment(
                x=x,
                y=foot,
                height=count * UNIT - 1,
                fill=colours()["paper"] if is_hollow else colour,
                stroke=colour,
                is_dashed=level is None,
            ),
            Label(
                x=x + BAR // 2,
                y=foot + (count * UNIT + DIGITS) // 2 - 2,
                text=str(count),
                colour=colour if is_hollow else colours()["paper"],
            ),
        )


def _year(x: int, base: int, column: YearColumn) -> Label:
    return Label(
        x=x + BAR // 2,
        y=base + 19,
        text=str(column.year),
        colour=colours()["ink" if column.edition else "ink-2"],
        is_bold=bool(column.edition),
    )


def _title(columns: Iterable[YearColumn]) -> str:
    told = "; ".join(
        ngettext(
            "%(year)s: %(meeting)s of %(total)s PI meets or exceeds",
            "%(year)s: %(meeting)s of %(total)s PIs meet or exceed",
            column.total,
        )
        % {"year": column.year, "meeting": column.meeting, "total": column.total}
        for column in columns
    )
    return _("PIs at each level by year. %(years)s") % {"years": told}
