import pytest
from django.urls import reverse

from accounts.models import Membership
from assessments.tests.factories import make_assessment, make_person, make_rating, stored
from assessments.tests.pages import text_of
from assessments.tests.test_autosave import autosave
from assessments.workspace.history import changes_of, content_at, versions_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def rating():
    return make_rating(assessment=make_assessment(), findings="First.", met="b")


@pytest.fixture
def coordinator(rating):
    return make_person(assessment=rating.assessment)


def test_every_save_is_a_version_with_who_and_what(client, rating, coordinator):
    autosave(client, rating, coordinator, findings="Second.")
    autosave(client, stored(rating), coordinator, **{"criterion-c-is_met": "yes"})
    last, first = changes_of(stored(rating))
    assert [field.label for field in last.fields] == ["(c): is it met?"]
    assert (last.fields[0].before, last.fields[0].after) == ("Not decided", "Met")
    assert (first.fields[0].before, first.fields[0].after) == ("First.", "Second.")
    assert {first.version.by, last.version.by} == {coordinator.name}


def test_content_of_an_earlier_version_is_what_was_stored_then(client, rating, coordinator):
    autosave(client, rating, coordinator, **{"criterion-b-finding": "Seen.", "findings": "Second."})
    autosave(client, stored(rating), coordinator, **{"criterion-b-finding": "Gone."})
    fresh = stored(rating)
    assert content_at(fresh, 1)["criterion-b-finding"] == ""
    assert content_at(fresh, 2)["criterion-b-finding"] == "Seen."
    assert content_at(fresh, 3)["criterion-b-finding"] == "Gone."
    assert content_at(fresh, 4) is None


def test_rows_of_a_measure_have_their_history(client, coordinator, rating):
    measured = make_rating(assessment=rating.assessment, code="1.3", entries=[(15, 16), (15, 29)])
    name = "measure-gender-sensitive-indicators"
    autosave(
        client,
        measured,
        coordinator,
        **{
            f"{name}-TOTAL_FORMS": "1",
            f"{name}-INITIAL_FORMS": "2",
            f"{name}-0-label": "Area 1",
            f"{name}-0-numerator": "1",
            f"{name}-0-denominator": "16",
        },
    )
    fresh = stored(measured)
    assert content_at(fresh, 1)[name] == (("Area 1", "15", "16"), ("Area 2", "15", "29"))
    assert content_at(fresh, 2)[name] == (("Area 1", "1", "16"),)
    assert fresh.computed_rating == 1


def test_an_earlier_text_is_brought_back_as_a_new_version(client, rating, coordinator):
    autosave(client, rating, coordinator, findings="Second.")
    url = reverse("assessments:restore", args=[rating.assessment_id, "2.2", 1, "findings"])
    response = client.post(url, follow=True)
    assert "is again what it was in version 1" in response.content.decode()
    assert stored(rating).findings == "First."
    assert [version.number for version in versions_of(stored(rating))] == [1, 2, 3]


def test_restore_of_an_unknown_version_or_field_is_404(client, rating, coordinator):
    client.force_login(coordinator)
    for version, field in ((9, "findings"), (1, "password")):
        url = reverse("assessments:restore", args=[rating.assessment_id, "2.2", version, field])
        assert client.post(url).status_code == 404


def test_readers_see_the_history_but_cannot_restore(client, rating, coordinator):
    autosave(client, rating, coordinator, findings="Second.")
    client.force_login(make_person(Membership.Role.OBSERVER, assessment=rating.assessment))
    page = client.get(reverse("assessments:history", args=[rating.assessment_id, "2.2"]))
    assert "First." in page.content.decode()
    assert "Bring this back" not in page.content.decode()
    url = reverse("assessments:restore", args=[rating.assessment_id, "2.2", 1, "findings"])
    assert client.post(url).status_code == 403


