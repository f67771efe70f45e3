"""Whom a step of the endorsement concerns, and the mail that tells them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Mail, Membership
from accounts.outbox import Event, notify
from endorsement.models import Decision, Delegation, EndorsementRule, ReportVersion, Seat
from endorsement.record import rule_sentence
from endorsement.seats import deciders
from endorsement.versions import latest


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
    rule = EndorsementRule.objects.get(assessment=assessment)
    version = latest(assessment)
    notify(
        Event.TO_DECIDE,
        to=people,
        team=assessment.team,
        link=seat.get_absolute_url(),
        site=site,
        at=at,
        assessment=assessment,
        by=by,
        version=version,
        before=_said_before(seat, version),
        rule=rule_sentence(rule),
        until=rule.due,
        comment=comment,
    )


def _said_before(seat, version) -> str:
    """What became of the seat's decision on an earlier version; "" where there is none."""
    last = Decision.objects.filter(seat=seat).select_related("version").last()
    if last is None or last.version == version:
        return ""
    words = {"before": last.version, "now": version, "decision": last.in_words}
    if seat.asks.filter(version__number__gt=last.version.number).exists():
        return (
            _(
                "Your decision on %(before)s, “%(decision)s”, counts no more: %(now)s changes "
                "something that concerns you."
            )
            % words
        )
    return _("Your decision on %(before)s, “%(decision)s”, stands; %(now)s has come since.") % words


def ask_to_take_in(version: ReportVersion, *, site="", at):
    """Tell the coordinators, once, that changes to the report hold up its endorsement."""
    assessment = version.assessment
    link = reverse("endorsement:new_version", args=[assessment.pk])
    told = Mail.objects.filter(event=Event.TO_TAKE_IN, link__endswith=link)
    if not told.filter(created_at__gte=version.made_at).exists():
        notify(
            Event.TO_TAKE_IN,
            to=_coordinators(assessment),
            team=assessment.team,
            link=link,
            site=site,
            at=at,
            assessment=assessment,
            version=version,
        )


def tell_of_objection(decision: Decision, *, site="", at):
    assessment = decision.seat.assessment
    named = ", ".join(decision.codes)
    notify(
        Event.TO_MEND,
        to=_coordinators(assessment),
        team=assessment.team,
        link=reverse("endorsement:detail", args=[assessment.pk]),
        site=site,
        at=at,
        assessment=assessment,
        by=decision.by,
        comment=_("PI %(codes)s: %(comment)s") % {"codes": named, "comment": decision.comment},
    )


def _coordinators(assessment):
    coordinators = Membership.objects.in_team(assessment.team).able_to_coordinate()
    return [membership.user for membership in coordinators]
