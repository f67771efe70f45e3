"""What the pre-flight finds in the demo: the faults of the report that it was made from."""

import pytest
from django.core.management import call_command

from assessments.models import Assessment
from report.checks import Kind, Severity, preflight
from scorecard.tests.factories import load_edition

pytestmark = pytest.mark.django_db
WITHOUT_DOCUMENTS = ["1.1", "1.2", "1.3", "2.3", "4.2", "4.3", "5.1"]


@pytest.fixture
def checks():
    load_edition()
    call_command("load_demo", verbosity=0)
    return preflight(Assessment.objects.get(team__code="KAZ", year=2022))


def of_kind(checks, kind):
    return {check.code: check.sentence for check in checks if check.key == kind}


def test_parity_is_rated_above_its_criteria(checks):
    assert of_kind(checks, Kind.ABOVE_CRITERIA) == {
        "4.3": "PI 4.3 is agreed as Approaches, above its criteria: they give Missing. "
        "“Approaches” asks for (a), which is not recorded as met. Correct the criteria or the "
        "rating, or let the report print it with “≠” and your reason."
    }


def test_one_indicator_exceeds_without_a_document(checks):
    assert of_kind(checks, Kind.EXCEEDS_WITHOUT_DOCUMENT) == {
        "1.2": "PI 1.2 is rated Exceeds without a single document. Cite what shows it."
    }


def test_seven_indicators_have_no_documents(checks):
    found = of_kind(checks, Kind.NO_DOCUMENT) | of_kind(checks, Kind.EXCEEDS_WITHOUT_DOCUMENT)

    assert sorted(found) == WITHOUT_DOCUMENTS


def test_nine_carried_ratings_have_no_year(checks):
    assert sorted(of_kind(checks, Kind.ORIGIN_UNKNOWN)) == [
        "1.1", "1.2", "1.3", "2.1", "2.3", "3.1", "4.1", "4.3", "5.1",
    ]  # fmt: skip


def test_year_3_of_the_action_plan_repeats_year_2_under_seven_indicators(checks):
    found = of_kind(checks, Kind.ACTIVITY_REPEATED)

    assert sorted(found) == ["1.2", "1.3", "2.1", "2.2", "2.3", "3.1", "3.2"]
    assert found["1.2"] == (
        "Action point 2 (PI 1.2): Year 3 (2021) repeats the text of Year 2 (2020). "
        "Say what was undertaken in 2021."
    )


def test_no_action_point_names_a_lead_entity_and_a_due_date(checks):
    unowned = of_kind(checks, Kind.ACTION_OF_NOBODY)
    saying_nothing = of_kind(checks, Kind.ACTION_WITHOUT_TEXT)

    assert sorted(saying_nothing) == ["1.3", "4.1", "4.2"]
    assert len(unowned | saying_nothing) == 15
    assert "has no lead entity and no due date" in unowned["1.1"]


def test_nothing_stands_in_the_way_of_the_request(checks):
    assert {check.severity for check in checks} == {Severity.WARNS}
