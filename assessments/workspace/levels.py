"""What the levels of a PI ask for, and what is still missing for them, as words for a page."""

from dataclasses import dataclass

from scorecard.models import Indicator
from scorecard.rating import Rating, Standing, missing_for
from scorecard.statements import level_summary, missing_sentence


@dataclass(frozen=True, kw_only=True)
class LevelLine:
    """What one level asks for, and whether its own rule holds as things stand."""

    rating: Rating
    summary: str
    is_reached: bool


def level_lines(indicator: Indicator, standing: Standing) -> list[LevelLine]:
    """Return the levels above MISSING, lowest first."""
    return [
        LevelLine(
            rating=level,
            summary=level_summary(indicator, level),
            is_reached=not _missing(level, indicator, standing),
        )
        for level in indicator.rules
    ]


def lacking(indicator: Indicator, standing: Standing) -> list[tuple[Rating, str]]:
    """Return what is missing for each level above the computed one, in words: (MEETS, "(c)")."""
    return [
        (level, missing_sentence(_missing(level, indicator, standing), indicator.criteria.all()))
        for level in indicator.rules
        if level > standing.rating
    ]


def _missing(level, indicator, standing):
    return missing_for(level, standing.met, indicator.rules, indicator.criterion_rules)
