"""Filling in one PI: what is saved, what is computed, what is refused and how."""

import pytest
from django.contrib.messages import get_messages

from accounts.models import Membership
from accounts.tests.factories import make_membership
from assessments.models import CriterionFinding, IndicatorRating
from assessments.tests.factories import (
    make_assessment,
    make_carried_rating,
    make_person,
    make_rating,
    stored,
)
from assessments.tests.pages import fill_in, form_on, text_of
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db
DIFFERS = "The agreed rating differs from what the criteria give: say why."


@pytest.fixture
def sign_in(client):
    """Return a function that signs in the coordinator of a rating's team and returns the page."""

    def sign_in(rating):
        client.force_login(make_person(assessment=rating.assessment))
        return rating.get_absolute_url()

    return sign_in


def answers_of(rating):
    return {row.criterion.key: row.is_met for row in stored(rating).criterion_findings.all()}


# Saving


def test_everything_on_the_page_is_saved_in_one_go(client, sign_in):
    rating = make_rating(code="2.1", entries=[(1, 4)])
    address = sign_in(rating)
    response = fill_in(
        client,
        address,
        {
            "findings": "Found.",
            "means_of_verification": "- Minutes",
            "rating": "4",
            "criterion-b-is_met": "yes",
            "criterion-b-finding": "There is a programme.",
            "criterion-c-is_met": "yes",
            "measure-mainstreamed-joint-programmes-0-numerator": "4",
        },
    )
    assert (response.status_code, response.url) == (302, address)
    after = stored(rating)
    assert (after.findings, after.means_of_verification) == ("Found.", "- Minutes")
    assert (after.rating, after.computed_rating) == (Rating.EXCEEDS, Rating.EXCEEDS)
    assert answers_of(rating) == {"b": True, "c": True}
    assert after.findings_by_key["b"].finding == "There is a programme."
    assert [(row.numerator, row.denominator) for row in after.measure_entries.all()] == [(4, 4)]


def test_save_counts_the_version_up_and_notes_who_and_when(client, sign_in):
    rating = make_rating()
    assert (rating.version, rating.changed_by, rating.changed_at) == (1, None, None)
    fill_in(client, sign_in(rating), {"findings": "Found."})
    after = stored(rating)
    assert after.version == 2
    assert after.changed_by.memberships.get().role == Membership.Role.COORDINATOR
    assert after.changed_at is not None


def test_save_says_so(client, sign_in):
    response = fill_in(client, sign_in(make_rating(code="2.2")), {"findings": "Found."})
    assert [str(message) for message in get_messages(response.wsgi_request)] == ["PI 2.2 saved."]


def test_page_offers_what_is_stored(client, sign_in):
    rating = make_rating(code="2.2", met="bc", refused="d", rating=3, findings="Found.")
    fields = form_on(client.get(sign_in(rating)))
    assert fields["findings"] == "Found."
    assert fields["rating"] == "3"
    assert {key: fields[f"criterion-{key}-is_met"] for key in "abcd"} == {
        "a": "undecided",
        "b": "yes",
        "c": "yes",
        "d": "no",
    }


def test_an_answer_can_be_taken_back(client, sign_in):
    rating = make_rating(code="2.2", met="abc")
    fill_in(client, sign_in(rating), {"criterion-a-is_met": "undecided"})
    assert answers_of(rating)["a"] is None


@pytest.mark.parametrize(
    ("answers", "computed"),
    [
        ({"a": "yes"}, Rating.APPROACHES),
        ({"b": "yes", "c": "yes"}, Rating.MEETS),
        ({"b": "yes", "c": "yes", "d": "yes"}, Rating.EXCEEDS),
        ({"a": "no", "b": "no"}, Rating.MISSING),
    ],
)
def test_computed_rating_follows_the_answers(client, sign_in, answers, computed):
    rating = make_rating(code="2.2")
    fill_in(client, sign_in(rating), {f"criterion-{key}-is_met": to for key, to in answers.items()})
    assert stored(rating).computed_rating == computed


def test_member_writes_findings_beside_an_agreed_rating(client):
    rating = make_rating(code="2.2", met="bc", rating=Rating.MEETS)
    member = make_membership(team=rating.assessment.team)
    rating.assigned_to.add(member)
    client.force_login(member.user)
    fill_in(client, rating.get_absolute_url(), {"findings": "By a member."})
    after = stored(rating)
    assert (after.findings, after.rating) == ("By a member.", Rating.MEETS)


# The agreed rating


