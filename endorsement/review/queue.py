"""All teams of one year: who has handed in, who waits for an answer, who is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import Count, Exists, OuterRef, Q, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access_table import HANDED_IN
from accounts.models import CountryTeam, Membership
from assessments.models import Assessment, AssessmentEvent
from endorsement.models import ReportingYear
from endorsement.review.turnaround import Move, TurnAround
from endorsement.world.counts import Status as HandedIn
from endorsement.world.counts import status_of


class Stage(TextChoices):
    """In the order in which they ask for a reviewer's attention."""

    SUBMITTED = "submitted", _("Submitted, to be reviewed")
    OVERDUE = "overdue", _("Overdue")
    RETURNED = "returned", _("Sent back, being mended")
    REOPENED = "reopened", _("Reopened by the team")
    NOT_SUBMITTED = "not_submitted", _("Not submitted")
    ACCEPTED = "accepted", _("Accepted")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One team. assessment: None where it has none that year; its page is only seen when handed in.

    days: since it was submitted, while it waits for an answer.
    """

    team: CountryTeam
    assessment: Assessment | None
    stage: Stage
    submitted_at: datetime | None
    days: int | None
    open_queries: int

    @property
    def is_seen(self) -> bool:
        return self.assessment is not None and self.assessment.state in HANDED_IN


@dataclass(frozen=True, kw_only=True)
class ReviewQueue:
    """rows: the teams in the stage asked for. What is counted is so over year and region."""

    year: int
    years: list[int]
    due: date | None
    rows: list[Row]
    counts: list[tuple[Stage, int]]
    turnaround: TurnAround

    @classmethod
    def of(cls, *, year: int | None, region: str, stage: str, now: datetime) -> "ReviewQueue":
        """Six queries, however many teams there are. What is late is so by a team's own day."""
        known = years()
        year = year or (known[0] if known else timezone.localdate(now).year)
        due = ReportingYear.objects.filter(year=year).values_list("due", flat=True).first()
        moves = _moves(year, region)
        rows = list(_rows(year, region, due, moves, now))
        return cls(
            year=year,
            years=known,
            due=due,
            rows=[row for row in rows if stage in ("", row.stage)],
            counts=[(each, sum(row.stage == each for row in rows)) for each in Stage],
            turnaround=TurnAround.of(moves),
        )

    @property
    def by_region(self) -> list[tuple[str, list[Row]]]:
        ordered = sorted(self.rows, key=lambda row: (row.team.region, *_urgency(row)))
        grouped = groupby(ordered, key=lambda row: row.team.get_region_display())
        return [(name or str(_("No region")), list(rows)) for name, rows in grouped]


def _urgency(row):
    return list(Stage).index(row.stage), -(row.days or 0), row.team.country


def years() -> list[int]:
    known = Assessment.objects.values_list("year", flat=True).distinct().order_by("-year")
    return list(known)


def _moves(year: int, region: str) -> list[Move]:
    events = AssessmentEvent.objects.filter(assessment__year=year).filter(
        Q(to_state="submitted") | Q(from_state="submitted")
    )
    if region:
        events = events.filter(assessment__team__region=region)
    of_team = Membership.objects.filter(user=OuterRef("by"), team=OuterRef("assessment__team"))
    values = events.order_by("at", "pk").values_list(
        "assessment", "from_state", "to_state", "at", Exists(of_team)
    )
    return [
        Move(assessment=a, before=b, after=c, at=at, by_team=by_team)
        for a, b, c, at, by_team in values
    ]


def _rows(year, region, due, moves, now) -> Iterable[Row]:
    teams = CountryTeam.objects.filter(region=region) if region else CountryTeam.objects.all()
    counted = Count("queries", filter=Q(queries__closed_at__isnull=True))
    assessments = Assessment.objects.filter(year=year).annotate(open_queries=counted)
    by_team = {row.team_id: row for row in assessments}
    submitted = {move.assessment: move.at for move in moves if move.after == "submitted"}
    last = {move.assessment: move for move in moves}
    for team in teams:
        assessment, today = by_team.get(team.pk), team.day(now)
        at = submitted.get(assessment.pk) if assessment else None
        move = last.get(assessment.pk) if assessment else None
        stage = _stage(assessment, due, today, last=move)
        yield Row(
            team=team,
            assessment=assessment,
            stage=stage,
            submitted_at=at,
            days=(today - team.day(at)).days if at and stage == Stage.SUBMITTED else None,
            open_queries=assessment.open_queries if assessment else 0,
        )


def _stage(assessment, due, today, *, last: Move | None) -> Stage:
    """last: how it last came to UN Women or went from there; None before the first time."""
    state = assessment.state if assessment else ""
    if state in HANDED_IN:
        return Stage.ACCEPTED if state == "accepted" else Stage.SUBMITTED
    if last:
        return Stage.REOPENED if last.by_team else Stage.RETURNED
    late = status_of(is_handed_in=False, due=due, today=today) == HandedIn.OVERDUE
    return Stage.OVERDUE if late else Stage.NOT_SUBMITTED
