"""The pages that plan a year and move it on: what they show, refuse and write."""

import pytest
from django.urls import reverse

from accounts.tests.factories import make_membership
from assessments.models import Assessment, IndicatorRating
from assessments.tests.factories import (
    make_assessment,
    make_carried_rating,
    make_quiet_assessment,
    make_rating,
)
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db
FIVE = ["1.1", "2.2", "3.1", "4.1", "5.1"]


def text_of(response):
    return " ".join(response.content.decode().split())


# Choosing


@pytest.fixture
def planned(team):
    assessment = make_assessment(team=team, state="planning")
    assessment.indicator_ratings.update(is_reassessed=False)
    return assessment


def choose(client, assessment, chosen, *, was=(), rationale="Because.", **fields):
    return client.post(
        reverse("assessments:choose", args=[assessment.pk]),
        {"chosen": chosen, "was": was, "rationale": rationale, "rationale_was": ""} | fields,
    )


def chosen_codes(assessment):
    chosen = assessment.indicator_ratings.reassessed().in_order()
    return list(chosen.values_list("indicator__code", flat=True))


def test_pis_are_chosen_with_a_rationale(client, planned, coordinator):
    page = client.get(reverse("assessments:choose", args=[planned.pk]))
    assert "<span data-choice-count>0</span> of at least 5 PIs chosen" in text_of(page)
    assert choose(client, planned, FIVE).url == planned.get_absolute_url()
    assert chosen_codes(planned) == FIVE
    assert Assessment.objects.get().rationale == "Because."


def test_a_rationale_that_leaves_out_what_was_chosen_since_is_pointed_out(
    client, planned, coordinator
):
    address = reverse("assessments:choose", args=[planned.pk])
    sent = {"chosen": FIVE, "was": (), "rationale": "We take 1.1 and 2.2.", "rationale_was": ""}
    page = text_of(client.post(address, sent, follow=True))
    assert "The rationale does not speak of 3.1, 4.1, 5.1 yet." in page


def test_without_earlier_ratings_no_pi_is_suggested_and_none_said_to_keep_its_rating(
    client, planned, coordinator
):
    page = text_of(client.get(reverse("assessments:choose", args=[planned.pk])))
    assert "No earlier ratings are recorded, so none is suggested." in page
    assert "keep their rating" not in page
    assert "suggested</span>" not in page


def test_with_earlier_ratings_those_that_need_it_most_are_suggested(client, team, coordinator):
    make_carried_rating(assessment=make_quiet_assessment(team=team, state="planning"))
    page = text_of(
        client.get(reverse("assessments:choose", args=[Assessment.objects.latest("year").pk]))
    )
    assert "Those that need it most come first." in page
    assert page.count("suggested</span>") == 5


def test_of_two_who_choose_neither_undoes_the_other(client, planned, coordinator):
    choose(client, planned, ["1.1"], rationale="")
    choose(client, planned, ["2.2"], rationale="")  # opened before the first was saved
    assert chosen_codes(planned) == ["1.1", "2.2"]


def test_a_rationale_that_somebody_else_wrote_meanwhile_is_shown_not_overwritten(
    client, planned, coordinator
):
    choose(client, planned, [], rationale="Theirs.")
    response = choose(client, planned, [], rationale="Mine.")
    assert response.status_code == 422
    assert "Somebody else wrote meanwhile: “Theirs.”" in text_of(response)
    assert Assessment.objects.get().rationale == "Theirs."
    choose(client, planned, [], rationale="Both.", rationale_was="Theirs.")
    assert Assessment.objects.get().rationale == "Both."


def test_the_draft_names_the_chosen_and_why_and_saves_nothing(client, planned, coordinator):
    make_rating(
        assessment=planned, code="5.1", is_reassessed=False, rating=Rating.MISSING, origin_year=2021
    )
    address = reverse("assessments:choose_draft", args=[planned.pk])
    page = client.post(address, {"chosen": ["5.1", "2.2"], "rationale": "Written."})
    assert "This year the team reassesses 2 PIs: 2.2, 5.1." in text_of(page)
    assert "Rated missing minimum requirements so far: 5.1." in text_of(page)
    assert "Without a recorded rating so far: 2.2." in text_of(page)
    assert "Written. This year" in text_of(page)
    part = client.post(address, {"chosen": ["5.1"]}, headers={"HX-Request": "true"})
    assert "<html" not in text_of(part)
    assert (chosen_codes(planned), Assessment.objects.get().rationale) == ([], "")


def test_the_page_of_choices_asks_a_constant_number_of_queries(
    client, planned, coordinator, django_assert_max_num_queries
):
    with django_assert_max_num_queries(9):
        client.get(reverse("assessments:choose", args=[planned.pk]))


def test_of_a_comprehensive_assessment_nothing_is_offered_to_choose(client, team, coordinator):
    assessment = make_assessment(team=team, kind="comprehensive", state="planning")
    page = client.get(reverse("assessments:choose", args=[assessment.pk]))
    assert "nothing is left to choose" in text_of(page)


# Moving on


