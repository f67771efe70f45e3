"""The moves of a workshop: start, take up a PI, open a round, vote, reveal, close, resume.

What the team agrees on in the end, and dissent from it, stand in agreement.py. Each move locks
the workshop, refuses by a sentence for the person, writes an event and raises the version.
"""

import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from assessments.models import Attendance, Round, Vote, Workshop, WorkshopEvent
from assessments.transitions import TransitionRefused
from assessments.workshop.moves import lock_assessment, locked, moment, recorded
from assessments.workshop.representation import entities_of, voting_entities, voting_members

Kind = WorkshopEvent.Kind
# Without letters and digits that look alike on a wall: 0 O, 1 I, 2 Z, 5 S, 8 B.
CODE_LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"


@transaction.atomic
def start(assessment, *, by, at=None) -> Workshop:
    """Open the workshop of an assessment in consolidation, with its code to join."""
    at = moment(at)
    assessment = lock_assessment(assessment.pk)
    if Workshop.objects.filter(assessment=assessment).exists():
        raise TransitionRefused(_("The workshop has been started already."))
    workshop = Workshop.objects.create(
        assessment=assessment, code=_new_code(), opened_at=at, opened_by=by
    )
    return recorded(workshop, Kind.STARTED, by=by, at=at)


def _new_code():
    code = "".join(secrets.choice(CODE_LETTERS) for _number in range(6))
    return _new_code() if Workshop.objects.filter(code=code).exists() else code


@transaction.atomic
def attend(workshop, *, by, at=None) -> Workshop:
    """Note that a person has come, for each entity that they vote for."""
    at = moment(at)
    workshop = locked(workshop)
    entities = entities_of(by, workshop)
    if not entities:
        raise PermissionDenied(_("You vote for no entity in this workshop."))
    for entity in entities:
        _arrived(workshop, entity, by=by, at=at)
    return workshop


def _arrived(workshop, entity, *, by, at):
    row, is_new = Attendance.objects.get_or_create(
        workshop=workshop, entity=entity, person=by, defaults={"arrived_at": at}
    )
    if row.arrived_at is None:
        row.arrived_at = at
        row.save(update_fields=["arrived_at"])
    elif not is_new:
        return
    recorded(workshop, Kind.ARRIVED, by=by, at=at, entity=entity, is_on_hands=False)


@transaction.atomic
def name_delegate(workshop, *, entity, person, by, at=None) -> Workshop:
    """Let a person of the assessment team vote for an entity that is not their own."""
    at = moment(at)
    workshop = locked(workshop)
    names = {"person": person.name, "entity": entity.acronym}
    if not voting_members(workshop).filter(user=person).exists():
        raise TransitionRefused(
            _("%(person)s is not in the assessment team. Invite them first.") % names
        )
    if entity in entities_of(person, workshop):
        raise TransitionRefused(_("%(person)s votes for %(entity)s already.") % names)
    Attendance.objects.create(workshop=workshop, entity=entity, person=person, delegated_by=by)
    return recorded(workshop, Kind.DELEGATE_NAMED, by=by, at=at, entity=entity)


@transaction.atomic
def show_indicator(workshop, rating, *, by, at=None) -> Workshop:
    """Take up another PI: everybody's page turns to it. A blind round stays as it is."""
    at = moment(at)
    workshop = locked(workshop)
    _require_on_agenda(workshop, rating)
    workshop.current = rating
    return recorded(
        workshop, Kind.INDICATOR_SHOWN, by=by, at=at, rating=rating, changed=["current"]
    )


def _require_on_agenda(workshop, rating):
    code = {"code": rating.indicator.code}
    if rating.assessment_id != workshop.assessment_id:
        raise TransitionRefused(_("PI %(code)s belongs to another assessment.") % code)
    if not rating.is_reassessed:
        raise TransitionRefused(
            _("PI %(code)s is carried over: there is nothing to vote on this year.") % code
        )


@transaction.atomic
def open_round(workshop, rating, *, by, at=None) -> Round:
    """Open the first round on a PI, or the next one after a reveal. Every entity gets a vote."""
    at = moment(at)
    workshop = locked(workshop)
    _require_on_agenda(workshop, rating)
    last = last_round(rating)
    if last and not last.is_revealed:
        raise TransitionRefused(
            _("Round %(number)s on PI %(code)s is open. Reveal it before you open another.")
            % {"number": last.number, "code": rating.indicator.code}
        )
    entities = voting_entities(workshop)
    if not entities:
        raise TransitionRefused(_("Nobody in this team can vote. Invite the members first."))
    opened = Round.objects.create(
        indicator_rating=rating,
        number=last.number + 1 if last else 1,
        opened_at=at,
        opened_by=by,
    )
    Vote.objects.bulk_create(Vote(round=opened, entity=entity) for entity in entities)
    workshop.current = rating
    recorded(workshop, Kind.ROUND_OPENED, by=by, at=at, rating=rating, changed=["current"])
    return opened


