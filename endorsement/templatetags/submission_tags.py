from django import template
from django.utils.translation import ngettext

from accounts.access import access_of
from accounts.access_table import Capability
from endorsement.models import Query, ReportVersion, Seat, Submission

register = template.Library()


@register.inclusion_tag("endorsement/_submission.html", takes_context=True)
def submission_of(context, assessment):
    """What was handed in to UN Women, what it asks, and the coordinator's next step."""
    access = access_of(context["user"], assessment.team, state=assessment.state)
    queries = list(Query.objects.of(assessment))
    return {
        "assessment": assessment,
        "submissions": list(Submission.objects.of(assessment).select_related("by")),
        "queries": queries,
        "open_queries": [query for query in queries if query.is_open],
        "may_submit": access.allows(Capability.SUBMIT),
    }


@register.inclusion_tag("endorsement/_sent_back.html")
def why_sent_back(assessment):
    """The last time that it came back after it was handed in, until it is accepted."""
    back = assessment.events.back_after_submission().newest_first()
    return {"event": None if assessment.state == "accepted" else back.first()}


@register.inclusion_tag("endorsement/_step.html")
def way_to_endorsement(assessment, access, *, is_early):
    """On the page of an assessment: how far its endorsement is, and the way there.

    is_early: something else comes first, so that the request is not offered.
    """
    seats = Seat.objects.of(assessment)
    is_asked = assessment.state == "endorsement"
    return {
        "seat_count": seats.valid().count() if is_asked else 0,
        "waiting_count": seats.waiting().count() if is_asked else 0,
        "assessment": assessment,
        "version_count": ReportVersion.objects.of(assessment).count(),
        "open_queries": Query.objects.filter(assessment=assessment).open().count(),
        "may_request": not is_early and access.allows(Capability.REQUEST_ENDORSEMENT),
        "may_submit": access.allows(Capability.SUBMIT),
        "may_review": access.allows(Capability.REVIEW),
    }


@register.filter
def days_in_words(days):
    """Show a number of days as "1 day", "2.5 days"; None as a dash."""
    if days is None:
        return "–"
    whole = int(days) if days == int(days) else days
    number = whole if whole == 1 else 2  # half a day is several
    return ngettext("%(count)s day", "%(count)s days", number) % {"count": whole}
