"""Checks of what is carried over, and of how much is."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.progress import age
from report.checks.check import Check, Kind, Severity, blocks, warns
from report.checks.facts import Facts

OLD = 3  # years after which a carried rating should be assessed again


def being_revised(facts: Facts) -> Iterator[Check]:
    """What is carried from an assessment that was reopened may still change."""
    for rating in facts.carried:
        if rating.origin and not rating.origin.assessment.is_endorsed:
            sentence = _(
                "PI %(code)s is carried over from %(year)s, and that assessment is being revised. "
                "It has to be endorsed first."
            )
            yield blocks(
                rating,
                "origin",
                key=Kind.ORIGIN_REVISED,
                sentence=sentence
                % {"code": rating.indicator.code, "year": rating.origin.assessment.year},
            )


def unknown_year(facts: Facts) -> Iterator[Check]:
    for rating in facts.carried:
        if rating.rating is not None and rating.last_assessed is None:
            sentence = _(
                "PI %(code)s is carried over, and no record tells from which year. "
                "Record the year, or reassess the PI."
            )
            yield warns(
                rating,
                "origin",
                key=Kind.ORIGIN_UNKNOWN,
                sentence=sentence % {"code": rating.indicator.code},
            )


def too_old(facts: Facts) -> Iterator[Check]:
    for rating in facts.carried:
        years = age(rating.last_assessed, facts.assessment.year)
        is_old = rating.rating is not None and years is not None and years > OLD
        if is_old and not rating.confirmation:
            sentence = _(
                "PI %(code)s was last assessed in %(year)s, %(years)s years before this report. "
                "Reassess it, or confirm with a reason that the rating still holds."
            )
            yield warns(
                rating,
                "origin",
                key=Kind.ORIGIN_OLD,
                sentence=sentence
                % {"code": rating.indicator.code, "year": rating.last_assessed, "years": years},
            )


def never_rated(facts: Facts) -> Iterator[Check]:
    for rating in facts.carried:
        if rating.rating is None:
            sentence = _(
                "PI %(code)s is not reassessed and has no earlier rating to carry over: the report "
                "prints “Not rated”. Reassess it."
            )
            yield warns(
                rating,
                "origin",
                key=Kind.NEVER_RATED,
                sentence=sentence % {"code": rating.indicator.code},
            )


def too_few_reassessed(facts: Facts) -> Iterator[Check]:
    assessment, chosen = facts.assessment, len(facts.reassessed)
    if assessment.is_comprehensive:
        lacking = len(facts.carried)
        sentence = ngettext(
            "A comprehensive assessment assesses every PI; %(codes)s is not. Assess it.",
            "A comprehensive assessment assesses every PI; %(codes)s are not. Assess them.",
            lacking,
        ) % {"codes": ", ".join(rating.indicator.code for rating in facts.carried)}
    else:
        minimum = assessment.framework.annual_minimum_indicators
        lacking = max(0, minimum - chosen)
        sentence = ngettext(
            "%(chosen)s PI is reassessed; an annual assessment asks for at least %(minimum)s. "
            "Choose more.",
            "%(chosen)s PIs are reassessed; an annual assessment asks for at least %(minimum)s. "
            "Choose more.",
            chosen,
        ) % {"chosen": chosen, "minimum": minimum}
    if lacking:
        yield Check(
            key=Kind.TOO_FEW_REASSESSED,
            severity=Severity.BLOCKS,
            code=None,
            sentence=sentence,
            url=f"{assessment.get_absolute_url()}#ratings",
        )
