"""What an assessment still lacks for its next move: shown on its page, printed in the refusal."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Membership
from assessments.carry_over import outdated, sources
from assessments.edition import indicators_of
from assessments.models import Assessment, IndicatorRating
from assessments.overview import previous_ratings


@dataclass(frozen=True, kw_only=True)
class Missing:
    """One thing that a move waits for, as a sentence, and the page where it is done."""

    sentence: str
    url: str

    def __str__(self):
        return self.sentence


def missing_for_scoring(assessment: Assessment) -> list[Missing]:
    """Return what lacks before scoring can be opened. Two queries."""
    ratings = list(
        assessment.indicator_ratings.select_related("indicator")
        .annotate(has_member=Exists(_serving_members_of(OuterRef("pk"))))
        .in_order()
    )
    chosen = [rating for rating in ratings if rating.is_reassessed]
    without_member = [rating for rating in chosen if not rating.has_member]
    missing = missing_of_choice(assessment, chosen=len(chosen))
    if without_member:
        sentence = _("Nobody is assigned to %(codes)s.") % {"codes": codes_of(without_member)}
        url = reverse("assessments:assignments", args=[assessment.pk])
        missing.append(Missing(sentence=sentence, url=url))
    return missing


def _serving_members_of(rating_pk):
    team = Membership.objects.active().of_assessment_team()
    return team.filter(assigned_ratings=rating_pk)


def missing_of_choice(assessment: Assessment, *, chosen: int) -> list[Missing]:
    """chosen: how many PIs are to be reassessed."""
    url = reverse("assessments:choose", args=[assessment.pk])
    least = minimum_chosen(assessment)
    missing = []
    if chosen < least:
        words = ngettext(
            "%(chosen)s PI is chosen; this assessment reassesses at least %(least)s.",
            "%(chosen)s PIs are chosen; this assessment reassesses at least %(least)s.",
            chosen,
        )
        if not chosen:
            words = _("No PI is chosen yet; this assessment reassesses at least %(least)s.")
        sentence = words % {"chosen": chosen, "least": least}
        missing.append(Missing(sentence=sentence, url=url))
    if not assessment.is_comprehensive and not assessment.rationale.strip():
        sentence = _("The rationale for the chosen PIs is not written.")
        missing.append(Missing(sentence=sentence, url=url))
    return missing


def minimum_chosen(assessment: Assessment) -> int:
    """Return how many PIs have to be reassessed: all of a comprehensive assessment."""
    if assessment.is_comprehensive:
        return len(indicators_of(assessment.framework))
    return assessment.framework.annual_minimum_indicators


def missing_for_endorsement(assessment: Assessment) -> list[Missing]:
    """Return what lacks before the heads of agency can be asked. Constant in PIs."""
    ratings = assessment.indicator_ratings.in_detail(assessment.framework)
    before = previous_ratings(assessment)
    missing = [
        Missing(
            sentence=_("PI %(code)s: %(needs)s.")
            % {"code": rating.indicator.code, "needs": ", ".join(needs)},
            url=reverse("assessments:indicator", args=[assessment.pk, rating.indicator.code]),
        )
        for rating in ratings
        if (needs := list(_needs(rating, before.get(rating.indicator.code))))
    ]
    return missing + _unfinished_origins(ratings) + _outdated_origins(assessment, ratings)


def _needs(rating, before) -> Iterable[str]:
    if not rating.is_reassessed:
        return
    if rating.rating is None:
        yield _("no agreed rating")
    if not rating.findings and not rating.has_criterion_text:
        yield _("no findings")
    if rating.fell_from(before) and not rating.regression_reason:
        yield _("no reason why the rating fell")


def _unfinished_origins(ratings):
    """Earlier assessments that are being revised: what is carried from them may still change."""
    origins = {rating.origin.assessment for rating in ratings if rating.origin}
    return [
        Missing(
            sentence=_(
                "The assessment of %(year)s, from which ratings are carried over, is being "
                "revised. It has to be endorsed first."
            )
            % {"year": origin.year},
            url=origin.get_absolute_url(),
        )
        for origin in sorted(origins, key=lambda origin: origin.year)
        if not origin.is_settled
    ]


def _outdated_origins(assessment, ratings):
    """What was settled after these ratings were carried over, and is newer than they are."""
    newer = outdated(ratings, sources(assessment))
    return [
        Missing(
            sentence=_(
                "%(codes)s can be carried over from %(year)s, which has been endorsed or taken in "
                "since, and still carry what was before. Carry them over anew."
            )
            % {"codes": ", ".join(codes), "year": year},
            url=reverse("assessments:carry_anew", args=[assessment.pk]),
        )
        for year, codes in _by_year(newer).items()
    ]


def _by_year(newer):
    codes: dict[int, list[str]] = defaultdict(list)
    for code, source in newer.items():
        codes[source.assessment.year].append(code)
    return codes


def codes_of(ratings: Iterable[IndicatorRating]) -> str:
    return ", ".join(rating.indicator.code for rating in ratings)
