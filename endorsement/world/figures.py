"""What the database counts for the overview of all teams: one query for each question."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from accounts.access_table import HANDED_IN
from accounts.models import CountryTeam
from assessments.models import Assessment, IndicatorRating
from assessments.progress import OLD
from endorsement.models import ReportingYear
from endorsement.world import counts
from evidence.models import Citation
from scorecard.models import Framework, Indicator
from scorecard.rating import Rating


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which teams, editions and years are looked at. Empty means all."""

    region: str = ""
    edition: str = ""
    year: int | None = None

    def teams(self) -> QuerySet:
        teams = CountryTeam.objects.order_by("region", "country")
        return teams.filter(region=self.region) if self.region else teams

    def assessments(self) -> QuerySet:
        """Of a chosen year and the one before, which it is compared with."""
        found = Assessment.objects.all()
        if self.region:
            found = found.filter(team__region=self.region)
        if self.edition:
            found = found.filter(framework__edition=self.edition)
        if self.year:
            found = found.filter(year__in=[self.year - 1, self.year])
        return found


@dataclass(frozen=True, kw_only=True)
class TeamYear:
    """One assessment as far as a reviewer may know it: no ratings before they are handed in."""

    pk: int
    team_id: int
    year: int
    edition: str
    is_handed_in: bool
    rated: int
    meeting: int


def team_years(scope: Scope) -> list[TeamYear]:
    rated = Q(indicator_ratings__rating__isnull=False, state__in=HANDED_IN)
    meeting = Q(indicator_ratings__rating__gte=Rating.MEETS, state__in=HANDED_IN)
    rows = (
        scope.assessments()
        .order_by()
        .values_list("pk", "team_id", "year", "framework__edition", "state")
        .annotate(
            rated=Count("indicator_ratings", filter=rated),
            meeting=Count("indicator_ratings", filter=meeting),
        )
    )
    return [
        TeamYear(
            pk=pk,
            team_id=team_id,
            year=year,
            edition=edition,
            is_handed_in=state in HANDED_IN,
            rated=rated,
            meeting=meeting,
        )
        for pk, team_id, year, edition, state, rated, meeting in rows
    ]


def indicator_years(scope: Scope) -> dict[tuple[str, int], counts.Count]:
    """Count the ratings that were handed in by PI and year: {("2.2", 2025): Count}."""
    handed_in = scope.assessments().filter(state__in=HANDED_IN)
    # What a carried rating rests on stands at its origin.
    proof = Citation.objects.filter(
        indicator_rating=Coalesce(OuterRef("origin_id"), OuterRef("pk"))
    )
    rows = (
        IndicatorRating.objects.filter(assessment__in=handed_in, rating__isnull=False)
        .order_by()
        .annotate(age=_age(), is_proved=Exists(proof))
        .values_list("indicator__code", "assessment__year")
        .annotate(
            rated=Count("pk"),
            meeting=Count("pk", filter=Q(rating__gte=Rating.MEETS)),
            proved=Count("pk", filter=Q(is_proved=True)),
            fresh=Count("pk", filter=Q(age__lte=0)),
            one=Count("pk", filter=Q(age=1)),
            two=Count("pk", filter=Q(age=2)),
            three=Count("pk", filter=Q(age=OLD)),
            older=Count("pk", filter=Q(age__gt=OLD)),
            unknown=Count("pk", filter=Q(age__isnull=True)),
        )
    )
    names = ["rated", "meeting", "proved", "fresh", "one", "two", "three", "older", "unknown"]
    return {
        (code, year): counts.Count(**dict(zip(names, numbers, strict=True)))
        for code, year, *numbers in rows
    }


def _age():
    """Years since the rating was really assessed; NULL where no record tells."""
    assessed = Coalesce(F("origin__assessment__year"), F("origin_year"))
    return Case(When(is_reassessed=True, then=Value(0)), default=F("assessment__year") - assessed)


def ratings(scope: Scope, *, years: Collection[int] | None = None) -> dict[int, dict[str, int]]:
    """The ratings that were handed in, by assessment and PI. years: None for all of the scope."""
    rows = IndicatorRating.objects.filter(
        assessment__in=scope.assessments().filter(state__in=HANDED_IN), rating__isnull=False
    )
    if years is not None:
        rows = rows.filter(assessment__year__in=years)
    found: dict[int, dict[str, int]] = {}
    for pk, code, rating in rows.order_by().values_list(
        "assessment_id", "indicator__code", "rating"
    ):
        found.setdefault(pk, {})[code] = rating
    return found


def years() -> dict[int, date | None]:
    """The years of the assessments, oldest first, each with the last day for its reports."""
    due = ReportingYear.objects.filter(year=OuterRef("year")).values("due")
    return dict(Assessment.objects.order_by("year").values_list("year", Subquery(due)).distinct())


def indicators() -> list[Indicator]:
    """The PIs of the newest revision of each edition, newest edition first."""
    newest = Framework.objects.latest_revisions().values("pk")
    return list(
        Indicator.objects.filter(dimension__framework__in=newest)
        .select_related("dimension__framework")
        .order_by("-dimension__framework__edition", "dimension__number", "position")
    )
