"""The tables that calculators make, as the report prints them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.tests.factories import make_user
from assessments.edition import indicators_of
from assessments.models import Parity, ParityCount, Survey, SurveyQuestion
from assessments.tests.factories import make_assessment, make_carried_rating, make_rating, stored
from report.as_json import as_json
from report.contents import AssessmentReport
from report.html import document

pytestmark = pytest.mark.django_db
NUMBERS = {"strongly_agree": 60, "agree": 70, "neutral": 30, "disagree": 10, "strongly_disagree": 8}


def make_survey(rating, *, questions=2):
    survey = Survey.objects.create(
        indicator_rating=rating, year=2022, expected=255, answered=178,
        changed_at=timezone.now(), changed_by=make_user(email=f"s{rating.pk}@example.org"),
    )  # fmt: skip
    for position in range(1, questions + 1):
        SurveyQuestion.objects.create(survey=survey, position=position, **NUMBERS)
    return rating


def make_parity(rating, *, entities=2):
    parity = Parity.objects.create(
        indicator_rating=rating, changed_at=timezone.now(),
        changed_by=make_user(email=f"p{rating.pk}@example.org"),
    )  # fmt: skip
    for position in range(1, entities + 1):
        ParityCount.objects.create(
            parity=parity,
            position=position,
            entity=f"Entity {position}",
            group="gs",
            women=3,
            men=1,
        )
    return rating


def tables(assessment, code):
    report = AssessmentReport.of(assessment)
    (found,) = (row for part in report.findings for row in part.indicators if row.code == code)
    return found.counted


def test_a_survey_is_printed_by_question_with_its_total():
    rating = make_survey(make_rating(code="4.2"))
    (table,) = tables(rating.assessment, "4.2")
    assert table.title == "Survey of personnel, 2022"
    assert table.sentence == "178 of 255 people answered (69.8 %)."
    assert table.columns == ("strongly agree", "agree", "neutral", "disagree", "strongly disagree")
    assert [(row.label, row.numbers, row.result) for row in table.rows] == [
        ("Question 1", (60, 70, 30, 10, 8), "73.03 %"),
        ("Question 2", (60, 70, 30, 10, 8), "73.03 %"),
        ("Together", (120, 140, 60, 20, 16), "73.03 %"),
    ]


def test_parity_is_printed_by_entity_and_group_with_the_band_in_words():
    rating = make_parity(make_rating(code="4.3"))
    (table,) = tables(rating.assessment, "4.3")
    assert table.sentence.startswith("Women are 75.0 % of 8 personnel in 2 entities: above")
    assert [(row.label, row.numbers, row.result) for row in table.rows] == [
        ("Entity 1", (3, 1, 4), "75.0 %, above the parity band"),
        ("Entity 2", (3, 1, 4), "75.0 %, above the parity band"),
        ("GS", (6, 2, 8), "75.0 %, above the parity band"),
        ("Together", (6, 2, 8), "75.0 %, above the parity band"),
    ]


def test_a_carried_pi_prints_the_numbers_of_its_origin():
    origin = make_survey(make_rating(assessment=make_assessment(year=2021), code="4.2"))
    carried = make_carried_rating(origin=stored(origin), code="4.2")
    assert [table.title for table in tables(carried.assessment, "4.2")] == [
        "Survey of personnel, 2022"
    ]


def test_page_and_json_say_the_same_numbers():
    rating = make_parity(make_rating(code="4.3"))
    report = AssessmentReport.of(rating.assessment)
    assert "75.0 %, above the parity band" in document(report)
    assert "75.0 %, above the parity band" in as_json(report).decode()


def test_other_pis_print_no_such_table():
    assert tables(make_assessment(), "2.2") == ()


def test_numbers_cost_the_same_queries_however_many_there_are():
    def queries(size):
        year = 2000 + size
        assessment = make_assessment(year=year)
        indicators_of(assessment.framework)  # read once a process
        make_survey(make_rating(assessment=assessment, code="4.2"), questions=size)
        make_parity(make_rating(assessment=assessment, code="4.3"), entities=size)
        with CaptureQueriesContext(connection) as captured:
            AssessmentReport.of(assessment)
        return len(captured)

    assert queries(1) == queries(30) <= 16
