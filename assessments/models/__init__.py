"""A team's assessment of one year, its fifteen ratings and what they rest on."""

from assessments.models.assessment import Assessment
from assessments.models.calculator_version import CalculatorVersion
from assessments.models.calculators import Parity, ParityCount, Survey, SurveyQuestion
from assessments.models.event import AssessmentEvent
from assessments.models.findings import CriterionFinding, MeasureEntry
from assessments.models.indicator_rating import IndicatorRating
from assessments.models.preliminary import PreliminaryRating, PreliminaryTick
from assessments.models.presence import Presence
from assessments.models.reminder import ReminderSent
from assessments.models.voting import Agreement, Dissent, Round, Vote
from assessments.models.workshop import Attendance, Workshop, WorkshopEvent

__all__ = [
    "Agreement",
    "Assessment",
    "AssessmentEvent",
    "Attendance",
    "CalculatorVersion",
    "CriterionFinding",
    "Dissent",
    "IndicatorRating",
    "MeasureEntry",
    "Parity",
    "ParityCount",
    "PreliminaryRating",
    "PreliminaryTick",
    "ReminderSent",
    "Presence",
    "Round",
    "Survey",
    "SurveyQuestion",
    "Vote",
    "Workshop",
    "WorkshopEvent",
]
