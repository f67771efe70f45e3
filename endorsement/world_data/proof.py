"""Evidence and action plans of the invented world. Documents are links: no files are made."""

from datetime import UTC, date, datetime
from itertools import groupby
from random import Random

from actionplan.models import ActionPlan, ActionPoint, Activity
from assessments.models import IndicatorRating
from evidence.models import Citation, Document
from scorecard.models import EvidenceCategory
from scorecard.rating import Rating

BATCH = 1000
TITLES = [
    "Common Country Analysis",
    "Cooperation Framework document",
    "Joint work plan on gender equality",
    "Annual results report",
    "Gender theme group minutes",
    "Communication strategy",
    "Capacity assessment",
    "Gender marker data sheet",
]
DOCUMENTS = 4  # a team and year
PROVED = {Rating.MISSING: 0.15, Rating.APPROACHES: 0.7, Rating.MEETS: 0.88, Rating.EXCEEDS: 0.95}
SHARED = 0.04  # of the documents
POINTS = 8  # a plan


def make_evidence(ratings: list[IndicatorRating], population, *, rng: Random):
    """Give one year's reassessed ratings their documents, most of them."""
    documents, citations = [], []
    categories = _categories()
    rated = [row for row in ratings if row.is_reassessed and row.rating is not None]
    for assessment, rows in groupby(rated, key=lambda row: row.assessment):
        held = _documents(assessment, population, rng)
        documents += held
        for row in rows:
            if rng.random() < PROVED[Rating(row.rating)]:
                citations += [
                    Citation(
                        document=document,
                        indicator_rating=row,
                        category=rng.choice(categories[assessment.framework_id]),
                    )
                    for document in rng.sample(held, rng.choice([1, 1, 2]))
                ]
    Document.objects.bulk_create(documents, batch_size=BATCH)
    Citation.objects.bulk_create(citations, batch_size=BATCH)


def _categories() -> dict[int, list[EvidenceCategory]]:
    by_framework: dict[int, list[EvidenceCategory]] = {}
    for category in EvidenceCategory.objects.all():
        by_framework.setdefault(category.framework_id, []).append(category)
    return by_framework


def _documents(assessment, population, rng):
    team, year = assessment.team, assessment.year
    return [
        Document(
            team=team,
            title=f"{title} {year}, {team.country}",
            link=f"https://example.org/{team.code}/{year}/{number}",
            period_from=date(year, 1, 1),
            period_to=date(year, 12, 31),
            **_shared(rng),
            uploaded_by=population.coordinators[team.pk].user,
            uploaded_at=datetime(year, 10, 1, 12, tzinfo=UTC),
        )
        for number, title in enumerate(rng.sample(TITLES, DOCUMENTS), start=1)
    ]


def _shared(rng) -> dict:
    if rng.random() > SHARED:
        return {}
    practice = "Invented: what other teams can take over from this." if rng.random() < 0.5 else ""
    return {"confidentiality": Document.Confidentiality.SHARED, "good_practice": practice}


def make_plans(cycles, editions, population, *, years, rng: Random):
    """One plan for each cycle, with what was undertaken in the years that have passed."""
    plans = ActionPlan.objects.bulk_create(
        ActionPlan(cooperation_framework=cycle, title="Action plan", first_year=cycle.first_year)
        for cycle in cycles
    )
    entities = list(population.entities.values())
    points = [
        ActionPoint(
            plan=plan,
            number=number,
            indicator=indicator,
            text=f"Invented: strengthen PI {indicator.code}.",
            lead=rng.choice(entities),
            start=date(plan.first_year, 1, 1),
            due=date(plan.first_year + rng.randrange(5), 12, 31),
            status=rng.choice([ActionPoint.Status.PLANNED, ActionPoint.Status.UNDER_WAY]),
        )
        for plan in plans
        for number, indicator in enumerate(
            rng.sample(list(editions.of_cycle(plan.first_year).values()), POINTS), start=1
        )
    ]
    ActionPoint.objects.bulk_create(points, batch_size=BATCH)
    Activity.objects.bulk_create(
        (
            Activity(action_point=point, year=year, text=f"Invented: undertaken in {year}.")
            for point in points
            for year in years
            if point.start.year <= year <= point.due.year and rng.random() < 0.8
        ),
        batch_size=BATCH,
    )
