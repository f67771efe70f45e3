"""Assessments of the invented world: ratings, what they rest on, and the moves that were made."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

from accounts.models import CooperationFramework
from assessments.models import (
    Assessment,
    AssessmentEvent,
    CriterionFinding,
    IndicatorRating,
    MeasureEntry,
)
from endorsement.world_data.answers import WHOLE, answers_by_rating
from endorsement.world_data.careers import CYCLE
from scorecard.models import Framework, Indicator
from scorecard.rating import Rating

BATCH = 1000
PATH = ["planning", "scoring", "consolidation", "endorsement", "endorsed", "submitted", "accepted"]
FORWARD = list(pairwise(["", *PATH]))
BY_REVIEWER = {"accepted"}
BETWEEN_MOVES = timedelta(days=18)
FORTNIGHT = 14  # days within which the last moves were made
DISAGREED = 0.04  # of the ratings stand one level above what the criteria give


class Editions:
    """The two editions with their PIs and the answers that give each rating."""

    def __init__(self, codes):
        self.frameworks = {code: Framework.objects.latest_of(code) for code in codes}
        self.indicators = {
            code: {row.code: row for row in Indicator.objects.of_framework(frame).with_rules()}
            for code, frame in self.frameworks.items()
        }
        self.answers = {
            indicator.pk: answers_by_rating(indicator)
            for by_code in self.indicators.values()
            for indicator in by_code.values()
        }


def make_cycles(teams, careers) -> dict[tuple[int, int], CooperationFramework]:
    """One Cooperation Framework for each cycle that a team's years touch: {(team, year): it}."""
    wanted = {(team, year.cycle) for team in teams for year in careers[team.pk]}
    cycles = CooperationFramework.objects.bulk_create(
        CooperationFramework(
            team=team,
            title=f"Cooperation Framework {first}-{first + CYCLE - 1}",
            first_year=first,
            last_year=first + CYCLE - 1,
        )
        for team, first in sorted(wanted, key=lambda row: (row[0].code, row[1]))
    )
    return {(cycle.team_id, cycle.first_year): cycle for cycle in cycles}


def make_year(year, teams, careers, cycles, editions, sources, *, rng: Random):
    """Write one year of all teams. Returns its ratings.

    sources: the ratings that were really assessed, by (team, PI, year): read and added to.
    """
    wanted = [(team, row) for team in teams for row in careers[team.pk] if row.year == year]
    assessments = Assessment.objects.bulk_create(
        Assessment(
            team=team,
            cooperation_framework=cycles[team.pk, row.cycle],
            framework=editions.frameworks[row.edition],
            kind="comprehensive" if row.is_comprehensive else "annual",
            year=year,
            state=row.state,
            scoring_due=datetime(year, 10, 31).date(),
            submission_due=datetime(year + 1, 1, 31).date(),
            rationale="Invented: the weakest PIs, and those not looked at for long.",
        )
        for team, row in wanted
    )
    ratings = [
        _rating(assessment, editions.indicators[row.edition][code], pi, sources, rng)
        for assessment, (_team, row) in zip(assessments, wanted, strict=True)
        for code, pi in row.pis.items()
    ]
    IndicatorRating.objects.bulk_create(ratings, batch_size=BATCH)
    for rating in ratings:
        if rating.is_reassessed:
            sources[rating.assessment.team_id, rating.indicator.code, year] = rating
    _write_answers(ratings, editions, rng)
    return ratings


def _rating(assessment, indicator, pi, sources, rng):
    if not pi.is_reassessed:
        origin = sources.get((assessment.team_id, indicator.code, pi.origin))
        return _carried(assessment, indicator, pi, origin)
    rating, computed = pi.rating, pi.rating or Rating.MISSING
    if rating and rating > Rating.MISSING and rng.random() < DISAGREED:
        computed = Rating(rating - 1)
    return IndicatorRating(
        assessment=assessment,
        indicator=indicator,
        is_reassessed=True,
        rating=rating,
        computed_rating=computed,
        difference_reason="" if not rating or computed == rating else "Invented: the team knew.",
        findings=f"Invented findings on PI {indicator.code} in {assessment.year}."
        if rating
        else "",
    )


def _carried(assessment, indicator, pi, origin):
    """origin: None for what was assessed before this site, of which no criteria are recorded."""
    row = IndicatorRating(assessment=assessment, indicator=indicator, rating=pi.rating)
    if origin:
        row.origin, row.computed_rating = origin, origin.computed_rating
        row.difference_reason = origin.difference_reason
        return row
    row.origin_year, row.origin_note = pi.origin, "From before this site." if pi.origin else ""
    row.difference_reason = "Invented: no criteria are recorded." if row.differs else ""
    return row


def _write_answers(ratings, editions, rng):
    findings, entries = [], []
    for rating in ratings:
        if not rating.is_reassessed or rating.rating is None:
            continue
        answers = rng.choice(editions.answers[rating.indicator_id][rating.computed_rating])
        criteria = {row.key: row for row in rating.indicator.criteria.all()}
        findings += [
            CriterionFinding(indicator_rating=rating, criterion=criteria[key], is_met=is_met)
            for key, is_met in answers.ticked.items()
        ]
        entries += [
            MeasureEntry(
                indicator_rating=rating,
                measure=measure,
                label="All together",
                numerator=answers.parts[measure.key],
                denominator=WHOLE,
                position=1,
            )
            for measure in rating.indicator.measures.all()
        ]
    CriterionFinding.objects.bulk_create(findings, batch_size=BATCH)
    MeasureEntry.objects.bulk_create(entries, batch_size=BATCH)


def make_events(assessments, population, *, now: datetime):
    """Write the moves that led to the state in which each assessment stands.

    The first one is in September, or earlier where the last would otherwise still be to come.
    """
    events = []
    for assessment in assessments:
        coordinator = population.coordinators[assessment.team_id].user
        taken = BETWEEN_MOVES * PATH.index(assessment.state)
        ago = timedelta(days=assessment.team_id % FORTNIGHT)
        at = min(datetime(assessment.year, 9, 1, 9, tzinfo=UTC), now - ago - taken)
        for before, after in FORWARD:
            events.append(
                AssessmentEvent(
                    assessment=assessment,
                    from_state=before,
                    to_state=after,
                    by=population.reviewer if after in BY_REVIEWER else coordinator,
                    at=at,
                )
            )
            if after == assessment.state:
                break
            at += BETWEEN_MOVES
    AssessmentEvent.objects.bulk_create(events, batch_size=BATCH)
