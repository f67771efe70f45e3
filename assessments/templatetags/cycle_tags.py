from django import template
from django.utils import timezone

from accounts.access_table import Capability
from assessments.cycle.choice import Choice
from assessments.cycle.next_step import NextStep
from assessments.overview import earlier_edition

register = template.Library()


@register.simple_tag
def choice_of(form, finished, expired):
    """The PIs to be chosen, in the order in which they need it.

    finished, expired: what the action plan and the evidence know, from their own tags.
    """
    return Choice(form, finished=finished, expired=expired)


@register.inclusion_tag("assessments/cycle/_next_step.html")
def next_step_of(overview, access):
    """What comes next, what it waits for, and the way there for those who may make it."""
    next_step = NextStep.of(overview, access)
    return {"assessment": overview.assessment, "access": access, "next": next_step}


@register.inclusion_tag("assessments/cycle/_timeline.html")
def timeline_of(assessment):
    """The moves of an assessment, newest first. One query."""
    return {"events": assessment.events.newest_first()}


@register.inclusion_tag("assessments/cycle/_set_up_link.html")
def set_up_of(team, assessments, access, look="btn-primary"):
    """Offer to set up the running year where there is no assessment of it yet."""
    year = team.day(timezone.now()).year
    is_there = any(assessment.year >= year for assessment in assessments)
    return {
        "team": team,
        "year": year,
        "look": look,
        "is_offered": not is_there and access.allows(Capability.SET_UP),
    }


@register.inclusion_tag("assessments/cycle/_origin.html")
def origin_of(rating, access=None):
    """Where a carried rating comes from, how old it is, and who confirmed it."""
    may_confirm = access is not None and access.allows(Capability.CONFIRM)
    return {
        "rating": rating,
        "may_confirm": may_confirm and rating.is_carried and rating.rating is not None,
        "may_record": may_confirm and rating.is_from_before,
    }


@register.simple_tag
def earlier_edition_of(rating, previous):
    """The edition that last time's rating stands on, where it is another one; else ""."""
    return earlier_edition(rating, previous)