def test_the_page_lists_what_is_missing_before_the_button_is_there(client, planned, coordinator):
    page = text_of(client.get(planned.get_absolute_url()))
    assert "No PI is chosen yet; this assessment reassesses at least 5." in page
    assert "The rationale for the chosen PIs is not written." in page
    assert reverse("assessments:open_scoring", args=[planned.pk]) not in page
    asked = text_of(client.get(reverse("assessments:open_scoring", args=[planned.pk])))
    assert "Scoring cannot be opened yet." in asked
    assert "<form" not in asked.split("<main")[1]


def test_whoever_presses_all_the_same_is_refused_with_the_same_list(client, planned, coordinator):
    response = client.post(reverse("assessments:open_scoring", args=[planned.pk]), follow=True)
    assert "Scoring cannot be opened. No PI is chosen yet" in text_of(response)
    assert Assessment.objects.get().state == "planning"


def test_scoring_is_opened_after_saying_who_works_on_what(client, planned, coordinator):
    member = make_membership(team=planned.team)
    choose(client, planned, FIVE)
    for rating in planned.indicator_ratings.all():
        rating.assigned_to.add(member)
    page = text_of(client.get(planned.get_absolute_url()))
    assert f'href="{reverse("assessments:open_scoring", args=[planned.pk])}">Open scoring' in page
    asked = text_of(client.get(reverse("assessments:open_scoring", args=[planned.pk])))
    assert f'2.2 Communication &amp; Advocacy</strong><br><span class="meta">{member.user}' in asked
    client.post(reverse("assessments:open_scoring", args=[planned.pk]))
    assert Assessment.objects.get().state == "scoring"
    story = text_of(client.get(planned.get_absolute_url()))
    assert f"{coordinator} opened scoring" in story


def test_consolidation_is_opened_after_naming_who_has_not_rated(client, team, coordinator):
    assessment = make_quiet_assessment(team=team)
    waiting = make_membership(team=team)
    address = reverse("assessments:open_consolidation", args=[assessment.pk])
    asked = text_of(client.get(address))
    assert "Not everybody has rated." in asked
    assert f'{waiting.user}</span> <span class="meta">1 PI not rated' in asked
    client.post(address)
    assert Assessment.objects.get().state == "consolidation"


def test_an_assessment_is_reopened_with_a_reason_that_stays_in_its_story(client, team, coordinator):
    assessment = make_quiet_assessment(team=team, state="endorsed")
    address = reverse("assessments:reopen", args=[assessment.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": " "}).status_code == 422
    assert Assessment.objects.get().state == "endorsed"
    page = text_of(client.post(address, {"reason": "A figure was wrong."}, follow=True))
    assert Assessment.objects.get().state == "consolidation"
    assert "reopened the assessment" in page
    assert "A figure was wrong." in page


def test_the_page_says_which_later_year_keeps_it_from_being_reopened(client, team, coordinator):
    origin = make_rating(
        assessment=make_quiet_assessment(team=team, year=2021, state="submitted"),
        met="bc",
        rating=Rating.MEETS,
    )
    later = make_carried_rating(origin=origin).assessment
    Assessment.objects.filter(pk=later.pk).update(state="endorsed")
    page = text_of(client.get(reverse("assessments:reopen", args=[origin.assessment_id])))
    assert f'<a href="{later.get_absolute_url()}">{later}, Endorsed</a>' in page


# Carried ratings


def test_a_carried_rating_is_confirmed_and_the_page_says_by_whom_and_why(client, team, coordinator):
    make_quiet_assessment(team=team, year=2021, state="endorsed")
    rating = make_carried_rating(
        origin=make_rating(
            assessment=Assessment.objects.get(year=2021), met="bc", rating=Rating.MEETS
        )
    )
    page = text_of(client.get(rating.get_absolute_url()))
    assert "Carried over from 2021, 1 year old" in page
    address = reverse("assessments:confirm", args=[rating.assessment_id, "2.2"])
    assert address in page
    assert client.post(address, {"reason": ""}).status_code == 422
    page = text_of(client.post(address, {"reason": "The campaign runs on."}, follow=True))
    assert f"Confirmed unchanged by {coordinator} on" in page
    assert "The campaign runs on." in page


def test_a_rating_from_before_this_product_is_recorded_with_its_year(client, planned, coordinator):
    address = reverse("assessments:earlier", args=[planned.pk, "3.1"])
    assert client.get(address).status_code == 200
    late = client.post(address, {"rating": "3", "origin_year": "2022", "origin_note": ""})
    assert "Write a year from 2000 to 2021, or leave it empty." in text_of(late)
    client.post(address, {"rating": "3", "origin_year": "2019", "origin_note": "Report 2019."})
    rating = IndicatorRating.objects.get(assessment=planned, indicator__code="3.1")
    assert (rating.rating, rating.last_assessed) == (Rating.MEETS, 2019)
    assert rating.difference_reason == ("Rated before this product; the criteria are not recorded.")
    assert rating.version == 2
    page = text_of(client.get(rating.get_absolute_url()))
    assert "Carried over from 2019, 3 years old" in page
    assert "Report 2019." in page
