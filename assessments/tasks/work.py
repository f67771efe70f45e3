"""What each person still has to do, for many people and teams in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access_table import GRANTS, Capability
from accounts.models import Membership, User
from assessments.models import Assessment, IndicatorRating, PreliminaryRating
from assessments.overview import OpenWork, unwritten
from assessments.preliminary.ratings import one_per_person
from scorecard.models import Framework
from scorecard.statements import short_name

Role = Membership.Role


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing to do, as a page and a mail say it, with the path of the page to do it on."""

    text: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Work:
    """What one person has still to do in one assessment."""

    assessment: Assessment
    person: User
    to_write: list[OpenWork] = field(default_factory=list)
    to_rate: list[IndicatorRating] = field(default_factory=list)
    to_coordinate: list[OpenWork] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.to_write) + len(self.to_rate) + len(self.to_coordinate)

    @property
    def lines(self) -> list[Line]:
        """Everything that is open, in words."""
        return [
            *(_line(work.rating, " · ".join(work.needs)) for work in self.to_write),
            *(
                Line(
                    text=_("PI %(indicator)s: your preliminary rating is not given yet")
                    % {"indicator": rating.indicator},
                    path=preliminary_path(rating),
                )
                for rating in self.to_rate
            ),
            *(_line(work.rating, " · ".join(work.needs)) for work in self.to_coordinate),
        ]


def _line(rating, needs):
    text = _("PI %(indicator)s: %(needs)s") % {"indicator": rating.indicator, "needs": needs}
    return Line(text=text, path=rating.get_absolute_url())


def preliminary_path(rating: IndicatorRating) -> str:
    return reverse("assessments:preliminary", args=[rating.assessment_id, rating.indicator.code])


class AssessmentWork:
    """Who has what to do in one assessment."""

    def __init__(self, assessment, *, ratings, memberships, given):
        self.assessment = assessment
        self.ratings = ratings
        self.memberships = memberships
        self.given = given  # (rating, user) by primary key
        self.reassessed = [rating for rating in ratings if rating.is_reassessed]

    @cached_property
    def people(self) -> list[Work]:
        """Everybody of the assessment team who has something open, by entity and name."""
        users = {row.user_id: row.user for row in self.memberships}
        found = [self.of_person(user) for user in users.values()]
        return [work for work in found if work.count]

    def of_person(self, user) -> Work:
        mine = [row for row in self.memberships if row.user_id == user.pk]
        return Work(
            assessment=self.assessment,
            person=user,
            to_write=self._to_write(mine),
            to_rate=self._to_rate(user)
            if self._allows(mine, Capability.PRELIMINARY_RATING)
            else [],
            to_coordinate=self._to_coordinate() if self._allows(mine, Capability.ASSIGN) else [],
        )

    def _allows(self, memberships, capability):
        grants = [GRANTS.get((row.role, capability)) for row in memberships]
        return any(grant and self.assessment.state in grant.states for grant in grants)

    def _to_write(self, mine):
        if not self._allows(mine, Capability.WRITE_FINDINGS):
            return []
        mine = {row.pk for row in mine}
        return [
            OpenWork(rating=rating, needs=needs)
            for rating in self.reassessed
            if mine & {row.pk for row in rating.assigned_to.all()}
            if (needs := to_write(rating))
        ]

    def _to_rate(self, user):
        return [
            rating
            for rating in self.reassessed
            if user.pk in {row.user_id for row in self.waiting_for(rating)}
        ]

    def waiting_for(self, rating: IndicatorRating) -> list[Membership]:
        """Return those who may still give a preliminary rating of a PI."""
        if rating.preliminary_revealed_at:
            return []
        people = one_per_person(self.memberships)
        return [row for row in people if (rating.pk, row.user_id) not in self.given]

    def _to_coordinate(self):
        may_rate = (
            self.assessment.state in GRANTS[Role.COORDINATOR, Capability.RECORD_RATING].states
        )
        found = []
        for rating in self.reassessed:
            needs = [] if serving(rating) else [_("No member is assigned")]
            if may_rate and rating.rating is None:
                needs.append(_("No agreed rating yet"))
            if needs:
                found.append(OpenWork(rating=rating, needs=needs))
        return found


def serving(rating: IndicatorRating) -> list[Membership]:
    """Return those to whom a PI is assigned and who have not left the team."""
    return [row for row in rating.assigned_to.all() if row.ended_on is None]


def to_write(rating: IndicatorRating) -> list[str]:
    """Return what the members of a PI have still to write, as phrases.

    Documents are not looked at: evidence stands above assessments.
    """
    return unwritten(rating) + unexplained(rating)


def unexplained(rating: IndicatorRating) -> list[str]:
    """Return, as a phrase, the criteria that a person ticked as met without a word; else []."""
    rows = rating.findings_by_key
    names = [
        short_name(criterion)
        for criterion in rating.indicator.criteria.all()
        if (row := rows[criterion.key]) and row.is_met and not row.finding
    ]
    return [_("No finding for %(criteria)s") % {"criteria": ", ".join(names)}] if names else []


def work_in(assessments: Iterable[Assessment]) -> list[AssessmentWork]:
    """Gather the work in these assessments, in their order; six queries for each edition in use.

    The assessments come with their framework and team.
    """
    assessments = list(assessments)
    by_assessment = _ratings(assessments)
    ratings = [rating for rows in by_assessment.values() for rating in rows]
    given = PreliminaryRating.objects.who_has_given(ratings)
    teams = {assessment.team_id for assessment in assessments}
    members = Membership.objects.active().filter(team__in=teams, user__is_active=True)
    members = members.of_assessment_team().select_related("user", "entity")
    members = list(members.order_by("entity__acronym", "user__name"))
    return [
        AssessmentWork(
            assessment,
            ratings=by_assessment[assessment.pk],
            memberships=[row for row in members if row.team_id == assessment.team_id],
            given=given,
        )
        for assessment in assessments
    ]


def _ratings(assessments):
    """The ratings in detail by assessment, each with the assessment that was handed in."""
    found = {assessment.pk: [] for assessment in assessments}
    for framework in _frameworks(assessments):
        same = [row for row in assessments if row.framework_id == framework.pk]
        known = {row.pk: row for row in same}
        for rating in IndicatorRating.objects.filter(assessment__in=same).in_detail(framework):
            rating.assessment = known[rating.assessment_id]
            found[rating.assessment_id].append(rating)
    return found


def _frameworks(assessments) -> Iterable[Framework]:
    return {row.framework_id: row.framework for row in assessments}.values()


def my_work(user) -> list[Work]:
    """Return a person's work over all their teams: every running assessment, soonest due first."""
    running = Assessment.objects.of_teams_of(user).running().with_context().by_due_date()
    gathered = work_in(running)
    return [
        work.of_person(user)
        for work in gathered
        if any(row.user_id == user.pk for row in work.memberships)
    ]
