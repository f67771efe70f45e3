"""Answers to the criteria of a PI that give a rating, so that computed and agreed agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from scorecard.models import Indicator
from scorecard.rating import Rating, standing_of

WHOLE = 20
PARTS = [3, 5, 7, 9, 11, 13, 16, 20]  # of a whole: shares from 15 to 100 percent


@dataclass(frozen=True, kw_only=True)
class Answers:
    """ticked: criterion by key, yes or no. parts: of 20, by the key of each measure."""

    ticked: Mapping[str, bool]
    parts: Mapping[str, int]


def answers_by_rating(indicator: Indicator) -> dict[Rating, list[Answers]]:
    """Return all answers that there are, by the rating that they give."""
    rules, criteria = indicator.rules, indicator.criterion_rules
    by_hand = [key for key, rule in criteria.items() if rule.threshold is None]
    measures = [measure.key for measure in indicator.measures.all()]
    found: dict[Rating, list[Answers]] = {level: [] for level in Rating}
    for choice in product([True, False], repeat=len(by_hand)):
        ticked = dict(zip(by_hand, choice, strict=True))
        for numbers in product(PARTS, repeat=len(measures)):
            parts = dict(zip(measures, numbers, strict=True))
            standing = standing_of(
                ticked={key for key, yes in ticked.items() if yes},
                refused={key for key, yes in ticked.items() if not yes},
                shares={key: Fraction(part, WHOLE) for key, part in parts.items()},
                rules=rules,
                criteria=criteria,
            )
            found[standing.rating].append(Answers(ticked=ticked, parts=parts))
    return found
