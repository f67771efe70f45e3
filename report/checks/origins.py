"""Checks of what is carried over, and of how much is."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import IndicatorRating
from assessments.progress import OLD, age
from report.checks.check import Check, Kind, Severity, blocks
from report.checks.facts import Facts


def never_rated(facts: Facts) -> Iterator[Check]:
    for rating in facts.carried:
        if rating.rating is None:
            sentence = _(
                "PI %(code)s is not reassessed and has no earlier rating to carry over: the report "
                "prints “Not rated”. Reassess it, or record the earlier rating."
            )
            yield _on_origin(
                rating,
                "earlier",
                "id_rating",
                key=Kind.NEVER_RATED,
                sentence=sentence % {"code": rating.indicator.code},
            )


def being_revised(facts: Facts) -> Iterator[Check]:
    """What is carried from an assessment that was reopened may still change."""
    for rating in facts.carried:
        if rating.origin and not rating.origin.assessment.is_settled:
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


def outdated(facts: Facts) -> Iterator[Check]:
    """What was settled after a PI was carried over, and is newer than what it carries."""
    for rating in facts.carried:
        if source := facts.newer.get(rating.indicator.code):
            yield Check(
                key=Kind.ORIGIN_OUTDATED,
                severity=Severity.BLOCKS,
                code=rating.indicator.code,
                sentence=_still_carries(rating)
                % {
                    "code": rating.indicator.code,
                    "before": rating.last_assessed,
                    "year": source.assessment.year,
                },
                url=f"{reverse('assessments:carry_anew', args=[rating.assessment_id])}#content",
                read_url=f"{rating.get_absolute_url()}#origin",
            )


def _still_carries(rating: IndicatorRating) -> str:
    if rating.rating is None or rating.last_assessed is None:
        return _(
            "%(year)s has been endorsed or taken in since, and PI %(code)s does not carry its "
            "rating yet. Carry it over anew."
        )
    return _(
        "%(year)s has been endorsed or taken in since, and PI %(code)s still carries its rating "
        "of %(before)s. Carry it over anew."
    )


def unknown_year(facts: Facts) -> Iterator[Check]:
    for rating in facts.carried:
        if rating.rating is not None and rating.last_assessed is None:
            sentence = _(
                "PI %(code)s is carried over, and no record tells from which year. "
                "Record the year, or reassess the PI."
            )
            yield _on_origin(
                rating,
                "earlier",
                "id_origin_year",
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
            yield _on_origin(
                rating,
                "confirm",
                "id_reason",
                key=Kind.ORIGIN_OLD,
                sentence=sentence
                % {"code": rating.indicator.code, "year": rating.last_assessed, "years": years},
            )


def _on_origin(
    rating: IndicatorRating, page: str, field: str, *, key: Kind, sentence: str
) -> Check:
    """A warning that leads to a field on the page where a carried rating is accounted for."""
    code = rating.indicator.code
    address = reverse(f"assessments:{page}", args=[rating.assessment_id, code])
    return Check(
        key=key,
        severity=Severity.WARNS,
        code=code,
        sentence=sentence,
        url=f"{address}#{field}",
        read_url=f"{rating.get_absolute_url()}#origin",
    )


def too_few_reassessed(facts: Facts) -> Iterator[Check]:
    assessment, chosen = facts.assessment, len(facts.reassessed)
    ratings_url = f"{assessment.get_absolute_url()}#ratings"
    if assessment.is_comprehensive and facts.carried:
        sentence = ngettext(
            "A comprehensive assessment assesses every PI; %(codes)s is not. Assess it.",
            "A comprehensive assessment assesses every PI; %(codes)s are not. Assess them.",
            len(facts.carried),
        ) % {"codes": ", ".join(rating.indicator.code for rating in facts.carried)}
        yield _too_few(sentence, url=ratings_url)
    least = assessment.framework.annual_minimum_indicators
    if not assessment.is_comprehensive and chosen < least:
        sentence = ngettext(
            "%(chosen)s PI is reassessed; an annual assessment asks for at least %(least)s. "
            "Choose more.",
            "%(chosen)s PIs are reassessed; an annual assessment asks for at least %(least)s. "
            "Choose more.",
            chosen,
        ) % {"chosen": chosen, "least": least}
        choose = reverse("assessments:choose", args=[assessment.pk])
        yield _too_few(sentence, url=f"{choose}#choice", read_url=ratings_url)


def _too_few(sentence: str, **places: str) -> Check:
    return Check(
        key=Kind.TOO_FEW_REASSESSED,
        severity=Severity.BLOCKS,
        code=None,
        sentence=sentence,
        **places,
    )
