from dataclasses import dataclass

from django import template

from accounts.access_table import Capability
from assessments.models import Workshop
from assessments.workshop import record
from assessments.workshop.ballots import RoundShown
from assessments.workshop.moves import ALLOWED_FROM
from scorecard.models import RATING_LABELS
from scorecard.rating import Rating

register = template.Library()


@dataclass(frozen=True, kw_only=True)
class Step:
    """One of the four levels with the entities that voted for it; late: after the reveal."""

    rating: Rating
    entities: list[str]
    late: list[str]
    is_median: bool
    is_agreed: bool


@register.filter
def steps(shown: RoundShown) -> list[Step]:
    """Return the four steps of a revealed round, lowest first."""
    return [
        Step(
            rating=rating,
            entities=names,
            late=[name for name in names if name in shown.late_entities],
            is_median=shown.result.is_within_median(rating),
            is_agreed=rating == shown.agreed,
        )
        for rating, names in shown.result.by_rating.items()
    ]


@register.filter
def votes_sentence(shown: RoundShown) -> str:
    return record.votes_sentence(shown)


@register.filter
def median_words(shown: RoundShown) -> str:
    """Return "Meets", or "Approaches to Meets" for an even number of votes."""
    low, high = shown.result.median
    words = dict.fromkeys(str(RATING_LABELS[rating]) for rating in (low, high))
    return "–".join(words)


@register.inclusion_tag("assessments/workshop/_workshop.html")
def workshop_of(assessment, access):
    """The way into the workshop, from when the assessment is in consolidation. One query."""
    workshop = Workshop.objects.filter(assessment=assessment).first()
    is_time = assessment.state == ALLOWED_FROM
    return {
        "assessment": assessment,
        "workshop": workshop,
        "is_shown": access.allows(Capability.VIEW_WORK) and (is_time or workshop is not None),
        "is_running": is_time and workshop is not None and workshop.is_open,
        "may_lead": access.allows(Capability.RUN_WORKSHOP),
        "may_vote": access.allows(Capability.VOTE),
    }
