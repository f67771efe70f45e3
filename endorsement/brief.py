"""What a head of agency reads before deciding, on one page."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assessments.workshop.ballots import rounds_of
from endorsement.models import Delegation, ReportVersion, Seat
from endorsement.plan import NamedPoint, points_in
from endorsement.record import rule_sentence
from endorsement.rule import Outcome
from endorsement.seats import Standing, outcome_of, standings
from endorsement.versions import difference_of, latest
from endorsement.wording import ShownPlace, in_words
from report.chapters.change import Direction
from report.chapters.values import ShownRating
from scorecard.rating import Rating


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A PI whose rating rose or fell since the year before."""

    code: str
    title: str
    before: ShownRating
    now: ShownRating
    reason: str

    @property
    def is_risen(self) -> bool:
        return self.now.value > self.before.value


@dataclass(frozen=True, kw_only=True)
class OwnVote:
    """How the entity voted in the workshop on a PI, and what the team agreed."""

    code: str
    vote: ShownRating
    agreed: ShownRating | None

    @property
    def differs(self) -> bool:
        return self.agreed is not None and self.agreed.value != self.vote.value


@dataclass(frozen=True, kw_only=True)
class Brief:
    """meeting, total, reassessed: the three numbers; moved: the PIs that rose or fell."""

    seat: Seat
    version: ReportVersion
    standing: Standing | None
    outcome: Outcome
    rule: str
    due: date | None
    meeting: int
    total: int
    reassessed: int
    previous_year: int | None
    moved: list[Moved]
    since_last_version: list[ShownPlace]
    points: list[NamedPoint]
    votes: list[OwnVote]

    @classmethod
    def of(cls, seat: Seat, *, today: date) -> "Brief":
        """A fixed number of queries."""
        assessment = seat.assessment
        version = latest(assessment)
        content = json.loads(version.content)
        indicators = [row for part in content["findings"] for row in part["indicators"]]
        present = standings(assessment, today=today)
        return cls(
            seat=seat,
            version=version,
            standing=next((row for row in present if row.seat == seat), None),
            outcome=outcome_of(assessment, today=today),
            rule=rule_sentence(assessment.endorsement_rule),
            due=assessment.endorsement_rule.due,
            meeting=sum(_level(row["rating"]) >= Rating.MEETS for row in indicators),
            total=len(indicators),
            reassessed=sum(row["is_reassessed"] for row in indicators),
            previous_year=content["change"]["previous_year"],
            moved=list(_moved(content["change"]["rows"])),
            since_last_version=in_words(difference_of(version)),
            points=_points(seat, content),
            votes=_votes(seat, {row["code"]: row["rating"] for row in indicators}),
        )

    def delegation_of(self, user, *, on: date) -> Delegation | None:
        """By which a person decides as officer-in-charge on that day; None for the head."""
        named = self.standing.delegations if self.standing else []
        return next((row for row in named if row.officer.user == user and row.stands(on)), None)

    @property
    def risen(self) -> int:
        return sum(row.is_risen for row in self.moved)

    @property
    def fallen(self) -> int:
        return len(self.moved) - self.risen


def _level(rating: Mapping | None) -> int:
    return rating["value"] if rating else 0


def _shown(rating: Mapping | None) -> ShownRating | None:
    return rating and ShownRating(**rating)


def _moved(rows):
    for row in rows:
        if row["direction"] in (Direction.ROSE, Direction.FELL):
            yield Moved(
                code=row["code"],
                title=row["title"],
                before=_shown(row["before"]),
                now=_shown(row["now"]),
                reason=row["regression_reason"],
            )


def _points(seat: Seat, content: Mapping) -> list[NamedPoint]:
    """The open ones that the entity leads or supports, as the version has them."""
    named = [row for row in points_in(content) if seat.entity.acronym in row.acronyms]
    return sorted((row for row in named if row.is_open), key=lambda row: row.number)


def _votes(seat: Seat, ratings: Mapping[str, Mapping | None]) -> list[OwnVote]:
    """The entity's vote in the last revealed round on each PI. Two queries."""
    rows = seat.assessment.indicator_ratings.select_related("indicator")
    codes = {row.pk: row.indicator.code for row in rows}
    last = {}
    for shown in rounds_of(codes):
        for ballot in shown.of([seat.entity]):
            if ballot.rating is not None and shown.round.is_revealed:
                last[codes[shown.round.indicator_rating_id]] = ballot.rating
    return [
        OwnVote(code=code, vote=ShownRating.of(last[code], {}), agreed=_shown(rating))
        for code, rating in ratings.items()
        if code in last
    ]
