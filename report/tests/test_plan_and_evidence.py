import pytest

from assessments.tests.factories import make_assessment, make_rating
from report.contents import AssessmentReport
from report.tests.factories import make_action_point, make_citation, make_document

pytestmark = pytest.mark.django_db


def test_action_plan_counts_its_years_up_to_the_assessment():
    assessment = make_assessment()
    make_action_point(
        assessment=assessment, first_year=2019, activities={2020: "Done.", 2023: "Planned."}
    )

    plan = AssessmentReport.of(assessment).action_plan

    assert plan.years == ("Year 1 (2019)", "Year 2 (2020)", "Year 3 (2021)", "Year 4 (2022)")
    assert plan.dimensions[0].points[0].activities == ("", "Done.", "", "")


def test_plan_that_begins_after_the_assessment_has_no_years_yet():
    assessment = make_assessment()
    make_action_point(assessment=assessment, first_year=2023)

    assert AssessmentReport.of(assessment).action_plan.years == ()


def test_action_points_stand_in_the_order_of_their_indicators():
    assessment = make_assessment()
    for code in ("7.1", "1.2", "1.1"):
        make_action_point(assessment=assessment, code=code)

    dimensions = AssessmentReport.of(assessment).action_plan.dimensions

    assert [point.code for row in dimensions for point in row.points] == ["1.1", "1.2", "7.1"]


def test_document_under_two_indicators_counts_twice_as_entry_and_once_as_document():
    assessment = make_assessment()
    document = make_document(team=assessment.team)
    for rating in assessment.indicator_ratings.in_order()[:2]:
        make_citation(rating=rating, document=document)

    evidence = AssessmentReport.of(assessment).evidence

    assert (evidence.entry_count, evidence.document_count) == (2, 1)


def test_evidence_is_grouped_by_category_in_the_order_of_the_framework():
    rating = make_rating()
    for title, category in (("B", "Other"), ("A", "Communication/Advocacy"), ("a", "Other")):
        make_citation(rating=rating, title=title, category=category)

    indicators = AssessmentReport.of(rating.assessment).evidence.indicators
    categories = next(row.categories for row in indicators if row.code == "2.2")

    assert [(row.title, [d.title for d in row.documents]) for row in categories] == [
        ("Communication/Advocacy", ["A"]),
        ("Other", ["a", "B"]),
    ]


def test_document_cited_for_criteria_is_listed_once_with_its_places():
    rating = make_rating()
    document = make_document(team=rating.assessment.team)
    make_citation(rating=rating, document=document)
    make_citation(rating=rating, document=document, key="b", page="12", quote="We did.")
    make_citation(rating=rating, document=document, key="a", page="3-5")

    evidence = AssessmentReport.of(rating.assessment).evidence
    (category,) = next(row.categories for row in evidence.indicators if row.code == "2.2")

    assert [row.places for row in category.documents] == [
        ("(a), page 3-5", "(b), page 12: “We did.”")
    ]
    assert evidence.entry_count == 1
