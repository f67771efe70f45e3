from django import template
from django.utils import timezone

from endorsement.models import Query, Seat

register = template.Library()


@register.inclusion_tag("endorsement/_record.html")
def record_of_endorsement(record):
    """The annex of a report that was put before the heads of agency; nothing for a draft."""
    return {"record": record}


@register.simple_tag
def decisions_waiting_for(user):
    """The seats for which the person is asked to decide, with report and rule."""
    seats = Seat.objects.waiting().decided_by(user, at=timezone.now())
    return list(seats.select_related("entity", "assessment__team", "assessment__endorsement_rule"))


@register.inclusion_tag("endorsement/_waiting.html")
def waiting_decisions(seats):
    return {"seats": seats}


@register.simple_tag
def queries_waiting_for(user):
    """The queries of UN Women that the person has to answer."""
    return list(Query.objects.waiting_for_answer_of(user))


@register.inclusion_tag("endorsement/_waiting_queries.html")
def waiting_queries(queries):
    return {"queries": queries}
