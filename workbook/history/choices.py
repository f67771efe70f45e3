"""What a person chose on the mapping page, and what the workbook then says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.utils import timezone

from accounts.models import CooperationFramework, CountryTeam
from scorecard.models import RATING_LABELS, Framework, Indicator
from scorecard.rating import Rating
from workbook.grid import Book, Sheet
from workbook.history.claims import read_claims
from workbook.history.dry_run import HistoryRun, history_run
from workbook.history.mapping import Role, memory_key
from workbook.models import ColumnMemory, ImportRun


@dataclass(frozen=True, kw_only=True)
class Choices:
    sheet: str
    head_row: int
    year: int | None
    framework: int
    cycle: int | None
    roles: Mapping[int, Role]

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "roles": {str(number): role for number, role in self.roles.items()}}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        roles = {int(number): Role(role) for number, role in data["roles"].items()}
        return cls(**{**data, "roles": roles})


def rating_words(framework: Framework) -> dict[str, Rating | None]:
    """The words for ratings in the language of the moment, and the edition's own titles."""
    words = {str(label): Rating(number) for number, label in RATING_LABELS.items()}
    return words | {title: level for level, title in framework.level_titles.items()}


def dry_run_of(run: ImportRun) -> HistoryRun:
    """Hold the workbook, read as it was mapped, against what the team has now."""
    choices = Choices.from_json(run.choices)
    framework = Framework.objects.get(pk=choices.framework)
    indicators = Indicator.objects.of_framework(framework)
    claims = read_claims(
        sheet_of(run, choices.sheet),
        head_row=choices.head_row,
        roles=choices.roles,
        year=choices.year,
        codes=set(indicators.values_list("code", flat=True)),
        words=rating_words(framework),
    )
    return history_run(
        claims,
        team=run.team,
        framework=framework,
        cycle=_cycle(run.team, choices.cycle),
        this_year=run.team.day(timezone.now()).year,
    )


def sheet_of(run: ImportRun, title: str) -> Sheet:
    """The sheet of this name, else the first that can be seen."""
    book = Book.from_json(run.content)
    visible = list(book.visible)
    return next((sheet for sheet in visible if sheet.title == title), visible[0])


def _cycle(team: CountryTeam, pk) -> CooperationFramework | None:
    return team.cooperation_frameworks.filter(pk=pk).first()


def remember(team: CountryTeam, names: Mapping[int, str], roles: Mapping[int, Role], *, by):
    """Keep what the columns of these names are, for the team's next workbook."""
    memory = ColumnMemory.objects.filter(team=team).first()
    known = memory.roles if memory else {}
    for number, name in names.items():
        if key := memory_key(name):
            known[key] = roles.get(number, "")
    ColumnMemory.objects.update_or_create(
        team=team,
        defaults={"roles": known, "changed_by": by, "changed_at": timezone.now()},
    )


def remembered(team: CountryTeam) -> Mapping[str, str]:
    memory = ColumnMemory.objects.filter(team=team).first()
    return memory.roles if memory else {}
