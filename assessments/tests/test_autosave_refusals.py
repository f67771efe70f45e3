"""One field that cannot be saved holds back no other."""

import pytest

from accounts.models import Membership
from assessments.models import IndicatorRating
from assessments.tests.factories import make_assessment, make_person, make_rating, stored
from assessments.tests.test_autosave import autosave, save_by_another

pytestmark = pytest.mark.django_db
Role = Membership.Role
MEASURE = "measure-gender-sensitive-indicators"
TOO_LONG = "x" * 20_001
HOUR = "What an hour of writing gave."


@pytest.fixture
def rating():
    """PI 2.2: Meets is agreed, as the criteria (b) and (c) give."""
    return make_rating(assessment=make_assessment(), findings="As it was.", met="bc", rating=3)


@pytest.fixture
def coordinator(rating):
    return make_person(assessment=rating.assessment)


@pytest.fixture
def member(rating):
    person = make_person(Role.MEMBER, assessment=rating.assessment)
    rating.assigned_to.set(person.memberships.all())
    return person


def refused(response):
    assert response.status_code == 422
    return {one["name"]: one["sentence"] for one in response.json()["refused"]}


def test_a_tick_that_does_not_fit_the_agreed_rating_holds_back_no_text(client, rating, member):
    response = autosave(
        client, rating, member,
        **{"criterion-b-is_met": "no", "criterion-b-finding": "Gone.", "findings": HOUR},
    )  # fmt: skip
    assert "Ask the coordinator" in refused(response)["criterion-b-is_met"]
    assert response.json()["version"] == 2
    assert response.json()["saved"].endswith(". Not saved yet: (b): is it met?")
    after = stored(rating)
    assert (after.findings, after.findings_by_key["b"].finding) == (HOUR, "Gone.")
    assert (after.findings_by_key["b"].is_met, after.computed_rating) == (True, 3)


def test_a_rating_chosen_before_its_reason_waits_for_it(client, rating, coordinator):
    response = autosave(client, rating, coordinator, rating="4", findings=HOUR)
    assert refused(response).keys() == {"rating"}
    assert (stored(rating).findings, stored(rating).rating) == (HOUR, 3)
    fields = {"rating": "4", "difference_reason": "Seen more."}
    assert autosave(client, stored(rating), coordinator, **fields).json()["refused"] == []
    assert stored(rating).rating == 4


def test_a_reason_taken_away_while_it_is_needed_holds_back_no_text(client, rating, coordinator):
    IndicatorRating.objects.filter(pk=rating.pk).update(rating=4, difference_reason="Seen more.")
    fields = {"difference_reason": "", "findings": HOUR}
    assert refused(autosave(client, rating, coordinator, **fields)).keys() == {"difference_reason"}
    assert (stored(rating).findings, stored(rating).difference_reason) == (HOUR, "Seen more.")


def test_a_text_too_long_holds_back_no_other_and_no_tick(client, rating, coordinator):
    fields = {"criterion-d-is_met": "yes", "means_of_verification": TOO_LONG, "findings": HOUR}
    IndicatorRating.objects.filter(pk=rating.pk).update(rating=None)
    response = autosave(client, rating, coordinator, **fields)
    assert refused(response).keys() == {"means_of_verification"}
    after = stored(rating)
    assert (after.findings, after.means_of_verification) == (HOUR, "")
    assert after.findings_by_key["d"].is_met


def test_several_faults_of_both_kinds_hold_back_only_themselves(client, rating, coordinator):
    fields = {"criterion-b-is_met": "no", "means_of_verification": TOO_LONG, "findings": HOUR}
    response = autosave(client, rating, coordinator, **fields)
    assert refused(response).keys() == {"criterion-b-is_met", "means_of_verification"}
    assert stored(rating).findings == HOUR


def test_a_half_filled_row_of_a_measure_holds_back_no_text(client, coordinator, rating):
    measured = make_rating(assessment=rating.assessment, code="1.3", entries=[(15, 16)])
    rows = {f"{MEASURE}-TOTAL_FORMS": "2", f"{MEASURE}-INITIAL_FORMS": "1"}
    rows |= {f"{MEASURE}-0-label": "Area 1", f"{MEASURE}-0-numerator": "15"}
    rows |= {f"{MEASURE}-0-denominator": "16", f"{MEASURE}-1-label": "Area 2"}
    rows |= {f"{MEASURE}-1-numerator": "3", f"{MEASURE}-1-denominator": ""}
    response = autosave(client, measured, coordinator, findings=HOUR, **rows)
    assert refused(response) == {MEASURE: "Give both numbers, or empty the row."}
    assert response.json()["saved"].endswith("Not saved yet: Give both numbers, or empty the row.")
    assert stored(measured).findings == HOUR
    assert [row.numerator for row in stored(measured).measure_entries.all()] == [15]


def test_a_fall_without_a_reason_found_later_holds_back_no_text(client):
    before = make_rating(assessment=make_assessment(year=2021), met="bcd", rating=4)
    team = before.assessment.team
    rating = make_rating(assessment=make_assessment(team=team), met="bc", rating=3)
    coordinator = make_person(assessment=rating.assessment)
    assert autosave(client, rating, coordinator, findings=HOUR).status_code == 200
    assert stored(rating).findings == HOUR


def test_a_field_beside_a_conflict_and_a_refusal_is_saved(client, rating, coordinator):
    save_by_another(client, rating, findings="Theirs.")
    fields = {"findings": HOUR, "criterion-b-is_met": "no", "means_of_verification": "- Minutes"}
    response = autosave(client, rating, coordinator, **fields)
    assert refused(response).keys() == {"criterion-b-is_met"}
    assert [one["name"] for one in response.json()["conflicts"]] == ["findings"]
    assert (stored(rating).findings, stored(rating).means_of_verification) == (
        "Theirs.", "- Minutes",
    )  # fmt: skip


def test_what_is_not_the_persons_to_change_is_said_and_makes_no_version(client, rating, member):
    response = autosave(client, rating, member, rating="4")
    assert "cannot be changed here now" in refused(response)["rating"]
    assert stored(rating).version == 1