def last_round(rating) -> Round | None:
    return Round.objects.filter(indicator_rating=rating).order_by("-number").first()


@sensitive_variables("rating")
@transaction.atomic
def cast_vote(workshop, round, *, entity, rating, by, at=None) -> None:
    """Give or change the vote of an entity: until the reveal, or late until the set time."""
    at = moment(at)
    workshop = locked(workshop, may_be_closed=True)
    if entity not in entities_of(by, workshop):
        raise PermissionDenied(_("You do not vote for %(entity)s.") % {"entity": entity.acronym})
    round = _locked_round(workshop, round)
    voted_at = Vote.objects.filter(round=round, entity=entity).values_list("at", flat=True).first()
    _require_open_to(entity, voted_at, round=round, workshop=workshop, at=at)
    Vote.objects.update_or_create(
        round=round, entity=entity, defaults={"rating": rating, "by": by, "at": at}
    )
    if workshop.is_open:
        _arrived(workshop, entity, by=by, at=at)
    kind = Kind.VOTED if voted_at is None else Kind.VOTE_CHANGED
    recorded(
        workshop,
        kind,
        by=by,
        at=at,
        rating=round.indicator_rating,
        entity=entity,
        is_on_hands=round.is_revealed,
    )


def _locked_round(workshop, round) -> Round:
    """The lock of the workshop holds its rounds too; read again what the last move left."""
    rows = Round.objects.select_related("indicator_rating__indicator")
    return rows.get(pk=round.pk, indicator_rating__assessment=workshop.assessment_id)


def _require_open_to(entity, voted_at, *, round, workshop, at):
    """Refuse a vote that comes after the reveal, unless it is a late one that is allowed."""
    code = round.indicator_rating.indicator.code
    if not round.is_revealed:
        if not workshop.is_open:
            raise TransitionRefused(_("The workshop is closed: your vote was not counted."))
        return
    was_blind = voted_at is not None and voted_at <= round.revealed_at
    if was_blind:
        raise TransitionRefused(
            _("The votes on PI %(code)s are revealed: the vote of %(entity)s stays as it is.")
            % {"code": code, "entity": entity.acronym}
        )
    is_last = round == last_round(round.indicator_rating)
    if not is_last or round.late_until is None or at > round.late_until:
        raise TransitionRefused(
            _("Round %(number)s on PI %(code)s is over: the vote came too late to count.")
            % {"number": round.number, "code": code}
        )


@transaction.atomic
def reveal(workshop, round, *, by, at=None) -> Round:
    """Blind -> revealed: everybody sees every vote at once. Cannot be undone."""
    at = moment(at)
    workshop = locked(workshop)
    round = _locked_round(workshop, round)
    code = {"code": round.indicator_rating.indicator.code, "number": round.number}
    if round.is_revealed:
        raise TransitionRefused(_("Round %(number)s on PI %(code)s is revealed already.") % code)
    if not Vote.objects.filter(round=round, at__isnull=False).exists():
        raise TransitionRefused(
            _("Nobody has voted on PI %(code)s yet: there is nothing to reveal.") % code
        )
    round.revealed_at, round.revealed_by = at, by
    round.save(update_fields=["revealed_at", "revealed_by"])
    recorded(workshop, Kind.REVEALED, by=by, at=at, rating=round.indicator_rating)
    return round


@transaction.atomic
def allow_late_votes(workshop, round, *, until, by, at=None) -> Round:
    """Let entities that have not voted do so until a time, in sight of the others' votes."""
    at = moment(at)
    workshop = locked(workshop)
    round = _locked_round(workshop, round)
    code = {"code": round.indicator_rating.indicator.code}
    if not round.is_revealed or round != last_round(round.indicator_rating):
        raise TransitionRefused(
            _("Late votes on PI %(code)s come after the reveal of its last round.") % code
        )
    if until <= at:
        raise TransitionRefused(
            _("Late votes would have ended at %(time)s. Choose a time to come.")
            % {"time": date_format(localtime(until), "DATETIME_FORMAT")}
        )
    round.late_until = until
    round.save(update_fields=["late_until"])
    recorded(workshop, Kind.LATE_VOTES_ALLOWED, by=by, at=at, rating=round.indicator_rating)
    return round


@transaction.atomic
def close(workshop, *, by, at=None) -> Workshop:
    """Open -> closed. A blind round stays blind, and can be gone on with after resuming."""
    at = moment(at)
    workshop = locked(workshop)
    workshop.closed_at, workshop.closed_by = at, by
    return recorded(workshop, Kind.CLOSED, by=by, at=at, changed=["closed_at", "closed_by"])


@transaction.atomic
def resume(workshop, *, by, at=None) -> Workshop:
    """Closed -> open, with everything as it was left."""
    at = moment(at)
    workshop = locked(workshop, may_be_closed=True)
    if workshop.is_open:
        raise TransitionRefused(_("The workshop is open already."))
    workshop.closed_at = workshop.closed_by = None
    return recorded(workshop, Kind.RESUMED, by=by, at=at, changed=["closed_at", "closed_by"])
