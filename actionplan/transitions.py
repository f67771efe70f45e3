"""The moves of an action point: planned, under way, done, dropped; each with an event."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Entity, Membership
from actionplan.models import ActionPoint, ActionPointEvent
from actionplan.verifying import tell_of_claim, why_not_verify
from assessments.transitions import TransitionRefused
from assessments.workspace.transitions import MAX_SOURCE, shortened

Status = ActionPoint.Status
Kind = ActionPointEvent.Kind
NO_CLAIM = {"claimed_by": None, "claimed_entity": None, "claimed_at": None}
NO_VERIFICATION = {
    "verified_by": None,
    "verified_entity": None,
    "verified_at": None,
    "verification": None,
}


@transaction.atomic
def start(point, *, by, at=None):
    """Planned -> under way."""
    point = _locked(point, allowed_from=[Status.PLANNED])
    return _move(point, Kind.STARTED, {"status": Status.UNDER_WAY}, by=by, at=at)


@transaction.atomic
def claim_done(point, *, by, comment="", at=None):
    """Planned or under way -> under way, claimed: another entity is asked to verify."""
    at = at or timezone.now()
    point = _locked(point, allowed_from=ActionPoint.OPEN)
    if point.is_claimed:
        raise TransitionRefused(
            _("%(name)s has said already that action point %(number)s is done.")
            % {"name": point.claimed_by, "number": point.number}
        )
    claim = {"claimed_by": by, "claimed_entity": _speaks_for(point, by), "claimed_at": at}
    changes = {"status": Status.UNDER_WAY} | claim
    claimed = _move(point, Kind.CLAIMED, changes, by=by, at=at, comment=comment)
    tell_of_claim(claimed, comment=comment, at=at)
    return claimed


@transaction.atomic
def verify(point, *, by, document, comment="", at=None):
    """Claimed -> done, by a second person of another entity, with a document of the team."""
    at = at or timezone.now()
    point = _locked(point, allowed_from=[Status.UNDER_WAY])
    memberships = _serving(point, by)
    if why_not := why_not_verify(point, by, {row.entity_id for row in memberships}):
        raise TransitionRefused(why_not)
    if document.team_id != point.plan.team.pk:
        raise TransitionRefused(_("Choose a document of this team."))
    verification = {
        "status": Status.DONE,
        "verified_by": by,
        "verified_entity": memberships[0].entity,
        "verified_at": at,
        "verification": document,
    }
    return _move(point, Kind.VERIFIED, verification, by=by, at=at, comment=comment)


@transaction.atomic
def drop(point, *, by, reason, at=None):
    """Planned or under way -> dropped, with the reason that the report prints."""
    point = _locked(point, allowed_from=ActionPoint.OPEN)
    changes = {"status": Status.DROPPED, "dropped_reason": _given(reason)} | NO_CLAIM
    return _move(point, Kind.DROPPED, changes, by=by, at=at, comment=reason)


@transaction.atomic
def reopen(point, *, by, reason, at=None):
    """Done, dropped or claimed to be done -> under way, with a reason."""
    closed = [Status.DONE, Status.DROPPED, Status.UNDER_WAY]
    point = _locked(point, allowed_from=closed)
    if point.status == Status.UNDER_WAY and not point.is_claimed:
        raise TransitionRefused(
            _("Action point %(number)s is open already.") % {"number": point.number}
        )
    changes = {"status": Status.UNDER_WAY, "dropped_reason": ""} | NO_CLAIM | NO_VERIFICATION
    return _move(point, Kind.REOPENED, changes, by=by, at=at, comment=_given(reason))


def record(point, kind, *, by, at, from_status="", comment=""):
    """Write one event of a point as it stands now."""
    return ActionPointEvent.objects.create(
        action_point=point,
        kind=kind,
        from_status=from_status,
        to_status=point.status,
        comment=comment,
        by=by,
        at=at,
    )


def written(point, changes: dict, *, by, at, source=""):
    """Set fields of a locked point and save them as its next version.

    source: where they were written if not on the site, for the history.
    """
    for name, value in changes.items():
        setattr(point, name, value)
    point.version += 1
    point.changed_by, point.changed_at = by, at
    point._history_user, point._history_date = by, at
    point._change_reason = shortened(source, MAX_SOURCE) or None
    point.save(update_fields=[*changes, "version", "changed_by", "changed_at"])
    return point


def locked_point(point) -> ActionPoint:
    """Re-read a point under a lock, so that two people cannot both change it."""
    points = ActionPoint.objects.select_for_update(of=("self",))
    return points.select_related(
        "plan__cooperation_framework__team", "indicator", "lead", "claimed_by", "claimed_entity"
    ).get(pk=point.pk)


def _locked(point, *, allowed_from):
    point = locked_point(point)
    if point.became_id is not None:
        raise TransitionRefused(
            _("Action point %(number)s went into the next plan. Change it there.")
            % {"number": point.number}
        )
    if point.status not in allowed_from:
        raise TransitionRefused(
            _("Action point %(number)s is “%(status)s” by now. Reload the page.")
            % {"number": point.number, "status": point.get_status_display()}
        )
    return point


def _move(point, kind, changes, *, by, at, comment=""):
    at = at or timezone.now()
    former = point.status
    written(point, changes, by=by, at=at)
    record(point, kind, by=by, at=at, from_status=former, comment=comment)
    return point


def _given(reason: str) -> str:
    if not reason.strip():
        raise TransitionRefused(_("Say why."))
    return reason


def _serving(point, user) -> list[Membership]:
    active = Membership.objects.in_team(point.plan.team).active().filter(user=user)
    return list(active.of_assessment_team())


def _speaks_for(point, user) -> Entity:
    """The entity on whose behalf a person claims: the lead or a supporting one, if any is theirs.

    Raises TransitionRefused for who does not serve in the team.
    """
    theirs = [membership.entity for membership in _serving(point, user)]
    if not theirs:
        raise TransitionRefused(_("You do not serve in this team."))
    supporting = {entity.pk for entity in point.supporting.all()}
    return min(theirs, key=lambda entity: (entity.pk != point.lead_id, entity.pk not in supporting))
