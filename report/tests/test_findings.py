from datetime import UTC, datetime

import pytest
from django.utils import timezone

from accounts.models import CountryTeam
from accounts.tests.factories import make_user
from assessments.tests.factories import make_assessment, make_carried_rating, make_rating
from report.chapters.criteria import CriterionState
from report.contents import AssessmentReport
from report.tests.factories import make_citation
from report.tests.lookup import findings_of, overview_of
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db


def test_criteria_show_what_was_answered_and_what_a_measure_decides():
    rating = make_rating(code="2.1", met=["b"], refused=["c"], entries=[(1, 2)])

    findings = findings_of(AssessmentReport.of(rating.assessment), "2.1")

    assert [(row.name, row.state) for row in findings.criteria] == [
        ("(a, half)", CriterionState.MET),
        ("(a, all)", CriterionState.NOT_MET),
        ("(b)", CriterionState.MET),
        ("(c)", CriterionState.NOT_MET),
    ]


def test_criterion_that_nobody_answered_is_undecided():
    findings = findings_of(AssessmentReport.of(make_rating().assessment), "2.2")

    assert {row.state for row in findings.criteria} == {CriterionState.UNDECIDED}


def test_measure_sums_its_rows_when_there_are_several():
    rating = make_rating(code="1.3", entries=[(15, 16), (15, 29), (8, 33)])

    (measure,) = findings_of(AssessmentReport.of(rating.assessment), "1.3").measures

    assert [row.text for row in measure.rows] == [
        "15 of 16 (93.8 %)",
        "15 of 29 (51.7 %)",
        "8 of 33 (24.2 %)",
    ]
    assert measure.total.text == "38 of 78 (48.7 %)"


def test_measure_of_nothing_has_no_percentage():
    rating = make_rating(code="1.3", entries=[(0, 0)])

    (measure,) = findings_of(AssessmentReport.of(rating.assessment), "1.3").measures

    assert measure.rows[0].text == "0 of 0"
    assert measure.total is None


def test_rating_above_its_criteria_is_shown_with_what_it_lacks_and_the_reason():
    rating = make_rating(
        code="4.3",
        met=["b"],
        refused=["a"],
        rating=Rating.APPROACHES,
        difference_reason="The trend is good.",
    )
    report = AssessmentReport.of(rating.assessment)

    difference = findings_of(report, "4.3").difference

    assert difference.is_above
    assert difference.criteria_give.label == "Missing"
    assert (difference.lacking.rating.label, difference.lacking.criteria) == ("Approaches", "(a)")
    assert difference.reason == "The trend is good."
    assert overview_of(report, "4.3").criteria_give.label == "Missing"


def test_rating_that_its_criteria_give_shows_no_difference():
    rating = make_rating(met="abc", rating=Rating.MEETS)
    report = AssessmentReport.of(rating.assessment)

    assert findings_of(report, "2.2").difference is None
    assert overview_of(report, "2.2").criteria_give is None


def test_next_level_is_the_one_above_the_agreed_rating():
    rating = make_rating(met="bc", rating=Rating.MEETS)

    lacking = findings_of(AssessmentReport.of(rating.assessment), "2.2").lacking_for_next

    assert (lacking.rating.label, lacking.criteria) == ("Exceeds", "(d)")


def test_nothing_is_missing_above_the_highest_level():
    rating = make_rating(met="bcd", rating=Rating.EXCEEDS)

    assert findings_of(AssessmentReport.of(rating.assessment), "2.2").lacking_for_next is None


# Carried over


def test_carried_rating_shows_findings_criteria_and_evidence_of_its_origin():
    carried = make_carried_rating()
    carried.origin.findings = "What was found in 2021."
    carried.origin.save(update_fields=["findings"])
    make_citation(rating=carried.origin, title="Plan 2021")
    report = AssessmentReport.of(carried.assessment)

    findings = findings_of(report, "2.2")

    assert findings.origin == "Carried over from 2021, 1 year old"
    assert findings.findings == "What was found in 2021."
    assert [row.name for row in findings.criteria if row.state == CriterionState.MET] == [
        "(b)",
        "(c)",
    ]
    assert overview_of(report, "2.2").last_assessed == 2021
    assert report.evidence.entry_count == 1


@pytest.mark.parametrize(
    ("fields", "origin", "last_assessed"),
    [
        ({"is_reassessed": True}, "Reassessed in 2022", 2022),
        (
            {"is_reassessed": False, "origin_year": 2019},
            "Carried over from 2019, 3 years old",
            2019,
        ),
        (
            {"is_reassessed": False},
            "Not reassessed; the year of the last assessment is not recorded",
            None,
        ),
    ],
)
def test_origin_says_when_a_rating_was_last_assessed(fields, origin, last_assessed):
    report = AssessmentReport.of(make_rating(**fields).assessment)

    assert findings_of(report, "2.2").origin == origin
    assert overview_of(report, "2.2").last_assessed == last_assessed


def test_confirmation_of_a_carried_rating_says_who_when_and_why():
    rating = make_carried_rating(
        confirmation="The campaign runs on.",
        confirmed_by=make_user(name="Aigerim S."),
        confirmed_at=datetime(2022, 11, 22, 12, tzinfo=UTC),
    )

    findings = findings_of(AssessmentReport.of(rating.assessment), "2.2")

    assert findings.confirmed == "Confirmed unchanged by Aigerim S. on 22 Nov 2022, because:"
    assert findings.confirmation == "The campaign runs on."


def test_a_carried_rating_shows_the_note_of_its_origin_and_its_age():
    origin = make_rating(
        assessment=make_assessment(year=2021),
        is_reassessed=False,
        origin_year=2018,
        origin_note="Report 2018, page 12.",
    )
    report = AssessmentReport.of(make_carried_rating(origin=origin).assessment)

    assert findings_of(report, "2.2").origin == "Carried over from 2018, 4 years old"
    assert findings_of(report, "2.2").origin_note == "Report 2018, page 12."
    assert overview_of(report, "2.2").age == 4


def test_origins_of_all_pis_cost_no_query_each(django_assert_max_num_queries):
    earlier, later = make_assessment(year=2021), make_assessment(year=2022)
    for code in ["1.1", "2.2", "3.1", "4.1"]:
        origin = make_rating(assessment=earlier, code=code, rating=Rating.MISSING)
        make_carried_rating(origin=origin, assessment=later)

    with django_assert_max_num_queries(20):
        AssessmentReport.of(later)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland"])
def test_a_report_says_the_days_of_the_team_whoever_asks_for_it(zone):
    rating = make_carried_rating(
        confirmation="The campaign runs on.",
        confirmed_by=make_user(name="Aigerim S."),
        confirmed_at=datetime(2022, 11, 22, 20, tzinfo=UTC),
    )
    CountryTeam.objects.update(time_zone="Asia/Almaty")
    with timezone.override(zone):
        findings = findings_of(AssessmentReport.of(rating.assessment), "2.2")
    assert findings.confirmed == "Confirmed unchanged by Aigerim S. on 23 Nov 2022, because:"
