import json

import pytest
from django.urls import reverse

from accounts.access import WrongState
from accounts.models import Membership
from assessments.models import Assessment, IndicatorRating
from assessments.tests.factories import make_assessment, make_person, make_rating, stored
from assessments.workspace.transitions import save_rating

pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture
def rating():
    return make_rating(assessment=make_assessment(), findings="As it was.", met="bc")


@pytest.fixture
def coordinator(rating):
    return make_person(assessment=rating.assessment)


def autosave(client, pi, user, **fields):
    """Send some fields, as the page does, and return the response."""
    client.force_login(user)
    url = reverse("assessments:autosave", args=[pi.assessment_id, pi.indicator.code])
    return client.post(url, {"version": pi.version} | fields)


def save_by_another(client, rating, **fields):
    other = make_person(assessment=rating.assessment)
    assert autosave(client, rating, other, **fields).status_code == 200


def test_one_field_is_saved_and_the_others_stay(client, rating, coordinator):
    response = autosave(client, rating, coordinator, findings="New.")
    assert response.status_code == 200
    answer = response.json()
    assert answer["version"] == 2
    assert answer["saved"].startswith("Saved ")
    after = stored(rating)
    assert (after.findings, after.changed_by) == ("New.", coordinator)
    assert {row.criterion.key for row in after.criterion_findings.all() if row.is_met} == {"b", "c"}


def test_sending_what_is_stored_makes_no_new_version(client, rating, coordinator):
    assert autosave(client, rating, coordinator, findings="As it was. ").json()["version"] == 1
    assert stored(rating).changed_by is None


def test_a_tick_changes_the_computed_rating(client, rating, coordinator):
    autosave(client, rating, coordinator, **{"criterion-d-is_met": "yes"})
    assert stored(rating).computed_rating == 4


def test_two_people_on_different_fields_both_save_and_the_second_is_told(
    client, rating, coordinator
):
    save_by_another(client, rating, means_of_verification="- Minutes")
    answer = autosave(client, rating, coordinator, findings="New.").json()
    assert answer["conflicts"] == []
    assert answer["updates"] == {"means_of_verification": "- Minutes"}
    after = stored(rating)
    assert (after.findings, after.means_of_verification) == ("New.", "- Minutes")


def test_two_people_on_one_field_the_second_gets_both_texts_and_overwrites_nothing(
    client, rating, coordinator
):
    save_by_another(client, rating, findings="Theirs.")
    response = autosave(
        client, rating, coordinator, findings="Mine.", means_of_verification="- Minutes"
    )
    assert response.status_code == 409
    (conflict,) = response.json()["conflicts"]
    assert (conflict["name"], conflict["theirs"]) == ("findings", "Theirs.")
    after = stored(rating)
    assert after.findings == "Theirs."
    assert after.means_of_verification == "- Minutes"  # what fits is saved all the same


def test_choosing_mine_after_a_conflict_saves_it(client, rating, coordinator):
    save_by_another(client, rating, findings="Theirs.")
    version = autosave(client, rating, coordinator, findings="Mine.").json()["version"]
    autosave(client, rating, coordinator, findings="Mine.", version=version)
    assert stored(rating).findings == "Mine."


def test_a_version_that_never_was_makes_every_difference_a_conflict(client, rating, coordinator):
    response = autosave(client, rating, coordinator, findings="Mine.", version="99")
    assert response.status_code == 409
    assert stored(rating).findings == "As it was."


def test_a_refused_field_is_told_and_nothing_is_stored(client, rating, coordinator):
    response = autosave(client, rating, coordinator, findings="x" * 100_000)
    assert response.status_code == 422
    (refused,) = response.json()["refused"]
    assert refused["name"] == "findings"
    assert "100000 characters; the limit is 20000" in refused["sentence"]
    assert response.json()["saved"] == "Not saved yet: Findings and explanation"
    assert stored(rating).version == 1


def test_a_tick_that_makes_the_agreed_rating_differ_asks_for_the_reason(
    client, coordinator, rating
):
    IndicatorRating.objects.filter(pk=rating.pk).update(rating=3)
    response = autosave(client, rating, coordinator, **{"criterion-b-is_met": "no"})
    assert response.status_code == 422
    assert "differs from what the criteria give" in response.json()["refused"][0]["sentence"]
    assert stored(rating).computed_rating == 3


def test_a_member_whose_tick_makes_the_agreed_rating_differ_is_told_whom_to_ask(client, rating):
    person = make_person(Role.MEMBER, assessment=rating.assessment)
    rating.assigned_to.set(person.memberships.all())
    IndicatorRating.objects.filter(pk=rating.pk).update(rating=3)
    response = autosave(client, rating, person, **{"criterion-b-is_met": "no"})
    assert response.status_code == 422
    assert (
        "Ask the coordinator to agree on the rating anew"
        in response.json()["refused"][0]["sentence"]
    )
    assert stored(rating).version == 1


def test_a_save_that_comes_after_the_assessment_moved_on_writes_nothing(rating, coordinator):
    Assessment.objects.filter(pk=rating.assessment_id).update(state="endorsed")
    rating.findings = "Too late."
    with pytest.raises(WrongState, match="PI 2.2 was not saved: the assessment is in “Endorsed”"):
        save_rating(rating, [], [], by=coordinator, version=1)
    assert stored(rating).findings == "As it was."


@pytest.mark.parametrize("role", [Role.MEMBER, Role.OBSERVER, Role.HEAD_OF_AGENCY])
def test_only_the_coordinator_and_assigned_members_autosave(client, rating, role):
    person = make_person(role, assessment=rating.assessment)
    assert autosave(client, rating, person, findings="Mine.").status_code == 403
    assert stored(rating).findings == "As it was."


def test_a_member_cannot_slip_in_an_agreed_rating(client, rating):
    person = make_person(Role.MEMBER, assessment=rating.assessment)
    rating.assigned_to.set(person.memberships.all())
    autosave(client, rating, person, findings="Mine.", rating="4", difference_reason="I say so.")
    after = stored(rating)
    assert (after.findings, after.rating, after.difference_reason) == ("Mine.", None, "")


def test_the_answer_of_a_conflict_names_who_stored_the_other_text(client, rating, coordinator):
    save_by_another(client, rating, findings="Theirs.")
    answer = autosave(client, rating, coordinator, findings="Mine.").json()
    assert answer["conflicts"][0]["by"] == stored(rating).changed_by.name
    assert json.dumps(answer)