@pytest.fixture
def explained(client, rating, coordinator):
    """Version 2 has a rating with its reason, version 3 another reason and other findings."""
    fields = {"rating": "4", "difference_reason": "Generous.", "findings": "Second."}
    autosave(client, rating, coordinator, **fields)
    autosave(client, stored(rating), coordinator, difference_reason="Strict.", findings="Third.")
    return stored(rating)


def restore(client, rating, version, field):
    url = reverse("assessments:restore", args=[rating.assessment_id, "2.2", version, field])
    return client.post(url, follow=True)


@pytest.mark.parametrize(("field", "before"), [("difference_reason", 2), ("rating", 1)])
def test_a_member_is_neither_offered_nor_told_to_have_what_only_the_coordinator_writes(
    client, explained, field, before
):
    member = make_person(Membership.Role.MEMBER, assessment=explained.assessment)
    explained.assigned_to.set(member.memberships.all())
    client.force_login(member)
    page = client.get(reverse("assessments:history", args=[explained.assessment_id, "2.2"]))
    assert "/findings/restore/" in page.content.decode()
    assert f"/{field}/restore/" not in page.content.decode()
    answer = text_of(restore(client, explained, before, field))
    assert "of PI 2.2 stays as it is: you cannot change it now." in answer
    assert "is again what it was" not in answer
    assert "the workshop’s" not in answer
    assert stored(explained).version == 3


def test_the_coordinator_is_offered_all_and_brings_a_reason_back(client, explained, coordinator):
    client.force_login(coordinator)
    page = client.get(reverse("assessments:history", args=[explained.assessment_id, "2.2"]))
    for field in ["findings", "rating", "difference_reason"]:
        assert f"/{field}/restore/" in page.content.decode()
    answer = text_of(restore(client, explained, 2, "difference_reason"))
    assert "is again what it was in version 2" in answer
    assert stored(explained).difference_reason == "Generous."


def test_what_cannot_be_brought_back_alone_is_told_and_not_said_to_be_done(
    client, explained, coordinator
):
    client.force_login(coordinator)
    answer = text_of(restore(client, explained, 1, "difference_reason"))
    assert "differs from what the criteria give" in answer
    assert "is again what it was" not in answer
    assert stored(explained).difference_reason == "Strict."


def test_history_of_an_untouched_pi_says_so(client, rating, coordinator):
    client.force_login(coordinator)
    page = client.get(reverse("assessments:history", args=[rating.assessment_id, "2.2"]))
    assert "Nothing has changed yet" in page.content.decode()


def test_history_is_hidden_from_other_teams(client, rating):
    stranger = make_person(assessment=make_assessment(team=None, year=2023))
    stranger.memberships.all().delete()
    client.force_login(stranger)
    url = reverse("assessments:history", args=[rating.assessment_id, "2.2"])
    assert client.get(url).status_code == 404


def test_history_page_of_many_versions_takes_few_queries(
    client, rating, coordinator, django_assert_max_num_queries
):
    for number in range(12):
        autosave(client, stored(rating), coordinator, findings=f"Text {number}.")
    with django_assert_max_num_queries(20):
        client.get(reverse("assessments:history", args=[rating.assessment_id, "2.2"]))


def test_presence_names_others_in_the_same_pi_and_their_field(client, rating, coordinator):
    url = reverse("assessments:presence", args=[rating.assessment_id, "2.2"])
    other = make_person(assessment=rating.assessment)
    other.name = "Child Protection Officer"
    other.save()
    client.force_login(other)
    client.post(url, {"field": "findings"})
    client.force_login(coordinator)
    page = client.post(url, {"field": ""}).content.decode()
    assert f"{other.name} is writing here: findings and explanation" in page
    assert coordinator.name not in page


def test_presence_of_a_person_who_left_is_not_shown(client, rating, coordinator):
    url = reverse("assessments:presence", args=[rating.assessment_id, "2.2"])
    client.force_login(make_person(assessment=rating.assessment))
    client.post(url, {"field": "findings"})
    rating.presences.update(seen_at="2022-11-22T10:00Z")
    client.force_login(coordinator)
    assert client.post(url).content.decode().strip() == ""
