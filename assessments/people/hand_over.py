"""Members who leave or change their role pass on the PIs that are assigned to them.

It stands here because accounts, which ends memberships, knows nothing of PIs.
"""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import transitions as memberships
from accounts.access_table import BEFORE_ENDORSED
from accounts.models import Membership
from accounts.outbox import Event, notify
from accounts.transitions import TransitionRefused
from assessments.models import IndicatorRating


def open_ratings_of(membership):
    """The PIs assigned to a member in assessments on which work may still be done."""
    return (
        IndicatorRating.objects.filter(
            assigned_to=membership, assessment__state__in=BEFORE_ENDORSED
        )
        .select_related("indicator", "assessment")
        .order_by("-assessment__year", "indicator__dimension__number", "indicator__position")
    )


def receivers_for(membership):
    """Who of the team's IAT could take over: everybody else who serves and may sign in."""
    return (
        Membership.objects.in_team(membership.team)
        .active()
        .of_assessment_team()
        .filter(user__is_active=True)
        .exclude(user=membership.user)
    )


@transaction.atomic
def end_membership(membership, *, by, site, receiver=None, at=None):
    """Active -> ended. receiver takes over the open PIs; without any, none is needed."""
    ended = memberships.end_membership(membership, by=by, at=at)
    codes = _hand_over(ended, receiver)
    _tell_of_end(ended, by=by, site=site)
    _tell_of_hand_over(ended, receiver, codes, site=site)
    return ended


@transaction.atomic
def change_role(membership, *, role, entity, by, site, receiver=None, at=None):
    """Give another role. One outside the IAT has no PIs, so receiver takes over the open ones."""
    changed = memberships.change_role(membership, role=role, entity=entity, by=by, at=at)
    codes = [] if changed.is_of_assessment_team else _hand_over(changed, receiver)
    _tell_of_hand_over(changed, receiver, codes, site=site)
    return changed


def _hand_over(membership, receiver) -> list[str]:
    """Assign the open PIs to the receiver and return their codes. The team is locked by now."""
    ratings = list(open_ratings_of(membership))
    if not ratings:
        return []
    if receiver is None or not receivers_for(membership).filter(pk=receiver.pk).exists():
        raise TransitionRefused(
            _("%(name)s has %(count)s PIs. Choose who takes them over.")
            % {"count": len(ratings), "name": membership.user}
        )
    receiver.assigned_ratings.add(*ratings)
    membership.assigned_ratings.remove(*ratings)
    return [rating.indicator.code for rating in ratings]


def _tell_of_hand_over(membership, receiver, codes, *, site):
    if codes:
        notify(
            Event.INDICATORS_HANDED_OVER,
            to=[receiver.user],
            team=membership.team,
            link=reverse("assessments:team", args=[membership.team.code]),
            site=site,
            membership=membership,
            codes=", ".join(codes),
        )


def _tell_of_end(membership, *, by, site):
    """Who ended the own membership knows it."""
    if membership.user != by:
        notify(
            Event.MEMBERSHIP_ENDED,
            to=[membership.user],
            team=membership.team,
            site=site,
            membership=membership,
            by=by,
        )
