"""What is always true of every assessment, checked against the rows as they are.

Whoever works through the site cannot break it: forms, transitions and constraints see to that. This
finds what came past them, as a hand in the database or a backup that was brought back in part.
"""

from collections.abc import Iterator
from itertools import chain

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.access_table import IMPORTED, SETTLED
from assessments.cycle.missing import minimum_chosen
from assessments.edition import indicators_of
from assessments.models import Agreement, Assessment, AssessmentEvent, IndicatorRating
from scorecard.models import RATING_LABELS

BEFORE_CHOSEN = ["planning", IMPORTED]


def faults() -> Iterator[str]:
    """Say of each assessment and PI what is not as it must be. Reads everything once."""
    return chain(
        _states_without_story(),
        _incomplete(),
        _chosen_too_few(),
        _carried_otherwise(),
        _carried_from_unendorsed(),
        _computed_otherwise(),
        _agreed_otherwise(),
    )


def _states_without_story() -> Iterator[str]:
    last = AssessmentEvent.objects.filter(assessment=OuterRef("pk")).order_by("-pk")
    rows = _assessments().annotate(told=Subquery(last.values("to_state")[:1]))
    for assessment in rows.exclude(told=F("state")):
        yield _("%(assessment)s: its state “%(state)s” is not where its events lead.") % {
            "assessment": assessment,
            "state": assessment.get_state_display(),
        }


def _incomplete() -> Iterator[str]:
    for assessment in _assessments().annotate(rated=Count("indicator_ratings")):
        expected = len(indicators_of(assessment.framework))
        if assessment.rated != expected:
            yield _("%(assessment)s: it has %(rated)s of the %(expected)s PIs of its edition.") % {
                "assessment": assessment,
                "rated": assessment.rated,
                "expected": expected,
            }


def _chosen_too_few() -> Iterator[str]:
    chosen = Count("indicator_ratings", filter=Q(indicator_ratings__is_reassessed=True))
    for assessment in _assessments().exclude(state__in=BEFORE_CHOSEN).annotate(chosen=chosen):
        least = minimum_chosen(assessment)
        if assessment.chosen < least:
            yield _(
                "%(assessment)s: %(chosen)s PIs are reassessed, at least %(least)s must be."
            ) % {
                "assessment": assessment,
                "chosen": assessment.chosen,
                "least": least,
            }


def _carried_otherwise() -> Iterator[str]:
    """A carried rating names the row that was really assessed, and says the same as that."""
    same = Q(
        is_reassessed=False,
        origin__origin__isnull=True,
        origin__assessment__team=F("assessment__team"),
        origin__assessment__year__lt=F("assessment__year"),
        origin__indicator__code=F("indicator__code"),
        computed_rating=F("origin__computed_rating"),
    ) & (Q(rating=F("origin__rating")) | Q(rating__isnull=True, origin__rating__isnull=True))
    carried = _ratings().filter(origin__isnull=False)
    for row in carried.exclude(pk__in=carried.filter(same).values("pk")):
        yield _("%(rating)s: it is not what it is carried from.") % {"rating": row}


def _carried_from_unendorsed() -> Iterator[str]:
    settled = _ratings().filter(assessment__state__in=SETTLED, origin__isnull=False)
    for row in settled.exclude(origin__assessment__state__in=SETTLED):
        yield _("%(rating)s: the report is endorsed, and what it is carried from is not.") % {
            "rating": row
        }


def _computed_otherwise() -> Iterator[str]:
    """The computed rating is what criteria and measures on record give."""
    for assessment in _assessments().exclude(state=IMPORTED):
        for row in assessment.indicator_ratings.in_detail(assessment.framework):
            row.assessment = assessment
            if row.origin is None and row.computed_rating != row.standing.rating:
                yield _(
                    "%(rating)s: %(kept)s is kept as computed, the criteria give %(given)s."
                ) % {
                    "rating": row,
                    "kept": RATING_LABELS[row.computed_rating],
                    "given": RATING_LABELS[row.standing.rating],
                }


def _agreed_otherwise() -> Iterator[str]:
    """What a workshop agreed on is the rating."""
    last = Agreement.objects.filter(round__indicator_rating=OuterRef("pk")).order_by("-pk")
    decided = _ratings().annotate(agreed=Subquery(last.values("rating")[:1]))
    for row in decided.filter(agreed__isnull=False).exclude(
        rating__isnull=False, rating=F("agreed")
    ):
        yield _("%(rating)s: the workshop agreed on %(agreed)s, which it does not say.") % {
            "rating": row,
            "agreed": RATING_LABELS[row.agreed],
        }


def _assessments() -> QuerySet[Assessment]:
    return Assessment.objects.with_context().order_by("pk")


def _ratings() -> QuerySet[IndicatorRating]:
    return IndicatorRating.objects.select_related("assessment__team", "indicator").order_by("pk")
