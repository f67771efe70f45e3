"""What earlier years in a foreign workbook would add: years, ratings, actions, activities."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from accounts.models import CooperationFramework, CountryTeam
from actionplan.activities import closed_years
from actionplan.models import ActionPoint
from assessments.carry_over import holders
from assessments.models import Assessment, IndicatorRating
from scorecard.models import RATING_LABELS, Framework
from workbook.filled import Refusal
from workbook.history.claims import ActionClaim, Claims, RatingClaim
from workbook.stamp import fingerprint
from workbook.values import settled


@dataclass(frozen=True, kw_only=True)
class RatingChange:
    """One PI in one year. before: the rating that an earlier import brought, None for none."""

    claim: RatingClaim
    before: IndicatorRating | None

    @property
    def before_word(self) -> str:
        return str(RATING_LABELS[self.before.rating]) if self.before else ""

    @property
    def after_word(self) -> str:
        return str(RATING_LABELS[self.claim.rating])


@dataclass(frozen=True, kw_only=True)
class YearChange:
    """One year with its ratings. assessment: None where the year is new."""

    year: int
    cycle: CooperationFramework
    assessment: Assessment | None
    ratings: Sequence[RatingChange]


@dataclass(frozen=True, kw_only=True)
class ActionChange:
    """An action point, new where there is no point, and the activities that it lacks."""

    claim: ActionClaim
    point: ActionPoint | None
    activities: Mapping[int, str]

    @property
    def count(self) -> int:
        return len(self.activities) + (self.point is None)


@dataclass(frozen=True, kw_only=True)
class HistoryRun:
    """What the claims of a workbook would change. this_year: the team's, when it was asked."""

    claims: Claims
    team: CountryTeam
    framework: Framework
    cycle: CooperationFramework | None
    this_year: int
    years: Sequence[YearChange]
    actions: Sequence[ActionChange]
    refusals: Sequence[Refusal]
    extra: Sequence[str]

    conflicts: Sequence = ()

    @cached_property
    def change_count(self) -> int:
        ratings = sum(len(year.ratings) for year in self.years)
        return ratings + sum(action.count for action in self.actions)

    @property
    def changes_something(self) -> bool:
        return self.change_count > 0

    def again(self) -> "HistoryRun":
        """Hold the same claims against what the team has by now."""
        return history_run(
            self.claims,
            team=self.team,
            framework=self.framework,
            cycle=self.cycle,
            this_year=self.this_year,
        )

    @property
    def digest(self) -> str:
        """Equal as long as the dry run says the same."""
        ratings = [
            (change.claim.address, change.before_word, change.after_word, change.claim.findings)
            for year in self.years
            for change in year.ratings
        ]
        actions = [(row.claim.address, row.point is None, *row.activities) for row in self.actions]
        refusals = [(row.address, row.sentence) for row in self.refusals]
        return fingerprint([ratings, actions, refusals])


def history_run(
    claims: Claims,
    *,
    team: CountryTeam,
    framework: Framework,
    cycle: CooperationFramework | None,
    this_year: int,
) -> HistoryRun:
    """Hold the claims against what the team has. cycle: whose plan the actions belong to."""
    refusals = list(claims.refusals)
    years = _years(claims, team, framework, this_year, refusals)
    return HistoryRun(
        claims=claims,
        team=team,
        framework=framework,
        cycle=cycle,
        this_year=this_year,
        years=years,
        actions=_actions(claims, team, cycle, this_year, refusals),
        refusals=refusals,
        extra=claims.extra,
    )


# Ratings


def _years(claims, team, framework, this_year, refusals) -> list[YearChange]:
    by_year: dict[int, list[RatingClaim]] = defaultdict(list)
    for claim in claims.ratings.values():
        by_year[claim.year].append(claim)
    assessments = {row.year: row for row in team.assessments.with_context()}
    cycles = list(team.cooperation_frameworks.all())
    changes = []
    for year, rows in sorted(by_year.items()):
        cycle = next((row for row in cycles if row.first_year <= year <= row.last_year), None)
        assessment = assessments.get(year)
        if why_not := _refusal_of_year(year, cycle, assessment, framework, this_year):
            refusals += [Refusal(address=row.address, sentence=why_not) for row in rows]
            continue
        ratings = _rating_changes(assessment, rows, refusals)
        if ratings:
            changes.append(
                YearChange(year=year, cycle=cycle, assessment=assessment, ratings=ratings)
            )
    return changes


