"""The framework: one edition of the criteria that ratings are given by. Read-only once loaded."""

from scorecard.models.framework import Dimension, EvidenceCategory, Framework, Level
from scorecard.models.indicator import Criterion, Indicator, LevelRule, Measure
from scorecard.models.ratings import RATING_CHOICES, RATING_LABELS, RATING_NUMBERS

__all__ = [
    "RATING_CHOICES",
    "RATING_LABELS",
    "RATING_NUMBERS",
    "Criterion",
    "Dimension",
    "EvidenceCategory",
    "Framework",
    "Indicator",
    "Level",
    "LevelRule",
    "Measure",
]
