import pytest

from assessments.tests.factories import make_assessment, make_rating
from report.chapters.change import Direction
from report.contents import AssessmentReport
from report.html import document
from report.tables.findings import findings as findings_table
from report.tests.lookup import change_of, findings_of
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("before", "now", "direction"),
    [
        (Rating.APPROACHES, Rating.MEETS, Direction.ROSE),
        (Rating.MEETS, Rating.APPROACHES, Direction.FELL),
        (Rating.MEETS, Rating.MEETS, Direction.UNCHANGED),
        (None, Rating.MEETS, Direction.NEW),
        (Rating.MEETS, None, Direction.NOT_RATED),
    ],
)
def test_change_compares_with_the_earlier_assessment(before, now, direction):
    earlier = make_assessment(year=2021)
    make_rating(assessment=earlier, rating=before, difference_reason="So.")
    current = make_assessment()
    make_rating(assessment=current, rating=now, difference_reason="So.")

    report = AssessmentReport.of(current)

    assert report.change.previous_year == 2021
    assert change_of(report, "2.2").direction == direction


def test_carried_rating_without_an_earlier_one_says_that_none_is_recorded():
    make_assessment(year=2021)
    current = make_assessment()
    make_rating(
        assessment=current, is_reassessed=False, rating=Rating.MEETS, difference_reason="So."
    )

    assert change_of(AssessmentReport.of(current), "2.2").direction == Direction.NOT_RECORDED


def test_latest_of_several_earlier_assessments_is_compared_with():
    for year in (2019, 2021, 2020):
        make_assessment(year=year)

    assert AssessmentReport.of(make_assessment()).change.previous_year == 2021


def test_fall_is_printed_with_its_reason():
    make_rating(
        assessment=make_assessment(year=2021), rating=Rating.EXCEEDS, difference_reason="So."
    )
    current = make_assessment()
    make_rating(
        assessment=current,
        rating=Rating.MISSING,
        regression_reason="The group was dissolved.",
    )
    report = AssessmentReport.of(current)

    assert change_of(report, "2.2").regression_reason == "The group was dissolved."
    assert findings_of(report, "2.2").regression_reason == "The group was dissolved."


@pytest.mark.parametrize("before", [Rating.MISSING, Rating.APPROACHES, None])
def test_reason_for_a_fall_that_did_not_come_is_printed_nowhere(before):
    make_rating(assessment=make_assessment(year=2021), rating=before, difference_reason="So.")
    current = make_assessment()
    make_rating(
        assessment=current,
        rating=Rating.APPROACHES,
        difference_reason="So.",
        regression_reason="The group was dissolved.",
    )
    report = AssessmentReport.of(current)

    assert findings_of(report, "2.2").regression_reason == ""
    assert change_of(report, "2.2").regression_reason == ""
    assert "The group was dissolved." not in document(report)
    assert not any("The group was dissolved." in row for row in findings_table(report).rows)


def test_first_assessment_on_record_has_nothing_to_compare_with():
    change = AssessmentReport.of(make_assessment()).change

    assert (change.previous_year, change.rows) == (None, ())
