"""Planning a year: setting it up, choosing the PIs to reassess, confirming the others."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access_table import STATES, UNTIL_CONSOLIDATED, WHILE_CHOOSING
from accounts.models import Membership
from accounts.transitions import lock
from assessments.carry_over import (
    CARRIED_FIELDS,
    CONFIRMATION_FIELDS,
    ORIGIN_FIELDS,
    carry,
    carry_on,
    clear,
    outdated,
    save_with_history,
    sources,
)
from assessments.cycle.editions import refusal_of_edition
from assessments.cycle.missing import codes_of, missing_of_choice
from assessments.models import Assessment, AssessmentEvent, IndicatorRating
from assessments.transitions import TransitionRefused
from assessments.workspace.transitions import recompute
from scorecard.models import Indicator

CHOICE_FIELDS = ["is_reassessed", *CARRIED_FIELDS, *ORIGIN_FIELDS, *CONFIRMATION_FIELDS]


@transaction.atomic
def set_up(assessment, *, by, cooperation_framework=None, at=None):
    """Save a new assessment with its fifteen PIs, what they carry over, and who works on them.

    assessment: unsaved and complete, but for a Cooperation Framework that is new as well.
    cooperation_framework: that one, unsaved.
    """
    at = at or timezone.now()
    lock(assessment.team)
    if cooperation_framework is not None:
        _refuse_violations(cooperation_framework)
        cooperation_framework.save(force_insert=True)
        assessment.cooperation_framework = cooperation_framework
    if refusal := refusal_of_edition(assessment):
        raise TransitionRefused(refusal)
    _refuse_violations(assessment)
    assessment.state = "planning"
    assessment._history_user, assessment._history_date = by, at
    assessment.save(force_insert=True)
    _save_ratings(assessment, by=by, at=at)
    AssessmentEvent.objects.create(assessment=assessment, to_state="planning", by=by, at=at)
    return assessment


def _refuse_violations(row):
    """Ask again under the lock what the form has asked: two people may be setting up at once."""
    try:
        row.validate_constraints()
    except ValidationError as fault:
        raise TransitionRefused(" ".join(fault.messages)) from fault


def _save_ratings(assessment, *, by, at):
    carried, assigned = sources(assessment), _members_of_last_time(assessment)
    for indicator in Indicator.objects.of_framework(assessment.framework):
        rating = IndicatorRating(assessment=assessment, indicator=indicator)
        rating.is_reassessed = assessment.is_comprehensive
        if not assessment.is_comprehensive:
            carry(rating, carried.get(indicator.code))
        rating._history_user, rating._history_date = by, at
        rating.save(force_insert=True)
        rating.assigned_to.set(assigned.get(indicator.code, []))


def _members_of_last_time(assessment):
    """Who worked on each PI in the latest assessment, by its code, as far as they still serve."""
    latest = Assessment.objects.before(assessment).first()
    pairs = Membership.objects.active().of_assessment_team().filter(team=assessment.team)
    pairs = pairs.filter(assigned_ratings__assessment=latest) if latest else pairs.none()
    assigned = {}
    for code, member in pairs.values_list("assigned_ratings__indicator__code", "pk"):
        assigned.setdefault(code, []).append(member)
    return assigned


@transaction.atomic
def choose(assessment, *, add, drop, rationale, by, at=None):
    """Choose PIs to reassess, give others back to be carried over, write the rationale.

    add, drop: codes. A PI chosen opens empty; one given back carries its earlier rating again.

    Refused once PIs are rated together, for a PI on which somebody has worked, and, when scoring
    is open, for a choice with which it could not have been opened.
    """
    assessment = _locked(assessment, states=WHILE_CHOOSING)
    if assessment.is_comprehensive:
        raise TransitionRefused(_("A comprehensive assessment reassesses all PIs."))
    ratings = _locked_ratings(assessment)
    _refuse_worked_on([ratings[code] for code in drop if ratings[code].is_reassessed])
    carried = sources(assessment) if drop else {}
    for code, rating in ratings.items():
        if code in add and not rating.is_reassessed:
            _save_choice(rating, by=by, at=at)
        elif code in drop and rating.is_reassessed:
            carry(rating, carried.get(code))
            save_with_history(rating, CHOICE_FIELDS, by=by, at=at)
    assessment.rationale = rationale
    assessment._history_user, assessment._history_date = by, at or timezone.now()
    assessment.save(update_fields=["rationale"])
    _refuse_too_few(assessment, chosen=sum(row.is_reassessed for row in ratings.values()))
    return assessment


def _save_choice(rating, *, by, at):
    clear(rating)
    rating.is_reassessed = True
    if rating.is_recorded:  # of a PI without origin, criteria may have been entered
        recompute(rating)
    save_with_history(rating, CHOICE_FIELDS, by=by, at=at)


def _refuse_worked_on(ratings):
    if worked_on := [rating for rating in ratings if rating.is_recorded]:
        raise TransitionRefused(
            _(
                "%(codes)s cannot be carried over any more: findings or ratings are recorded "
                "there. Keep them among the chosen PIs."
            )
            % {"codes": codes_of(worked_on)}
        )


def _refuse_too_few(assessment, *, chosen):
    missing = missing_of_choice(assessment, chosen=chosen)
    if missing and assessment.state != "planning":
        raise TransitionRefused(" ".join([_("Scoring is open."), *map(str, missing)]))


@transaction.atomic
def confirm_unchanged(rating, *, reason, by, at=None):
    """Say of a carried rating why it still holds. It stays carried over, and as old as it is."""
    at = at or timezone.now()
    assessment = _locked(rating.assessment, states=UNTIL_CONSOLIDATED)
    rating = _locked_ratings(assessment)[rating.indicator.code]
    if rating.is_reassessed or rating.rating is None:
        raise TransitionRefused(
            _("PI %(code)s carries no rating over, so there is nothing to confirm.")
            % {"code": rating.indicator.code}
        )
    rating.confirmation, rating.confirmed_at, rating.confirmed_by = reason, at, by
    save_with_history(rating, CONFIRMATION_FIELDS, by=by, at=at)
    return rating


@transaction.atomic
def record_earlier(rating, *, by, at=None):
    """Record what a PI was rated before this product, in which year, and where that is written.

    rating: the row with its new rating, origin_year and origin_note.
    """
    assessment = _locked(rating.assessment, states=UNTIL_CONSOLIDATED)
    current = _locked_ratings(assessment)[rating.indicator.code]
    if not current.is_from_before:
        raise TransitionRefused(
            _("PI %(code)s carries no rating from before this product.")
            % {"code": rating.indicator.code}
        )
    current.origin = None
    for name in ("rating", "origin_year", "origin_note"):
        setattr(current, name, getattr(rating, name))
    if current.differs and not current.difference_reason:
        current.difference_reason = _("Rated before this product; the criteria are not recorded.")
    if not current.differs:
        current.difference_reason = ""
    save_with_history(current, [*CARRIED_FIELDS, *ORIGIN_FIELDS], by=by, at=at)
    carry_on(current, by=by, at=at)
    return current


@transaction.atomic
def carry_anew(assessment, *, by, at=None):
    """Take over what was settled after these PIs were carried over, where it is newer.

    What was confirmed of the rating before goes with it; the other PIs keep their confirmation.
    """
    assessment = _locked(assessment, states=UNTIL_CONSOLIDATED)
    ratings = _locked_ratings(assessment)
    newer = outdated(ratings.values(), sources(assessment))
    if not newer:
        raise TransitionRefused(
            _("Nothing was changed: every PI that is carried over has its latest rating already.")
        )
    for code, source in newer.items():
        # Later years may carry what was recorded here from before this product.
        later = ratings[code].carried_to.select_for_update(of=("self",)).order_by("pk")
        for rating in [ratings[code], *later]:
            clear(rating)
            carry(rating, source)
            save_with_history(rating, CHOICE_FIELDS, by=by, at=at)
    return sorted(newer)


def _locked(assessment, *, states):
    locked = Assessment.objects.select_for_update(of=("self",), no_key=True)
    assessment = locked.with_context().get(pk=assessment.pk)
    if assessment.state not in states:
        raise TransitionRefused(
            _("Nothing was changed: the assessment is in “%(state)s” by now.")
            % {"state": STATES[assessment.state]}
        )
    return assessment


def _locked_ratings(assessment) -> dict[str, IndicatorRating]:
    """By code. Locked, so that none is worked on meanwhile."""
    rows = assessment.indicator_ratings.select_for_update(of=("self",)).select_related("indicator")
    return {row.indicator.code: row for row in rows.order_by("pk")}
