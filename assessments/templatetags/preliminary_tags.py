from django import template
from django.urls import reverse

from accounts.access_table import Capability
from assessments.preliminary.ratings import Turnout
from scorecard import statements

register = template.Library()


@register.inclusion_tag("assessments/preliminary/_others.html")
def preliminary_of(rating, access):
    """Who has given a preliminary rating of a PI, never which; and one's own next step."""
    if not rating.is_reassessed or not access.allows(Capability.VIEW_WORK):
        return {"turnout": None}
    turnout = Turnout.of(rating)
    me = {membership.user_id for membership in access.memberships}
    revealed = rating.preliminary_revealed_at is not None
    return {
        "rating": rating,
        "turnout": turnout,
        "page": reverse(
            "assessments:preliminary", args=[rating.assessment_id, rating.indicator.code]
        ),
        "may_give": not revealed and access.allows(Capability.PRELIMINARY_RATING),
        "has_given": any(row.user_id in me for row in turnout.given),
        "may_reveal": not revealed and bool(turnout.given) and access.allows(Capability.REVEAL),
    }


@register.filter
def short_name(criterion):
    """Return "(a)", or the threshold of a criterion without a letter."""
    return statements.short_name(criterion)
