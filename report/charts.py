"""Table 2 as a picture: one column a PI, its rating drawn as the rating mark set upright.

Only codes and digits stand in the drawing: WeasyPrint draws Arabic in an SVG unshaped, so the
words stand beside it in HTML. All numbers are whole: a decimal comma would break the SVG.
"""

from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from report.chapters.overview import OverviewChapter, OverviewDimension, OverviewRow
from report.chapters.values import ShownRating
from scorecard.palette import colours, rating_colour
from scorecard.rating import Rating

BAR, GAP, GROUP_GAP = 30, 10, 22
LEVEL, SPLIT = 46, 6
LEVELS_ABOVE_MISSING = 3
TOP = 8
BASE = TOP + LEVELS_ABOVE_MISSING * LEVEL
CODE, YEAR, RULE, NUMBER = BASE + 18, BASE + 33, BASE + 42, BASE + 60  # where texts stand
HEIGHT = BASE + 68


@dataclass(frozen=True, kw_only=True)
class Block:
    """One third of a column: filled when the rating reaches its level."""

    x: int
    y: int
    fill: str
    stroke: str
    is_dashed: bool
    width: int = BAR
    height: int = LEVEL - SPLIT


@dataclass(frozen=True, kw_only=True)
class Label:
    x: int
    y: int
    text: str
    colour: str
    is_bold: bool = False
    is_small: bool = False


@dataclass(frozen=True, kw_only=True)
class Line:
    x1: int
    x2: int
    y: int
    colour: str


@dataclass(frozen=True, kw_only=True)
class Skyline:
    """The drawing in its own units; title is its alternative text, levels the words beside it."""

    width: int
    height: int
    title: str
    levels: tuple[ShownRating, ...]
    blocks: tuple[Block, ...]
    labels: tuple[Label, ...]
    base: Line
    minimum: Line
    dimensions: tuple[Line, ...]

    @classmethod
    def of(cls, overview: OverviewChapter) -> "Skyline":
        placed = _placed(overview.dimensions)
        width = placed[-1][1][-1][0] + BAR + GROUP_GAP // 2 if placed else GROUP_GAP
        columns = list(chain.from_iterable(columns for _dimension, columns in placed))
        return cls(
            width=width,
            height=HEIGHT,
            title=_title(overview),
            levels=tuple(row.rating for row in overview.levels if row.rating.bars),
            blocks=tuple(chain.from_iterable(_blocks(x, row) for x, row in columns)),
            labels=tuple(chain(_codes(columns), _years(columns), _numbers(placed))),
            base=Line(x1=0, x2=width, y=BASE, colour=colours()["rule-strong"]),
            minimum=Line(x1=0, x2=width, y=_line(Rating.MEETS), colour=colours()["ink"]),
            dimensions=tuple(_underline(columns) for _dimension, columns in placed),
        )


Columns = list[tuple[int, OverviewRow]]


def _placed(dimensions: tuple[OverviewDimension, ...]) -> list[tuple[OverviewDimension, Columns]]:
    """Return each dimension with its PIs and where their columns begin."""
    placed, x = [], GROUP_GAP // 2
    for dimension in dimensions:
        columns = [(x + i * (BAR + GAP), row) for i, row in enumerate(dimension.rows)]
        placed.append((dimension, columns))
        x = columns[-1][0] + BAR + GROUP_GAP
    return placed


def _line(level: Rating) -> int:
    """The height at which a column that reaches the level ends."""
    return BASE - (level - 1) * LEVEL


def _blocks(x: int, row: OverviewRow) -> list[Block]:
    value = row.rating and row.rating.value
    colour = rating_colour(value)
    return [
        Block(
            x=x,
            y=_line(level) + SPLIT // 2,
            fill=colour if value and value >= level else colours()["paper"],
            stroke=colour,
            is_dashed=value is None,
        )
        for level in Rating
        if level > Rating.MISSING
    ]


def _codes(columns: Columns) -> list[Label]:
    return [
        Label(x=x + BAR // 2, y=CODE, text=row.code, colour=colours()["ink"]) for x, row in columns
    ]


def _years(columns: Columns) -> list[Label]:
    """Under a rating that was carried over, the year in which it was really assessed."""
    return [
        Label(x=x + BAR // 2, y=YEAR, text=year, colour=colours()["ink-2"], is_small=True)
        for x, row in columns
        if (year := _year_of(row))
    ]


def _year_of(row: OverviewRow) -> str:
    """Empty for what was assessed this year or is not rated; "?" for a year not on record."""
    if row.rating is None or row.age == 0:
        return ""
    return str(row.last_assessed or "?")


def _numbers(placed: list[tuple[OverviewDimension, Columns]]) -> list[Label]:
    return [
        Label(
            x=(columns[0][0] + columns[-1][0] + BAR) // 2,
            y=NUMBER,
            text=str(dimension.number),
            colour=colours()["ink-2"],
            is_bold=True,
        )
        for dimension, columns in placed
    ]


def _underline(columns: Columns) -> Line:
    return Line(x1=columns[0][0], x2=columns[-1][0] + BAR, y=RULE, colour=colours()["rule-strong"])


def _title(overview: OverviewChapter) -> str:
    not_rated = _("not rated")
    ratings = "; ".join(
        f"{row.code} {row.rating.label if row.rating else not_rated}"
        + (f" ({year})" if (year := _year_of(row)) else "")
        for dimension in overview.dimensions
        for row in dimension.rows
    )
    return _("Ratings by performance indicator: %(ratings)s") % {"ratings": ratings}
