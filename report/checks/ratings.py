"""Checks of the ratings of this year: agreed, explained, in keeping with the criteria."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessments.models import IndicatorRating
from report.checks.check import Check, Kind, blocks, warns
from report.checks.facts import Facts
from scorecard.models import RATING_LABELS
from scorecard.rating import Rating, missing_for
from scorecard.statements import missing_sentence


def without_rating(facts: Facts) -> Iterator[Check]:
    for rating in facts.reassessed:
        if rating.rating is None:
            sentence = _("PI %(code)s has no agreed rating. Agree on one and record it.")
            yield blocks(
                rating,
                "id_rating",
                key=Kind.NO_RATING,
                sentence=sentence % {"code": rating.indicator.code},
            )


def without_findings(facts: Facts) -> Iterator[Check]:
    for rating in facts.reassessed:
        if not rating.findings and not rating.has_criterion_text:
            sentence = _(
                "PI %(code)s has no findings. "
                "Write what was found, on the PI as a whole or on its criteria."
            )
            yield blocks(
                rating,
                "id_findings",
                key=Kind.NO_FINDINGS,
                sentence=sentence % {"code": rating.indicator.code},
            )


def fall_without_reason(facts: Facts) -> Iterator[Check]:
    for rating in facts.reassessed:
        before = facts.previous.get(rating.indicator.code)
        if rating.fell_from(before) and not rating.regression_reason:
            sentence = _(
                "PI %(code)s falls from %(before)s in %(year)s to %(now)s, and no reason is "
                "given. Say why; the report prints it."
            )
            yield blocks(
                rating,
                "id_regression_reason",
                key=Kind.FALL_WITHOUT_REASON,
                sentence=sentence
                % {
                    "code": rating.indicator.code,
                    "before": RATING_LABELS[before.rating],
                    "year": before.assessment.year,
                    "now": RATING_LABELS[rating.rating],
                },
            )


def other_than_criteria(facts: Facts) -> Iterator[Check]:
    """Always with a reason: the database holds no rating that differs without one."""
    for rating in facts.ratings:
        if rating.is_above_criteria:
            yield _above(rating)
        elif rating.differs:
            sentence = _(
                "PI %(code)s is agreed as %(agreed)s, below its criteria: they give "
                "%(computed)s. Correct the criteria or the rating, or let the report print it "
                "with “≠” and your reason."
            )
            yield warns(
                rating, "id_rating", key=Kind.BELOW_CRITERIA, sentence=sentence % _levels(rating)
            )


def _above(rating: IndicatorRating) -> Check:
    sentence = _(
        "PI %(code)s is agreed as %(agreed)s, above its criteria: they give %(computed)s. "
        "“%(agreed)s” asks for %(lacking)s, which is not recorded as met. Correct the criteria or "
        "the rating, or let the report print it with “≠” and your reason."
    )
    return warns(
        rating,
        "id_rating",
        key=Kind.ABOVE_CRITERIA,
        sentence=sentence % {**_levels(rating), "lacking": _lacking(rating)},
    )


def _levels(rating: IndicatorRating) -> dict[str, str]:
    return {
        "code": rating.indicator.code,
        "agreed": RATING_LABELS[rating.rating],
        "computed": RATING_LABELS[rating.computed_rating],
    }


def _lacking(rating: IndicatorRating) -> str:
    """What the agreed level asks for beyond what is met: "(a) and (b), or (c)"."""
    source = rating.source
    indicator = source.indicator
    sets = missing_for(
        Rating(rating.rating), source.standing.met, indicator.rules, indicator.criterion_rules
    )
    return missing_sentence(sets, indicator.criteria.all())
