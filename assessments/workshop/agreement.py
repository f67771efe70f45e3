"""What the team agrees on after a round, and what an entity holds against it."""

from collections.abc import Mapping
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access import access_of
from assessments.models import Agreement, Dissent, IndicatorRating, WorkshopEvent
from assessments.overview import previous_ratings
from assessments.transitions import TransitionRefused
from assessments.workshop.ballots import rounds_of
from assessments.workshop.moves import locked, moment, recorded
from assessments.workspace.form import IndicatorWorkspace
from assessments.workspace.saving import save_sent

Kind = WorkshopEvent.Kind
REASONS = ("difference_reason", "regression_reason")


class NotExplained(TransitionRefused):
    """The agreed rating lacks a reason. problems: the sentence for each field that lacks it."""

    def __init__(self, problems: Mapping[str, str]):
        super().__init__(" ".join(problems.values()))
        self.problems = problems


@transaction.atomic
def record_agreed(workshop, rating, *, agreed, minute="", reasons=None, by, at=None) -> Agreement:
    """Write the agreed rating of a PI, by the save that the workspace uses, and what it rests on.

    reasons: difference_reason and regression_reason, as far as they are given.

    Raises NotExplained when the rating needs a reason or a minute that is not given.
    """
    at = moment(at)
    workshop = locked(workshop)
    last = _revealed_round(rating)
    low, high = last.result.median
    agreement = Agreement(
        round=last.round,
        rating=agreed,
        votes_counted=len(last.given),
        median_low=low,
        median_high=high,
        minute=minute,
        by=by,
        at=at,
    )
    problems = _save(rating, {"rating": str(int(agreed)), **(reasons or {})}, by=by)
    try:
        agreement.validate_constraints()
    except ValidationError as fault:
        problems["minute"] = " ".join(fault.messages)
    if problems:
        raise NotExplained(problems)
    agreement.save()
    recorded(workshop, Kind.AGREED, by=by, at=at, rating=rating)
    return agreement


def _revealed_round(rating):
    rounds = rounds_of([rating])
    code = {"code": rating.indicator.code}
    if not rounds:
        raise TransitionRefused(
            _("There was no vote on PI %(code)s yet. Open a round, or rate it in the workspace.")
            % code
        )
    if not rounds[-1].round.is_revealed:
        raise TransitionRefused(
            _("Round %(number)s on PI %(code)s is open. Reveal it before you record the rating.")
            % {"number": rounds[-1].round.number, **code}
        )
    return rounds[-1]


def _save(rating, fields, *, by) -> dict[str, str]:
    """Save like the workspace. Return what lacks, by field; {} when it is saved."""
    reopen = partial(_open, rating, by)
    sent = {"version": str(rating.version), **fields}
    saved = save_sent(reopen(), sent, reopen=reopen, by=by)
    if saved.is_saved:
        return {}
    found = dict.fromkeys(REASONS, "")
    for field, sentence in saved.problems:
        name = field.removeprefix("id_")
        found[name if name in REASONS else "rating"] = sentence
    conflicts = [conflict.label for conflict in saved.submission.conflicts]
    if conflicts:
        found["rating"] = _("Somebody has just changed this PI: %(fields)s. Reload the page.") % {
            "fields": ", ".join(conflicts)
        }
    return {name: sentence for name, sentence in found.items() if sentence}


def _open(rating, by):
    assessment = rating.assessment
    same = IndicatorRating.objects.filter(pk=rating.pk)
    (fresh,) = same.in_detail(assessment.framework)
    fresh.assessment = assessment
    return IndicatorWorkspace(
        fresh,
        access=access_of(by, assessment.team, state=assessment.state),
        is_decided=False,  # here it is
        previous=previous_ratings(assessment).get(rating.indicator.code),
    )


@transaction.atomic
def record_dissent(workshop, rating, *, entity, sentence, by, at=None) -> Dissent:
    """Put on record what an entity holds against the rating; its earlier sentence gives way."""
    at = moment(at)
    workshop = locked(workshop)
    _revealed_round(rating)
    dissent, _is_new = Dissent.objects.update_or_create(
        indicator_rating=rating,
        entity=entity,
        defaults={"sentence": sentence, "by": by, "at": at},
    )
    recorded(workshop, Kind.DISSENT_RECORDED, by=by, at=at, rating=rating, entity=entity)
    return dissent


@transaction.atomic
def withdraw_dissent(workshop, dissent, *, by, at=None) -> None:
    """Take a dissent off the record. That it was there stays in the workshop's events."""
    at = moment(at)
    workshop = locked(workshop)
    rating, entity = dissent.indicator_rating, dissent.entity
    dissent.delete()
    recorded(workshop, Kind.DISSENT_WITHDRAWN, by=by, at=at, rating=rating, entity=entity)
