"""Preliminary ratings: each person's own, blind until the coordinator reveals them all at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import Access, Answer, WrongState
from accounts.access_table import STATES, WHILE_RATING, Capability
from accounts.models import Membership
from assessments.models import (
    Assessment,
    IndicatorRating,
    PreliminaryRating,
    PreliminaryTick,
)
from assessments.transitions import TransitionRefused
from scorecard.models import Criterion


def require_rater(access: Access):
    """Raise PermissionDenied unless the person's role gives preliminary ratings at all."""
    if access.answer(Capability.PRELIMINARY_RATING) == Answer.NO:
        access.require(Capability.PRELIMINARY_RATING)


def require_open(rating: IndicatorRating, access: Access):
    """Raise PermissionDenied or WrongState unless the person may give a rating here now."""
    access.require(Capability.PRELIMINARY_RATING)
    if refusal := _refusal(rating):
        raise WrongState(refusal)


def _refusal(rating):
    """Why the PI takes no preliminary rating in any state of the assessment; "" if it does."""
    code = {"code": rating.indicator.code}
    if not rating.is_reassessed:
        return _("PI %(code)s is carried over and not reassessed this year.") % code
    if rating.preliminary_revealed_at:
        return _("The preliminary ratings of PI %(code)s are revealed and stay as they are.") % code
    return ""


@transaction.atomic
def give(own: PreliminaryRating, answers: dict[Criterion, bool | None], *, version: int):
    """Write one person's rating with its ticks. Raises TransitionRefused once it is too late.

    version: the one that the person had before them; another means a save from elsewhere.
    """
    rating = _locked(own.indicator_rating_id, allowed_from=WHILE_RATING)
    mine = PreliminaryRating.objects.visible_to(own.membership.user_id)
    present = mine.filter(indicator_rating=rating, membership=own.membership).first()
    if version != (present.version if present else 0):
        raise TransitionRefused(
            _(
                "You have saved this page elsewhere since you opened it here. What you wrote here "
                "stands below and is not saved. Save again to put it in place of the other."
            )
        )
    own.pk, own.version = present and present.pk, version + 1
    own.save()
    PreliminaryTick.objects.bulk_create(
        [
            PreliminaryTick(preliminary_rating=own, criterion=criterion, is_met=is_met)
            for criterion, is_met in answers.items()
        ],
        update_conflicts=True,
        unique_fields=["preliminary_rating", "criterion"],
        update_fields=["is_met"],
    )
    return own


@transaction.atomic
def reveal(rating: IndicatorRating, *, by, at=None) -> IndicatorRating:
    """Blind -> revealed, for one PI, in consolidation. Cannot be undone."""
    rating = _locked(rating.pk, allowed_from={"consolidation"})
    if not PreliminaryRating.objects.who_has_given([rating]):
        raise TransitionRefused(
            _("Nobody has given a preliminary rating of PI %(code)s: there is nothing to reveal.")
            % {"code": rating.indicator.code}
        )
    rating.preliminary_revealed_at, rating.preliminary_revealed_by = at or timezone.now(), by
    # Not by save(): the history of what the PI says would count it as a version.
    IndicatorRating.objects.filter(pk=rating.pk).update(
        preliminary_revealed_at=rating.preliminary_revealed_at, preliminary_revealed_by=by
    )
    return rating


def _locked(pk, *, allowed_from):
    """Re-read the PI under a lock, so that no rating slips in while another reveals them all."""
    rating = IndicatorRating.objects.select_related("indicator").get(pk=pk)
    lock = Assessment.objects.select_for_update(of=("self",), no_key=True)
    assessment = lock.get(pk=rating.assessment_id)
    if assessment.state not in allowed_from:
        raise TransitionRefused(
            _("The assessment is in “%(state)s”, not in %(allowed)s. Reload the page.")
            % {
                "state": STATES[assessment.state],
                "allowed": _(" or ").join(
                    f"“{label}”" for state, label in STATES.items() if state in allowed_from
                ),
            }
        )
    rating = (
        IndicatorRating.objects.select_for_update(of=("self",))
        .select_related("indicator")
        .get(pk=pk)
    )
    if refusal := _refusal(rating):
        raise TransitionRefused(refusal)
    return rating


@dataclass(frozen=True, kw_only=True)
class Turnout:
    """Who of the assessment team has given a preliminary rating of a PI, and who has not."""

    given: list[Membership]
    waiting: list[Membership]

    @property
    def total(self) -> int:
        return len(self.given) + len(self.waiting)

    @classmethod
    def of(cls, rating: IndicatorRating) -> "Turnout":
        team = Membership.objects.in_team(rating.assessment.team_id).of_assessment_team()
        given = {user for _, user in PreliminaryRating.objects.who_has_given([rating])}
        people = one_per_person(row for row in team if row.ended_on is None or row.user_id in given)
        return cls(
            given=[row for row in people if row.user_id in given],
            waiting=[row for row in people if row.user_id not in given],
        )


def one_per_person(memberships: Iterable[Membership]) -> list[Membership]:
    """Return one membership for each person, by entity and name. Some are members twice."""
    by_person = {row.user_id: row for row in memberships}
    return sorted(by_person.values(), key=lambda row: (row.entity.acronym, row.user.name))


def revealed(rating: IndicatorRating, user) -> list[PreliminaryRating]:
    """Return everyone's rating of a revealed PI, with .answers in the order of the criteria.

    answers: True, False or None (undecided) for each criterion that people answer.
    """
    shown = PreliminaryRating.objects.visible_to(user).filter(
        indicator_rating=rating, given_at__isnull=False
    )
    shown = list(shown.select_related("membership__user", "membership__entity"))
    prefetch_related_objects(shown, "ticks")
    for row in shown:
        by_criterion = {tick.criterion_id: tick.is_met for tick in row.ticks.all()}
        row.answers = [by_criterion.get(criterion.pk) for criterion in answered_criteria(rating)]
    return shown


def answered_criteria(rating: IndicatorRating) -> list[Criterion]:
    return [row for row in rating.indicator.criteria.all() if row.measure is None]
