"""The survey of personnel: what it saves, what it refuses, what it keeps of bad input."""

import pytest

from accounts.models import Membership
from assessments.models import Survey
from assessments.tests.calculator_data import SURVEY, coordinator, survey_data, url_of
from assessments.tests.factories import (
    make_rating,
    stored,
)
from assessments.tests.pages import form_on, text_of
from scorecard.rating import Rating

__all__ = ["coordinator"]
pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture
def survey_pi():
    return make_rating(code="4.2")


def test_a_survey_fills_its_measure_with_one_row_and_the_rating_follows(coordinator, survey_pi):
    page = coordinator(survey_pi).post(url_of(survey_pi), SURVEY, follow=True)
    assert "The numbers of PI 4.2 are saved." in text_of(page)
    rating = stored(survey_pi)
    (entry,) = rating.measure_entries.all()
    assert (entry.label, entry.numerator, entry.denominator) == (
        "Survey 2022, 2 questions", 240, 356,
    )  # fmt: skip
    assert rating.computed_rating == Rating.MEETS  # 67.4 %
    assert rating.version == survey_pi.version + 1
    assert rating.changed_by.memberships.get().role == Role.COORDINATOR
    assert [str(question) for question in rating.survey.questions.all()] == [
        "My office is fair",
        "Leaders lead",
    ]


def test_a_saved_survey_shows_its_result_and_its_numbers(coordinator, survey_pi):
    page = coordinator(survey_pi).post(url_of(survey_pi), SURVEY, follow=True)
    assert "67.4 % positive: 240 of 356 answers agree or strongly agree." in text_of(page)
    assert "178 of 255 people answered (69.8 %)." in text_of(page)
    fields = form_on(page, "calculator")
    assert (fields["rows-0-text"], fields["rows-0-agree"]) == ("My office is fair", "70")
    assert (fields["version"], fields["rows-TOTAL_FORMS"]) == ("1", "10")


def test_a_question_needs_no_words(coordinator, survey_pi):
    coordinator(survey_pi).post(url_of(survey_pi), survey_data(("", 1, 0, 0, 0, 0)))
    assert str(Survey.objects.get().questions.get()) == "Question 1"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (survey_data(("Q", -1, 0, 0, 0, 5)), "A number of people cannot be below 0."),
        (survey_data(("Q", "many", 0, 0, 0, 5)), "Write a whole number."),
        (
            survey_data(("Q", 100, 79, 0, 0, 0)),
            "179 answers, but only 178 people answered the survey.",
        ),
        (survey_data(("Q", 0, 0, 0, 0, 0)), "Enter how many gave each answer, or empty the row."),
        (
            survey_data(("Q", "", "", "", "", "")),
            "Enter how many gave each answer, or empty the row.",
        ),
        (survey_data(), "Enter the answers to at least one question."),
        (survey_data(("Q", 1, 0, 0, 0, 0), answered=300), "300 answered, but only 255 were asked."),
        (
            survey_data(("Q", 1, 0, 0, 0, 0), answered=0),
            "Nobody answered: there is nothing to count.",
        ),
        (survey_data(("Q", 1, 0, 0, 0, 0), year=22), "Write the year with four digits."),
        (survey_data(("Q", 1, 0, 0, 0, 0), expected=""), "This field is required."),
    ],
)
def test_a_survey_that_cannot_be_is_refused_and_keeps_what_was_typed(
    coordinator, survey_pi, data, sentence
):
    page = coordinator(survey_pi).post(url_of(survey_pi), data)
    assert page.status_code == 422
    assert sentence in text_of(page)
    sent = form_on(page, "calculator")
    assert {name: sent.get(name) for name in data} == {name: str(data[name]) for name in data}
    assert not Survey.objects.exists()
    assert not stored(survey_pi).measure_entries.exists()


def test_a_survey_that_contradicts_the_agreed_rating_is_refused_whole(coordinator):
    rating = make_rating(code="4.2", entries=[(130, 178)], rating=Rating.MEETS)
    low = survey_data(("Q", 10, 10, 100, 10, 10))
    page = coordinator(rating).post(url_of(rating), low)
    assert page.status_code == 422
    assert "The agreed rating differs from what the criteria give: say why." in text_of(page)
    assert form_on(page, "calculator")["rows-0-neutral"] == "100"
    assert not Survey.objects.exists()
    assert stored(rating).measure_entries.get().numerator == 130


def test_the_page_says_which_row_entered_by_hand_goes_away(coordinator):
    rating = make_rating(code="4.2", entries=[(130, 178)])
    page = coordinator(rating).get(url_of(rating))
    assert "in place of what was entered by hand: Area 1 (130 / 178)." in text_of(page)


def test_fewer_than_five_people_are_warned_of_and_saved(coordinator, survey_pi):
    data = survey_data(("Q", 1, 1, 1, 1, 0), answered=4)
    page = coordinator(survey_pi).post(url_of(survey_pi), data, follow=True)
    assert "Fewer than 5 people answered" in text_of(page)
    assert Survey.objects.get().answered == 4


def test_numbers_that_somebody_saved_meanwhile_are_not_overwritten(coordinator, survey_pi):
    client = coordinator(survey_pi)
    client.post(url_of(survey_pi), SURVEY)
    late = survey_data(("Late", 1, 0, 0, 0, 0))
    page = client.post(url_of(survey_pi), late)
    assert page.status_code == 409
    assert "saved other numbers at" in text_of(page)
    assert Survey.objects.get().questions.count() == 2
    again = form_on(page, "calculator")
    assert again["rows-0-text"] == "Late"
    client.post(url_of(survey_pi), again)
    assert str(Survey.objects.get().questions.get()) == "Late"


def test_answers_that_two_people_enter_alike_count_for_the_second_too(coordinator, survey_pi):
    client = coordinator(survey_pi)
    client.post(url_of(survey_pi), SURVEY)
    page = client.post(url_of(survey_pi), SURVEY | {"year": 2021})
    assert page.status_code == 409
    client.post(url_of(survey_pi), form_on(page, "calculator"))
    survey = Survey.objects.get()
    assert (survey.year, survey.questions.count()) == (2021, 2)
