"""All checks in one table, and what they find together."""

from collections.abc import Callable, Iterable

from assessments.models import Assessment
from assessments.overview import Overview
from report.checks import criteria, origins, plan, process, proof, ratings, voices
from report.checks.check import Check, Kind, Severity
from report.checks.facts import Facts

CHECKS: tuple[Callable[[Facts], Iterable[Check]], ...] = (
    origins.too_few_reassessed,
    process.empty_text,
    process.rationale_leaves_out,
    ratings.without_rating,
    ratings.without_findings,
    ratings.fall_without_reason,
    ratings.other_than_criteria,
    criteria.without_figures,
    criteria.undecided,
    criteria.met_on_nothing,
    origins.never_rated,
    origins.being_revised,
    origins.outdated,
    origins.unknown_year,
    origins.too_old,
    proof.exceeds_without_document,
    proof.without_document,
    proof.outside_period,
    plan.low_without_point,
    plan.point_without_text,
    plan.point_of_nobody,
    plan.overdue_point,
    plan.repeated_activity,
    plan.without_activity,
    voices.without_vote,
    voices.voted_afterwards,
    voices.without_workshop,
    voices.silent_entities,
)

# The request for endorsement refuses these by itself, in assessments/cycle/missing.py.
ASKED_BY_THE_MOVE = frozenset(
    {
        Kind.NO_RATING,
        Kind.NO_FINDINGS,
        Kind.FALL_WITHOUT_REASON,
        Kind.ORIGIN_REVISED,
        Kind.ORIGIN_OUTDATED,
    }
)


def preflight(assessment: Assessment) -> list[Check]:
    """Return what is to be mended or looked at before the assessment goes to endorsement.

    What blocks comes first; then by PI in the order of the edition, what concerns no PI last.
    A fixed number of queries, whatever there is to find.
    """
    return checks_of(Overview.of(Assessment.objects.with_context().get(pk=assessment.pk)))


def blocking_sentences(assessment: Assessment) -> list[str]:
    """Return what stands in the way of the request beyond what the move itself asks for."""
    return [
        check.sentence
        for check in preflight(assessment)
        if check.severity == Severity.BLOCKS and check.key not in ASKED_BY_THE_MOVE
    ]


def checks_of(overview: Overview) -> list[Check]:
    """As preflight, for a page that has the overview already."""
    facts = Facts.of(overview)
    places = {rating.indicator.code: place for place, rating in enumerate(facts.ratings)}
    found = [check for find in CHECKS for check in find(facts)]
    return sorted(
        found,
        key=lambda check: (
            check.severity != Severity.BLOCKS,
            places.get(check.code, len(places)),
        ),
    )
