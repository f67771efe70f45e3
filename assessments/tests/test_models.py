from datetime import date
from itertools import combinations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from accounts.access_table import STATES
from accounts.tests.factories import make_cycle, make_team, make_user
from assessments.models import Assessment, IndicatorRating, MeasureEntry
from assessments.models.assessment import DATES
from assessments.tests.factories import make_assessment, make_carried_rating, make_rating
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db


def refused(text):
    return pytest.raises(IntegrityError, match=text)


# Assessment


def test_states_are_those_of_the_access_table():
    field = Assessment._meta.get_field("state")
    assert [value for value, label in field.choices] == list(STATES)
    assert field.default in STATES


@pytest.mark.parametrize("state", STATES)
def test_every_state_of_the_access_table_can_be_stored(state):
    assert make_assessment(state=state).state == state


def test_an_unknown_state_is_refused():
    with refused("assessment_state_is_known"):
        make_assessment(state="draft")


def test_an_unknown_kind_is_refused():
    with refused("assessment_kind_is_known"):
        make_assessment(kind="full")


def test_a_team_has_one_assessment_a_year():
    assessment = make_assessment(year=2022)
    with pytest.raises(IntegrityError):
        make_assessment(team=assessment.team, year=2022)


def test_a_second_assessment_of_the_year_is_refused_in_words():
    assessment = make_assessment(year=2022)
    second = Assessment(
        team=assessment.team,
        cooperation_framework=assessment.cooperation_framework,
        framework=assessment.framework,
        kind="annual",
        year=2022,
    )
    with pytest.raises(ValidationError, match="This team has an assessment of this year already"):
        second.full_clean()


def test_other_years_and_other_teams_may_assess():
    assessment = make_assessment(year=2022)
    make_assessment(team=assessment.team, year=2023)
    make_assessment(team=make_team(code="KGZ", country="Kyrgyzstan"), year=2022)
    assert Assessment.objects.count() == 3


@pytest.mark.parametrize(("earlier", "later"), list(combinations(DATES, 2)))
def test_dates_of_the_year_follow_each_other(earlier, later):
    same_day = make_assessment(**{earlier: date(2022, 11, 1), later: date(2022, 11, 1)})
    with refused("assessment_dates_are_in_order"):
        make_assessment(
            team=same_day.team, year=2023, **{earlier: date(2023, 11, 2), later: date(2023, 11, 1)}
        )


def test_a_cycle_has_one_comprehensive_assessment():
    first = make_assessment(kind="comprehensive", year=2021)
    with pytest.raises(IntegrityError):
        make_assessment(team=first.team, kind="comprehensive", year=2022)


def test_a_cycle_has_many_annual_assessments_beside_its_comprehensive_one():
    first = make_assessment(kind="comprehensive", year=2021)
    for year in [2022, 2023]:
        make_assessment(team=first.team, kind="annual", year=year)
    assert first.team.assessments.count() == 3


def test_the_next_cycle_has_a_comprehensive_assessment_of_its_own():
    first = make_assessment(kind="comprehensive", year=2021)
    next_cycle = make_cycle(team=first.team, first_year=2026, last_year=2030)
    make_assessment(cycle=next_cycle, kind="comprehensive", year=2026)


def test_assessments_before_are_the_teams_earlier_ones_newest_first():
    team = make_team()
    years = {year: make_assessment(team=team, year=year) for year in [2020, 2022, 2021, 2023]}
    make_assessment(team=make_team(code="KGZ", country="Kyrgyzstan"), year=2019)
    assert list(Assessment.objects.before(years[2022])) == [years[2021], years[2020]]


def test_latest_of_each_team_is_one_assessment_a_team():
    team, other = make_team(), make_team(code="KGZ", country="Kyrgyzstan")
    make_assessment(team=team, year=2021)
    newest = make_assessment(team=team, year=2022)
    theirs = make_assessment(team=other, year=2020)
    assert set(Assessment.objects.latest_of_each_team()) == {newest, theirs}


# What one rating cannot hold


@pytest.mark.parametrize(
    ("met", "agreed", "reason"),
    [
        ("bc", None, ""),  # not agreed yet
        ("bc", Rating.MEETS, ""),  # as computed
        ("bc", Rating.EXCEEDS, "The UNCT knows more."),
        ("bc", Rating.APPROACHES, "The team is strict."),
        ("bc", Rating.MEETS, "A reason that is not needed does no harm."),
    ],
)
def test_agreed_rating_stands_as_computed_or_with_a_reason(met, agreed, reason):
    rating = make_rating(code="2.2", met=met, rating=agreed, difference_reason=reason)
    assert (rating.computed_rating, rating.rating) == (Rating.MEETS, agreed)


