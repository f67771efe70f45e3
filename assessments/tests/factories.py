"""Assessments for tests. The default is the boring valid case."""

from django.utils import timezone

from accounts.models import CountryTeam, Membership
from accounts.tests.factories import make_cycle, make_membership, make_team, make_user
from assessments.models import (
    Assessment,
    CriterionFinding,
    IndicatorRating,
    MeasureEntry,
    PreliminaryRating,
    Round,
    Vote,
    Workshop,
)
from assessments.workspace.transitions import recompute
from scorecard.models import Indicator
from scorecard.rating import Rating
from scorecard.tests.factories import load_edition

Role = Membership.Role


def make_assessment(*, team=None, cycle=None, framework=None, kind="annual", year=2022, **fields):
    """An annual assessment of 2022 in scoring, with its fifteen ratings: reassessed, unrated."""
    team = team or (cycle.team if cycle else _team())
    framework = framework or load_edition()
    assessment = Assessment.objects.create(
        team=team,
        cooperation_framework=cycle or team.cooperation_frameworks.first() or make_cycle(team=team),
        framework=framework,
        kind=kind,
        year=year,
        **{"state": "scoring"} | fields,
    )
    IndicatorRating.objects.bulk_create(
        IndicatorRating(assessment=assessment, indicator=indicator, is_reassessed=True)
        for indicator in Indicator.objects.of_framework(framework)
    )
    return assessment


def _team():
    return CountryTeam.objects.filter(code="KAZ").first() or make_team()


def make_quiet_assessment(**fields):
    """An assessment that reassesses PI 2.2 only."""
    assessment = make_assessment(**fields)
    assessment.indicator_ratings.exclude(indicator__code="2.2").update(is_reassessed=False)
    return assessment


def make_rating(
    *, assessment=None, code="2.2", met=(), refused=(), entries=(), assigned=(), **fields
):
    """One of the fifteen, with these criteria answered and these (numerator, denominator) rows.

    The computed rating follows. Every other field can be given by its name.
    """
    assessment = assessment or make_assessment()
    rating = assessment.indicator_ratings.get(indicator__code=code)
    answers = dict.fromkeys(met, True) | dict.fromkeys(refused, False)
    for criterion in rating.indicator.criteria.filter(key__in=answers):
        CriterionFinding.objects.create(
            indicator_rating=rating, criterion=criterion, is_met=answers[criterion.key]
        )
    for position, (numerator, denominator) in enumerate(entries, start=1):
        MeasureEntry.objects.create(
            indicator_rating=rating,
            measure=rating.indicator.measures.get(),
            label=f"Area {position}",
            numerator=numerator,
            denominator=denominator,
            position=position,
        )
    recompute(rating)
    for name, value in fields.items():
        setattr(rating, name, value)
    rating.save()
    rating.assigned_to.set(assigned)
    return stored(rating)


def make_carried_rating(*, origin=None, assessment=None, code="2.2", **fields):
    """A rating of 2022 that is carried over from the team's assessment of 2021."""
    origin = origin or make_rating(
        assessment=make_assessment(year=2021), code=code, met="bc", rating=Rating.MEETS
    )
    return make_rating(
        assessment=assessment or make_assessment(team=origin.assessment.team),
        code=origin.indicator.code,
        is_reassessed=False,
        origin=origin,
        computed_rating=origin.computed_rating,
        rating=origin.rating,
        difference_reason=origin.difference_reason,
        **fields,
    )


def make_preliminary(*, rating, membership, value=Rating.MISSING, comment="", **fields):
    """A preliminary rating that is given, without ticks."""
    return PreliminaryRating.objects.create(
        indicator_rating=rating,
        membership=membership,
        **{
            "rating": value,
            "computed_rating": value or Rating.MISSING,
            "comment": comment,
            "given_at": timezone.now() if value else None,
            "version": 1,
        }
        | fields,
    )


def make_calculator_version(assessment, *, code, number=1):
    """One save of a calculator that held nothing."""
    return assessment.indicator_ratings.get(indicator__code=code).calculator_versions.create(
        number=number, head={}, rows=[], by=make_user(), at=timezone.now()
    )


def make_workshop(*, rating, by=None):
    """An open workshop at this PI, whose first round is open and has the vote of one entity."""
    by = by or make_membership(team=rating.assessment.team).user
    now = timezone.now()
    workshop = Workshop.objects.create(
        assessment=rating.assessment, code="ABC347", current=rating, opened_at=now, opened_by=by
    )
    opened = Round.objects.create(indicator_rating=rating, number=1, opened_at=now, opened_by=by)
    entity = by.memberships.get().entity
    Vote.objects.create(round=opened, entity=entity, rating=Rating.MEETS, by=by, at=now)
    return workshop


def make_person(role=Role.COORDINATOR, *, assessment):
    """A user who holds this role in the assessment's team."""
    return make_membership(team=assessment.team, role=role).user


def stored(rating):
    """The rating as it stands in the database, with all that belongs to it."""
    (fresh,) = IndicatorRating.objects.filter(pk=rating.pk).in_detail(rating.assessment.framework)
    return fresh
