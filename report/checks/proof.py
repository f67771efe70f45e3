"""Checks of the documents: there are some, and they are of the year."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from assessments.models import IndicatorRating
from evidence.models import Citation
from report.checks.check import Check, Kind, blocks, warns
from report.checks.facts import Facts
from scorecard.rating import Rating


def exceeds_without_document(facts: Facts) -> Iterator[Check]:
    """Blocks what is claimed this year; a carried rating was endorsed, or stems from elsewhere."""
    for rating in facts.ratings:
        if rating.rating == Rating.EXCEEDS and not facts.documents_of(rating):
            sentence = _(
                "PI %(code)s is rated Exceeds without a single document. Cite what shows it."
            )
            severity = blocks if rating.is_reassessed else warns
            yield severity(
                rating,
                "evidence",
                key=Kind.EXCEEDS_WITHOUT_DOCUMENT,
                sentence=sentence % {"code": rating.indicator.code},
            )


def without_document(facts: Facts) -> Iterator[Check]:
    """Not asked where a rating is carried from an assessment here: there it was asked."""
    for rating in facts.ratings:
        is_asked = rating.origin is None and rating.rating != Rating.EXCEEDS
        if is_asked and not facts.documents_of(rating):
            sentence = _("PI %(code)s has no document. Cite what its rating rests on.")
            yield warns(
                rating,
                "evidence",
                key=Kind.NO_DOCUMENT,
                sentence=sentence % {"code": rating.indicator.code},
            )


def outside_period(facts: Facts) -> Iterator[Check]:
    """Documents that say what period they cover, and it is none of the period assessed."""
    first, last = _period(facts)
    for rating in facts.reassessed:
        for citation in facts.documents_of(rating):
            begins, ends = citation.document.period
            if (ends and ends < first) or (begins and begins > last):
                yield _outside(rating, citation, first, last)


def _period(facts: Facts) -> tuple[date, date]:
    """The calendar year; of a comprehensive assessment, the Cooperation Framework up to it."""
    year = facts.assessment.year
    is_comprehensive = facts.assessment.is_comprehensive
    first = facts.assessment.cooperation_framework.first_year if is_comprehensive else year
    return date(min(first, year), 1, 1), date(year, 12, 31)


def _outside(rating: IndicatorRating, citation: Citation, first: date, last: date) -> Check:
    begins, ends = citation.document.period
    years = str(last.year) if first.year == last.year else f"{first.year}-{last.year}"
    if ends and ends < first:
        sentence = _(
            "PI %(code)s: “%(title)s” covers the time until %(year)s, and this assessment is on "
            "%(years)s. Cite a newer document, or correct the period."
        )
    else:
        sentence = _(
            "PI %(code)s: “%(title)s” covers the time from %(year)s on, and this assessment is on "
            "%(years)s. Cite an earlier document, or correct the period."
        )
    return warns(
        rating,
        f"citation-{citation.pk}",
        key=Kind.OUTSIDE_PERIOD,
        sentence=sentence
        % {
            "code": rating.indicator.code,
            "title": citation.document.title,
            "year": ends.year if ends and ends < first else begins.year,
            "years": years,
        },
    )
