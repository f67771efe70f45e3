"""What a PI that is not reassessed takes over, from where, and how it stays equal to that."""

from collections.abc import Iterable, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Assessment, IndicatorRating
from scorecard.rating import Rating

CARRIED_FIELDS = ["rating", "computed_rating", "difference_reason"]
ORIGIN_FIELDS = ["origin", "origin_year", "origin_note"]
CONFIRMATION_FIELDS = ["confirmation", "confirmed_at", "confirmed_by"]


def sources(assessment: Assessment) -> dict[str, IndicatorRating]:
    """Return by PI code the rows whose ratings may be carried over; {} where there are none.

    Each is from the team's latest settled assessment on the same edition that rates the PI, for an
    imported year may name some PIs only; where none does, from the latest, which may rate it yet.
    It is the row that holds the record: the one that was really assessed, or that keeps a rating
    from before this product; never itself carried over.
    """
    if assessment.is_comprehensive:
        return {}
    earlier = Assessment.objects.before(assessment).of_edition(assessment.framework).settled()
    rows = IndicatorRating.objects.filter(assessment__in=earlier.order_by())
    rows = rows.select_related("indicator", "assessment", "origin__assessment")
    oldest_first = list(rows.order_by("assessment__year"))
    unrated_first = sorted(oldest_first, key=lambda row: row.rating is not None)
    return {row.indicator.code: row.origin or row for row in unrated_first}


def outdated(
    ratings: Iterable[IndicatorRating], found: Mapping[str, IndicatorRating]
) -> dict[str, IndicatorRating]:
    """Return by PI code what carried ratings should be carried from instead, where that is newer.

    Years are set up while the one before is still worked on, or taken in afterwards from a
    workbook. found: from sources().
    """
    return {
        rating.indicator.code: found[rating.indicator.code]
        for rating in ratings
        if rating.is_carried and _is_newer(found.get(rating.indicator.code), rating)
    }


def _is_newer(source, rating):
    if source is None or source.rating is None or source.pk == rating.origin_id:
        return False
    return rating.rating is None or (source.last_assessed or 0) > (rating.last_assessed or 0)


def holders(assessment: Assessment) -> dict[str, int]:
    """Return by PI code the latest frozen year that carries the PI from here.

    What is said of these cannot be revised: the frozen copy would differ from its origin.
    """
    copies = IndicatorRating.objects.filter(
        origin__assessment=assessment, assessment__in=Assessment.objects.frozen()
    )
    pairs = copies.values_list("origin__indicator__code", "assessment__year")
    return dict(pairs.order_by("assessment__year"))


def carry(rating: IndicatorRating, source: IndicatorRating | None):
    """Let a PI carry the rating of its source, or stand empty without one. Does not save."""
    rating.is_reassessed = False
    rating.origin = source
    if source is None:
        clear(rating)
    else:
        rating.origin_year, rating.origin_note = None, ""
        _copy(source, to=rating)


def clear(rating: IndicatorRating):
    """Take away what was carried over, and what was said of it. Does not save."""
    rating.origin, rating.origin_year, rating.origin_note = None, None, ""
    rating.rating, rating.computed_rating = None, Rating.MISSING
    rating.difference_reason = ""
    rating.confirmation, rating.confirmed_at, rating.confirmed_by = "", None, None


def carry_on(source: IndicatorRating, *, by, at=None):
    """Bring what was just changed in a source to the PIs of later years that carry it.

    They are all in assessments that can still change: transitions.reopen sees to that, and for
    an imported year whoever corrects it, see holders.
    """
    for rating in source.carried_to.select_for_update().order_by("pk"):
        if any(getattr(rating, name) != getattr(source, name) for name in CARRIED_FIELDS):
            _copy(source, to=rating)
            save_with_history(rating, CARRIED_FIELDS, by=by, at=at)


def _copy(source, *, to):
    for name in CARRIED_FIELDS:
        setattr(to, name, getattr(source, name))


def why_closed(rating: IndicatorRating) -> str:
    """Return why nobody writes in a carried PI, as a sentence."""
    if rating.last_assessed is None:
        sentence = _(
            "PI %(code)s is carried over from a year that is not recorded, "
            "and not reassessed this year."
        )
    else:
        sentence = _("PI %(code)s is carried over from %(year)s and not reassessed this year.")
    return sentence % {"code": rating.indicator.code, "year": rating.last_assessed}


def save_with_history(rating: IndicatorRating, fields, *, by, at=None):
    """Write some fields as the next version: a form that was open before sees a conflict."""
    rating.version += 1
    rating._history_user, rating._history_date = by, at or timezone.now()
    rating.save(update_fields=[*fields, "version"])