def _refusal_of_year(year, cycle, assessment, framework, this_year) -> str:
    values = {"year": year}
    if year > this_year:
        return _("%(year)s has not begun yet.") % values
    if assessment and not assessment.is_imported:
        return _("%(year)s was assessed on this site; no workbook changes its ratings.") % values
    if assessment and assessment.framework_id != framework.pk:
        return _("%(year)s was taken in on another edition: choose that one.") % values
    if cycle is None:
        return _("No Cooperation Framework of the team covers %(year)s; set it up first.") % values
    return ""


def _rating_changes(assessment, claims, refusals) -> list[RatingChange]:
    rows = assessment.indicator_ratings.select_related("indicator") if assessment else ()
    stored = {row.indicator.code: row for row in rows if row.rating is not None}
    held = holders(assessment) if assessment else {}
    changes = []
    for claim in claims:
        change = RatingChange(claim=claim, before=stored.get(claim.code))
        if _says_the_same(change):
            continue
        if sentence := _refusal_of_correction(claim, held):
            refusals.append(Refusal(address=claim.address, sentence=sentence))
        else:
            changes.append(change)
    return changes


def _refusal_of_correction(claim: RatingClaim, held: Mapping[str, int]) -> str:
    """held: from carry_over.holders()."""
    if claim.code not in held:
        return ""
    return _(
        "PI %(code)s of %(year)s stays as it is: the report of %(later)s carries it over and is "
        "endorsed, or on its way to be. Reopen that one first."
    ) % {"code": claim.code, "year": claim.year, "later": held[claim.code]}


def _says_the_same(change) -> bool:
    row, claim = change.before, change.claim
    return row is not None and (
        row.rating,
        settled(row.findings),
        settled(row.means_of_verification),
        row.origin_year,
    ) == (claim.rating, claim.findings, claim.means_of_verification, claim.last_assessed)


# The action plan


def _actions(claims, team, cycle, this_year, refusals) -> list[ActionChange]:
    if not claims.actions:
        return []
    if cycle is None:
        sentence = _("Choose the Cooperation Framework whose action plan this is.")
        refusals += [Refusal(address=row.address, sentence=sentence) for row in claims.actions]
        return []
    points = ActionPoint.objects.of_cycle(cycle)
    stored = {(point.indicator.code, settled(point.text)): point for point in points}
    closed = closed_years(team)
    changes, seen = [], {}
    for claim in claims.actions:
        key = claim.code, claim.text
        if key in seen:
            sentence = _("The action point stands in %(first)s already; the row is left out.")
            refusals.append(
                Refusal(address=claim.address, sentence=sentence % {"first": seen[key]})
            )
            continue
        seen[key] = claim.address
        changes.append(_action_change(claim, stored.get(key), cycle, closed, this_year, refusals))
    return [change for change in changes if change.count]


def _action_change(claim, point, cycle, closed, this_year, refusals) -> ActionChange:
    written = (
        {row.year for row in point.activities.all() if not row.is_addition} if point else set()
    )
    activities = {}
    for year, text in claim.activities.items():
        same = point and any(
            settled(row.text) == text for row in point.activities.all() if row.year == year
        )
        if same:
            continue
        if sentence := _refusal_of_activity(year, cycle, written, closed, this_year):
            refusals.append(Refusal(address=claim.address, sentence=sentence))
        else:
            activities[year] = text
    return ActionChange(claim=claim, point=point, activities=activities)


def _refusal_of_activity(year, cycle, written, closed, this_year) -> str:
    values = {"year": year}
    if not cycle.first_year <= year <= this_year:
        return _("%(year)s is not among the years of this plan that have begun.") % values
    if year in closed:
        return _("The report of %(year)s is closed; what was undertaken is left out.") % values
    if year in written:
        return _("What was undertaken in %(year)s is written already, in other words.") % values
    return ""
