"""A team's assessment of one year, its fifteen ratings and what they rest on."""

from assessments.models.assessment import Assessment
from assessments.models.calculators import Parity, ParityCount, Survey, SurveyQuestion
from assessments.models.event import AssessmentEvent
from assessments.models.findings import CriterionFinding, MeasureEntry
from assessments.models.indicator_rating import IndicatorRating
from assessments.models.preliminary import PreliminaryRating, PreliminaryTick
from assessments.models.presence import Presence
from assessments.models.reminder import ReminderSent

__all__ = [
    "Assessment",
    "AssessmentEvent",
    "CriterionFinding",
    "IndicatorRating",
    "MeasureEntry",
    "Parity",
    "ParityCount",
    "PreliminaryRating",
    "PreliminaryTick",
    "ReminderSent",
    "Presence",
    "Survey",
    "SurveyQuestion",
]
