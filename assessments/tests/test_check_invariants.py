"""What came past the site's own guards is found and named."""

from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from assessments.invariants import faults
from assessments.tests.factories import make_assessment, make_carried_rating, make_rating
from assessments.tests.workshop_data import make_scene
from assessments.workshop.agreement import record_agreed
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db
WAY = ["", "planning", "scoring", "consolidation", "endorsement", "endorsed"]


def make_told(state="scoring", **fields):
    """An assessment whose events lead to where it stands."""
    return tell(make_assessment(state=state, **fields))


def tell(assessment):
    for before, after in pairwise(WAY[: WAY.index(assessment.state) + 1]):
        assessment.events.create(from_state=before, to_state=after, at=timezone.now())
    return assessment


def tampered(row, **fields):
    """Change a row past all guards."""
    type(row).objects.filter(pk=row.pk).update(**fields)


@pytest.fixture
def carried():
    """PI 7.1, carried from 2021 into 2022; both years are endorsed."""
    before, now = make_told("endorsed", year=2021), make_told("endorsed", year=2022)
    origin = make_rating(assessment=before, code="7.1", met=["a-all"], rating=Rating.MEETS)
    return make_carried_rating(origin=origin, assessment=now)


def test_sound_years_are_told_to_be_so(carried, capsys):
    assert list(faults()) == []
    call_command("check_invariants")
    assert "All assessments are as they must be." in capsys.readouterr().out


def test_faults_end_the_command_with_status_1(carried, capsys):
    tampered(carried.origin, rating=Rating.EXCEEDS, difference_reason="So.")
    with pytest.raises(CommandError, match="1 thing is wrong"):
        call_command("check_invariants")
    assert "2022: PI 7.1: it is not what it is carried from." in capsys.readouterr().out


def test_state_that_no_event_led_to():
    tampered(make_told(), state="endorsed")
    (fault,) = faults()
    assert "“Endorsed” is not where its events lead" in fault


def test_pi_that_is_gone():
    make_told().indicator_ratings.get(indicator__code="2.2").delete()
    (fault,) = faults()
    assert "it has 14 of the 15 PIs" in fault


def test_too_few_reassessed_pis():
    assessment = make_told()
    ratings = assessment.indicator_ratings
    ratings.exclude(indicator__code__in=["1.1", "2.2", "3.1", "3.2"]).update(is_reassessed=False)
    (fault,) = faults()
    assert "4 PIs are reassessed, at least 5 must be" in fault


def test_carried_rating_whose_origin_is_not_endorsed(carried):
    tampered(carried.origin.assessment, state="consolidation")
    carried.origin.assessment.events.create(
        from_state="endorsed", to_state="consolidation", at=timezone.now(), comment="Why."
    )
    (fault,) = faults()
    assert "PI 7.1: the report is endorsed, and what it is carried from is not" in fault


@pytest.mark.parametrize("code", ["2.2", "1.3"])
def test_computed_rating_that_criteria_and_measures_do_not_give(code):
    rating = make_rating(assessment=make_told(), code=code)
    tampered(rating, computed_rating=Rating.EXCEEDS)
    (fault,) = faults()
    assert f"PI {code}: Exceeds is kept as computed, the criteria give Missing" in fault


def test_rating_that_is_not_what_the_workshop_agreed_on():
    scene = make_scene()
    tell(scene.assessment)
    scene.revealed(FAO=3, UNDP=3)
    record_agreed(scene.workshop, scene.rating, agreed=Rating.MEETS, by=scene.coordinator)
    assert list(faults()) == []
    tampered(scene.rating, rating=Rating.MISSING, difference_reason="So.")
    (fault,) = faults()
    assert "PI 2.2: the workshop agreed on Meets, which it does not say" in fault