@pytest.mark.parametrize("agreed", [Rating.MISSING, Rating.APPROACHES, Rating.EXCEEDS])
def test_agreed_rating_that_differs_needs_a_reason(agreed):
    with refused("indicator_rating_that_differs_has_a_reason"):
        make_rating(code="2.2", met="bc", rating=agreed)


@pytest.mark.parametrize(
    "origin",
    [
        {"origin_year": 2020},
        {"origin_note": "From paper."},
        {"origin_year": 2020, "origin_note": "x"},
    ],
)
def test_reassessed_rating_has_no_origin(origin):
    with refused("indicator_rating_reassessed_has_no_origin"):
        make_rating(is_reassessed=True, **origin)


def test_reassessed_rating_carries_from_no_other_rating():
    carried = make_carried_rating()
    carried.is_reassessed = True
    with refused("indicator_rating_reassessed_has_no_origin"):
        carried.save()


@pytest.mark.parametrize(
    "origin",
    [
        {},
        {"origin_year": 2020},
        {"origin_note": "From paper."},
        {"origin_year": 2020, "origin_note": "x"},
    ],
)
def test_carried_rating_names_a_year_a_note_both_or_says_that_nothing_is_known(origin):
    rating = make_rating(is_reassessed=False, **origin)
    assert rating.is_carried
    assert rating.last_assessed == origin.get("origin_year")


def test_carried_rating_names_an_earlier_rating_or_a_year_but_not_both():
    carried = make_carried_rating()
    carried.origin_year = 2019
    with refused("indicator_rating_has_one_origin"):
        carried.save()


@pytest.mark.parametrize("number", [0, 5])
def test_rating_is_one_of_four(number):
    with refused("indicator_rating_is_one_of_four"):
        make_rating(rating=number, difference_reason="x")


@pytest.mark.parametrize("number", [0, 5])
def test_computed_rating_is_one_of_four(number):
    with refused("indicator_computed_rating_is_one_of_four"):
        make_rating(computed_rating=number)


def test_an_indicator_is_rated_once_in_an_assessment():
    rating = make_rating()
    with pytest.raises(IntegrityError):
        IndicatorRating.objects.create(assessment=rating.assessment, indicator=rating.indicator)


def test_a_criterion_is_answered_once_in_a_rating():
    rating = make_rating(met="a")
    answer = rating.criterion_findings.get()
    with pytest.raises(IntegrityError):
        rating.criterion_findings.create(criterion=answer.criterion, is_met=False)


# Measures


@pytest.mark.parametrize(("numerator", "denominator"), [(15, 16), (16, 16), (0, 16), (0, 0)])
def test_measure_entry_is_a_part_of_a_whole(numerator, denominator):
    rating = make_rating(code="1.3", entries=[(numerator, denominator)])
    assert str(rating.measure_entries.get()) == f"Area 1: {numerator}/{denominator}"


def test_measure_entry_is_not_more_than_the_whole():
    with refused("measure_entry_is_a_part_of_a_whole"):
        make_rating(code="1.3", entries=[(17, 16)])


@pytest.mark.parametrize(("numerator", "denominator"), [(-1, 16), (-2, -1)])
def test_measure_entry_counts_from_nought(numerator, denominator):
    with pytest.raises(IntegrityError):
        make_rating(code="1.3", entries=[(numerator, denominator)])


def test_measure_entries_have_each_their_position():
    rating = make_rating(code="1.3", entries=[(1, 2)])
    entry = rating.measure_entries.get()
    with pytest.raises(IntegrityError):
        MeasureEntry.objects.create(
            indicator_rating=rating, measure=entry.measure, numerator=1, denominator=2, position=1
        )


# Confirmation of a carried rating


def test_a_complete_confirmation_is_stored():
    rating = make_carried_rating(
        confirmation="Still so.", confirmed_at=timezone.now(), confirmed_by=make_user()
    )
    assert rating.confirmation == "Still so."


@pytest.mark.parametrize("missing", ["confirmation", "confirmed_at", "confirmed_by"])
def test_a_confirmation_without_reason_person_or_time_is_refused(missing):
    fields = {
        "confirmation": "Still so.",
        "confirmed_at": timezone.now(),
        "confirmed_by": make_user(),
    }
    del fields[missing]
    with refused("indicator_rating_confirmation_is_complete"):
        make_carried_rating(**fields)


def test_a_reassessed_pi_is_not_confirmed():
    with refused("indicator_rating_confirmation_is_complete"):
        make_rating(confirmation="So.", confirmed_at=timezone.now(), confirmed_by=make_user())
