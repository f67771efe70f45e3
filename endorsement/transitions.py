"""Asking the heads of agency, and what they answer. Each step under the lock of the assessment."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import audit
from accounts.access_table import STATES
from assessments import transitions as moves
from assessments.models import Assessment
from assessments.transitions import TransitionRefused
from endorsement import letters
from endorsement.models import Decision, Delegation, EndorsementRule, ObjectedIndicator, Seat
from endorsement.officers import possible_officers
from endorsement.record import rule_in_words
from endorsement.rule import RuleKind
from endorsement.seats import deciders, open_seats, outcome_of, rule_of, standings
from endorsement.versions import drafted, latest, store

Kind = Decision.Kind
RULE_FIELDS = ["kind", "quorum", "due"]


def request(
    assessment, *, by, rule, blocking: Sequence[str], is_raised=False, note="", site="", at=None
):
    """Consolidation -> endorsement: the report becomes a version, and the heads are asked.

    rule: unsaved EndorsementRule. blocking: the sentences of the pre-flight that stand against it.
    Raises TransitionRefused; a ChildError when the report cannot be printed.
    """
    at = at or timezone.now()
    with drafted(assessment, by=by, site=site, at=at) as version, transaction.atomic():
        assessment = moves.request_endorsement(assessment, by=by, blocking=blocking, at=at)
        is_another_rule = _set_rule(assessment, rule)
        store(version, assessment, is_raised=is_raised, note=note, at=at)
        _refuse_without_seats(assessment)
        if is_another_rule:
            _refuse_while_decisions_stand(assessment, at=at)
        _log_version(assessment, by=by, at=at)
        _ask(assessment, [], with_waiting=True, by=by, note=note, site=site, at=at)
    return assessment


def take_in_changes(assessment, *, by, due=None, is_raised=False, note="", site="", at=None):
    """Make the next version of a report that is before the heads, as it stands by now.

    due: a new last day to decide; None leaves it.
    """
    at = at or timezone.now()
    with drafted(assessment, by=by, site=site, at=at) as version, transaction.atomic():
        assessment = locked(assessment)
        if version is None:
            raise TransitionRefused(_("The report says what its last version says."))
        if due:
            EndorsementRule.objects.filter(assessment=assessment).update(due=due)
        asked = store(version, assessment, is_raised=is_raised, note=note, at=at)
        _log_version(assessment, by=by, at=at)
        has_new_day = due is not None
        _ask(assessment, asked, with_waiting=has_new_day, by=by, note=note, site=site, at=at)
    return version


@transaction.atomic
def decide(
    seat, *, by, kind, sha256: str, comment="", indicators: Collection = (), site="", at=None
) -> Decision:
    """One seat answers to the version it was shown. A later answer takes the place of this one.

    sha256: of the version that the person read. indicators: the PIs that an objection names.
    """
    at = at or timezone.now()
    assessment = locked(seat.assessment)
    version = latest(assessment)
    newcomers = open_seats(assessment, version=version, at=at)
    letters.ask_to_decide(newcomers, by=version.made_by, site=site, at=at)
    seat = _valid(seat, assessment)
    _refuse_after_silence(assessment, at=at)
    if version.sha256 != sha256:
        raise TransitionRefused(
            _("%(version)s has come since you opened this page. Read it, then decide.")
            % {"version": version}
        )
    comment = comment.strip()
    if kind == Kind.OBJECT and not (comment and indicators):
        raise TransitionRefused(_("Name the PIs that you object to, and say why."))
    decision = Decision.objects.create(
        seat=seat,
        version=version,
        kind=kind,
        comment=comment,
        by=by,
        at=at,
        delegation=_delegation(seat, by=by, on=assessment.team.day(at)),
    )
    for indicator in indicators if kind == Kind.OBJECT else ():
        ObjectedIndicator.objects.create(decision=decision, indicator=indicator)
    if kind == Kind.OBJECT:
        letters.tell_of_objection(decision, site=site, at=at)
    _log(decision, version)
    return decision


@transaction.atomic
def delegate(seat, *, officer, first_day, last_day, by, site="", at=None) -> Delegation:
    """The head names an officer-in-charge, who decides for the seat from one day to another."""
    at = at or timezone.now()
    assessment = locked(seat.assessment)
    seat = _valid(seat, assessment)
    if not possible_officers(seat).filter(pk=officer.pk).exists():
        raise TransitionRefused(
            _("Choose a member of the assessment team, or another head of agency.")
        )
    if last_day < assessment.team.day(at):
        raise TransitionRefused(_("These days are over already."))
    overlapping = seat.delegations.not_over(on=first_day).filter(first_day__lte=last_day)
    if taken := overlapping.select_related("officer__user").first():
        raise TransitionRefused(
            _("%(name)s decides for you on some of these days. Take that back first.")
            % {"name": taken.officer.user}
        )
    made = Delegation.objects.create(
        seat=seat, officer=officer, first_day=first_day, last_day=last_day, made_by=by, made_at=at
    )
    if first_day <= assessment.team.day(at):
        letters.ask_officer(made, site=site, at=at)
    detail = _("%(name)s decides from %(first)s to %(last)s")
    days = [date_format(day, "DATE_FORMAT") for day in (first_day, last_day)]
    facts = {"name": officer.user, "first": days[0], "last": days[1]}
    _log_of_seat(seat, detail % facts, by=by, at=at)
    return made


@transaction.atomic
def withdraw_delegation(delegation, *, by, at=None) -> Delegation:
    at = at or timezone.now()
    locked(delegation.seat.assessment)
    delegation = Delegation.objects.select_related("seat", "officer__user").get(pk=delegation.pk)
    if delegation.withdrawn_at:
        raise TransitionRefused(_("This was taken back already."))
    delegation.withdrawn_by, delegation.withdrawn_at = by, at
    delegation.save(update_fields=["withdrawn_by", "withdrawn_at"])
    detail = _("%(name)s decides no more") % {"name": delegation.officer.user}
    _log_of_seat(delegation.seat, detail, by=by, at=at)
    return delegation


def locked(assessment, *, state="endorsement") -> Assessment:
    """Re-read the row under a lock. Raises TransitionRefused in any other state."""
    rows = Assessment.objects.select_for_update(of=("self",), no_key=True).with_context()
    assessment = rows.get(pk=assessment.pk)
    if assessment.state != state:
        raise TransitionRefused(
            _("%(assessment)s is in “%(state)s” by now, where this is not possible.")
            % {"assessment": assessment, "state": STATES[assessment.state]}
        )
    return assessment


def _set_rule(assessment, rule) -> bool:
    """Whether another rule stood there before. A new last day is the same rule."""
    before = EndorsementRule.objects.filter(assessment=assessment).first()
    EndorsementRule.objects.update_or_create(
        assessment=assessment, defaults={name: getattr(rule, name) for name in RULE_FIELDS}
    )
    return before is not None and (before.kind, before.quorum) != (rule.kind, rule.quorum)


def _refuse_while_decisions_stand(assessment, *, at):
    """Nobody chooses the rule by what was decided under another one."""
    if any(row.decision for row in standings(assessment, today=assessment.team.day(at))):
        raise TransitionRefused(
            _(
                "Heads of agency have decided under another rule, and what they decided stands. "
                "Keep that rule; or change the report, for example say in its comments why the "
                "rule changes, and ask everybody again."
            )
        )


def _refuse_without_seats(assessment):
    count = Seat.objects.of(assessment).valid().count()
    quorum = EndorsementRule.objects.get(assessment=assessment).quorum
    if not count:
        raise TransitionRefused(
            _("Nobody could endorse: the team has no head of agency. Invite them first.")
        )
    if quorum and quorum > count:
        raise TransitionRefused(
            _("%(quorum)s would have to endorse, and the team has %(count)s seats.")
            % {"quorum": quorum, "count": count}
        )


def _ask(assessment, asked, *, with_waiting, by, note, site, at):
    """Objectors who are not asked again are told, too: the change may be what they waited for.

    with_waiting: everybody who has still to decide, since rule or last day may be new to them.
    """
    told = {
        row.seat
        for row in standings(assessment, today=assessment.team.day(at))
        if row.objects or (with_waiting and row.is_waiting)
    }
    letters.ask_to_decide({*asked, *told}, by=by, comment=note, site=site, at=at)


def _refuse_after_silence(assessment, *, at):
    """Once the last day is over, silence has endorsed; the closing only writes it down."""
    today, rule = assessment.team.day(at), rule_of(assessment.endorsement_rule)
    is_over = rule.due is not None and today > rule.due and rule.kind == RuleKind.NO_OBJECTION
    if is_over and outcome_of(assessment, today=today).is_fulfilled:
        raise TransitionRefused(
            _("The last day to object, %(day)s, is over: the report counts as endorsed.")
            % {"day": date_format(rule.due, "DATE_FORMAT")}
        )


def _valid(seat, assessment) -> Seat:
    try:
        return Seat.objects.of(assessment).valid().get(pk=seat.pk)
    except Seat.DoesNotExist as gone:
        raise TransitionRefused(
            _("%(seat)s has no seat in this team any more.") % {"seat": seat}
        ) from gone


def _delegation(seat, *, by, on) -> Delegation | None:
    """By which word a person decides; None for the head. Raises TransitionRefused for others."""
    if by == seat.membership.user:
        return None
    if by not in [membership.user for membership in deciders(seat, on=on)]:
        raise TransitionRefused(
            _("Today %(name)s decides for this seat.") % {"name": seat.membership.user}
        )
    return seat.delegations.standing(on=on).get(officer__user=by)


def _log_version(assessment, *, by, at):
    """What is put before the heads, and by which rule they decide."""
    version = latest(assessment)
    detail = _("%(version)s (%(change)s), SHA-256 %(sha256)s. %(rule)s") % {
        "version": version,
        "change": _change_in_words(version),
        "sha256": version.sha256,
        "rule": rule_in_words(EndorsementRule.objects.get(assessment=assessment)),
    }
    audit.record(
        team=assessment.team,
        action=audit.Action.DECISION,
        by=by,
        object=_("the report of the %(assessment)s") % {"assessment": assessment},
        detail=detail,
        at=at,
    )


def _change_in_words(version):
    words = version.get_change_display()
    return (
        _("%(change)s, raised by the coordinator") % {"change": words}
        if version.is_raised
        else words
    )


def _log(decision, version):
    """The seal at the end is what endorsement/decision_log.py compares the decision with."""
    detail = f"{decision.seat.entity}, {version}: {decision.in_full}"
    detail += f", SHA-256 {version.sha256}, of the decision {decision.seal}"
    _log_of_seat(decision.seat, detail, by=decision.by, at=decision.at)


def _log_of_seat(seat, detail, *, by, at):
    audit.record(
        team=seat.assessment.team,
        action=audit.Action.DECISION,
        by=by,
        object=_("the report of the %(assessment)s") % {"assessment": seat.assessment},
        detail=detail,
        at=at,
    )