def test_a_difference_without_a_reason_is_refused_at_the_field_and_keeps_what_was_typed(
    client, sign_in
):
    rating = make_rating(code="2.2", met="bc")
    typed = {
        "rating": "4",
        "findings": "Long work.",
        "criterion-a-is_met": "no",
        "criterion-a-finding": "Nothing joint.",
    }
    page = fill_in(client, sign_in(rating), typed)
    assert page.status_code == 422
    assert DIFFERS in text_of(page)
    assert f'<a href="#id_difference_reason">{DIFFERS}</a>' in page.content.decode()
    assert form_on(page).items() >= typed.items()
    after = stored(rating)
    assert (after.rating, after.findings, after.version) == (None, "", 1)
    assert answers_of(rating) == {"b": True, "c": True}


def test_a_difference_with_a_reason_is_saved(client, sign_in):
    rating = make_rating(code="2.2", met="bc")
    fill_in(client, sign_in(rating), {"rating": "4", "difference_reason": "So the workshop."})
    after = stored(rating)
    assert (after.rating, after.difference_reason) == (Rating.EXCEEDS, "So the workshop.")


def test_a_reason_of_blanks_is_no_reason(client, sign_in):
    rating = make_rating(code="2.2", met="bc")
    page = fill_in(client, sign_in(rating), {"rating": "4", "difference_reason": " \n\t "})
    assert page.status_code == 422
    assert stored(rating).rating is None


@pytest.mark.parametrize("number", ["0", "5", "-1", "x"])
def test_a_rating_that_is_none_of_the_four_is_refused(client, sign_in, number):
    rating = make_rating()
    fill_in(client, sign_in(rating), {"rating": number, "difference_reason": "x"})
    assert stored(rating).rating is None


def make_fallen(**fields):
    """A rating whose predecessor exceeds and whose criteria now give approaches."""
    make_rating(assessment=make_assessment(year=2021), met="abcd", rating=Rating.EXCEEDS)
    return make_rating(assessment=make_assessment(year=2022), met="a", **fields)


def test_a_fall_without_a_reason_is_refused_at_the_field(client, sign_in):
    rating = make_fallen()
    page = fill_in(client, sign_in(rating), {"rating": "2"})
    assert page.status_code == 422
    sentence = "The rating falls from Exceeds to Approaches: say why."
    assert f'<a href="#id_regression_reason">{sentence}</a>' in page.content.decode()
    assert stored(rating).rating is None


def test_a_fall_with_a_reason_is_saved(client, sign_in):
    rating = make_fallen()
    fill_in(client, sign_in(rating), {"rating": "2", "regression_reason": "The campaign ended."})
    after = stored(rating)
    assert (after.rating, after.regression_reason) == (Rating.APPROACHES, "The campaign ended.")


def test_without_an_earlier_rating_no_fall_is_asked_about(client, sign_in):
    fields = form_on(client.get(sign_in(make_rating(met="a"))))
    assert "regression_reason" not in fields


# Carried over


def test_carried_rating_shows_the_findings_of_its_origin_and_no_form(client, sign_in):
    origin = make_rating(
        assessment=make_assessment(year=2021), met="bc", rating=Rating.MEETS, findings="Of 2021."
    )
    page = client.get(sign_in(make_carried_rating(origin=origin)))
    text = text_of(page)
    assert "Carried over from 2021" in text
    assert "Of 2021." in text
    assert 'id="pi-form"' not in page.content.decode()


def test_carried_rating_cannot_be_written(client, sign_in):
    carried = make_carried_rating()
    response = client.post(sign_in(carried), {"version": "1", "findings": "Changed."})
    assert response.status_code == 409
    assert "PI 2.2 is carried over from 2021 and not reassessed this year." in text_of(response)
    assert IndicatorRating.objects.filter(findings="Changed.").count() == 0


def test_carried_rating_without_a_year_says_so(client, sign_in):
    rating = make_rating(is_reassessed=False)
    assert "Carried over, year not recorded" in text_of(client.get(sign_in(rating)))


# What stands beside


def test_page_says_that_no_earlier_assessment_is_recorded(client, sign_in):
    text = text_of(client.get(sign_in(make_rating())))
    assert "No earlier assessment of this team is recorded here." in text


def test_page_shows_last_years_rating_and_findings(client, sign_in):
    make_rating(assessment=make_assessment(year=2021), met="bc", rating=3, findings="Of 2021.")
    text = text_of(client.get(sign_in(make_rating(assessment=make_assessment(year=2022)))))
    assert "Last time (2021) Meets" in text
    assert "Of 2021." in text


def test_untouched_criteria_leave_no_rows(client):
    rating = make_rating()
    client.force_login(make_person(assessment=rating.assessment))
    client.get(rating.get_absolute_url())
    assert not CriterionFinding.objects.exists()
