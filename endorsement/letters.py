"""Whom a step of the endorsement concerns, and the mail that tells them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Mail, Membership
from accounts.outbox import Event, notify
from endorsement.models import Decision, Delegation, EndorsementRule, Seat
from endorsement.seats import deciders


def ask_to_decide(seats: Iterable[Seat], *, by, comment="", site="", at):
    """Ask each head, and whoever decides for them today, with the way to their own page."""
    for seat in seats:
        people = deciders(seat, on=seat.assessment.team.day(at))
        users = [membership.user for membership in people]
        _ask(users, seat, by=by, comment=comment, site=site, at=at)


def ask_officer(delegation: Delegation, *, site="", at):
    """Tell an officer-in-charge whose first day has come."""
    seat = delegation.seat
    comment = _("You decide as officer-in-charge for %(seat)s, until %(day)s.") % {
        "seat": seat,
        "day": date_format(delegation.last_day, "DATE_FORMAT"),
    }
    _ask([delegation.officer.user], seat, by=delegation.made_by, comment=comment, site=site, at=at)


def officer_was_asked(delegation: Delegation) -> bool:
    """Whether they got a mail about the seat since their first day, by the team's calendar."""
    seat = delegation.seat
    asked = Mail.objects.filter(recipient=delegation.officer.user, event=Event.TO_DECIDE)
    last = asked.filter(link__endswith=seat.get_absolute_url()).first()
    return last is not None and seat.assessment.team.day(last.created_at) >= delegation.first_day


def _ask(people, seat, *, by, comment, site, at):
    assessment = seat.assessment
    notify(
        Event.TO_DECIDE,
        to=people,
        team=assessment.team,
        link=seat.get_absolute_url(),
        site=site,
        at=at,
        assessment=assessment,
        by=by,
        until=EndorsementRule.objects.get(assessment=assessment).due,
        comment=comment,
    )


def tell_of_objection(decision: Decision, *, site="", at):
    assessment = decision.seat.assessment
    coordinators = Membership.objects.in_team(assessment.team).able_to_coordinate()
    named = ", ".join(decision.codes)
    notify(
        Event.TO_MEND,
        to=[membership.user for membership in coordinators],
        team=assessment.team,
        link=reverse("endorsement:detail", args=[assessment.pk]),
        site=site,
        at=at,
        assessment=assessment,
        by=decision.by,
        comment=_("PI %(codes)s: %(comment)s") % {"codes": named, "comment": decision.comment},
    )
