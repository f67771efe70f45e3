"""Fills an empty site with an invented world."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import yaml
from django.db import transaction
from django.utils import timezone

from accounts.models import CountryTeam
from assessments.models import Assessment
from endorsement.models import ReportingYear
from endorsement.world_data import assessing, proof
from endorsement.world_data.careers import EDITIONS, FIRST_EDITION, career, edition_of
from endorsement.world_data.people import populate
from evidence.models import Citation

DUE = (1, 31)  # month and day of the following year by which reports are due


class NotEmpty(Exception):
    """The site has teams, which must not be mixed with invented ones."""


@dataclass(frozen=True, kw_only=True)
class Made:
    teams: int
    assessments: int
    ratings: int
    citations: int


class Editions(assessing.Editions):
    def of_cycle(self, first_year):
        return self.indicators[edition_of(first_year)]


@transaction.atomic
def make(
    rows: list[dict], *, years: range, seed: int, password: str, say: Callable[[str], None]
) -> Made:
    """Raises NotEmpty where there are teams, Framework.DoesNotExist without the two editions."""
    if CountryTeam.objects.exists():
        raise NotEmpty
    rng = Random(seed)
    editions = Editions([FIRST_EDITION, *EDITIONS.values()])
    population = populate(rows, password=password)
    codes = list(editions.indicators[FIRST_EDITION])
    careers = {team.pk: career(rng, codes=codes, years=years) for team in population.teams}
    cycles = assessing.make_cycles(population.teams, careers)
    ReportingYear.objects.bulk_create(
        ReportingYear(year=year, due=f"{year + 1}-{DUE[0]:02}-{DUE[1]:02}") for year in years
    )
    sources, count = {}, 0
    for year in years:
        ratings = assessing.make_year(
            year, population.teams, careers, cycles, editions, sources, rng=rng
        )
        proof.make_evidence(ratings, population, rng=rng)
        count += len(ratings)
        say(f"{year}: {len(ratings):,} ratings")
    assessing.make_events(Assessment.objects.all(), population, now=timezone.now())
    proof.make_plans(cycles.values(), editions, population, years=years, rng=rng)
    return Made(
        teams=len(population.teams),
        assessments=Assessment.objects.count(),
        ratings=count,
        citations=Citation.objects.count(),
    )


def rows_of(path: Path, *, count: int, seed: int) -> list[dict]:
    """Choose so many teams of the file, by the seed. Raises ValueError if it has not as many."""
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    rows = [
        {"code": code, "country": country, "region": region}
        for region, countries in content.items()
        for code, country in countries.items()
    ]
    if count > len(rows):
        raise ValueError(f"{path.name} has {len(rows)} teams; {count} were asked for.")
    return sorted(Random(seed).sample(rows, count), key=lambda row: row["code"])
