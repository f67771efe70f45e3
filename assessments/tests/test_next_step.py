"""The card of the next step: one thing to do, with its button inside."""

import pytest

from accounts.models import Membership
from assessments.models import Assessment
from assessments.tests.factories import make_person, make_quiet_assessment, make_rating

pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture
def assessment():
    return make_quiet_assessment(state="consolidation")


def card(client, assessment, *, role=Role.COORDINATOR):
    client.force_login(make_person(assessment=assessment, role=role))
    page = client.get(assessment.get_absolute_url()).content.decode()
    section = page.partition('<section class="next-step"')[2].partition("</section>")[0]
    assert section
    return section


def test_until_all_is_agreed_the_step_is_the_workshop(client, assessment):
    make_rating(assessment=assessment, code="2.2", rating=None)
    shown = card(client, assessment)
    assert "Hold the consolidation workshop" in shown
    assert "Go to the Room" in shown
    assert "Request endorsement" not in shown


def test_whoever_does_not_lead_the_workshop_gets_no_way_to_the_room(client, assessment):
    make_rating(assessment=assessment, code="2.2", rating=None)
    shown = card(client, assessment, role=Role.MEMBER)
    assert "Hold the consolidation workshop" in shown
    assert "Go to the Room" not in shown


@pytest.mark.parametrize(
    ("state", "button"),
    [("consolidation", "Request endorsement"), ("endorsed", "Submit to UN Women")],
)
def test_the_button_of_the_step_stands_in_its_card_before_the_way_back(
    client, assessment, state, button
):
    make_rating(assessment=assessment, code="2.2", rating=3, met="bc", findings="All is well.")
    Assessment.objects.update(state=state)
    shown = card(client, assessment)
    before, _, after = shown.partition("btn-primary")
    assert button in after
    assert "Reopen the assessment" not in before
    assert ("Reopen the assessment" in after) == (state == "endorsed")
