from datetime import date
from decimal import Decimal

import page as pdf_checker
import pytest
from django.utils import timezone

from accounts.tests.factories import make_cycle, make_entity, make_user
from actionplan.models import ActionPlan, Activity
from assessments.tests.factories import make_assessment
from report.chapters.plan_facts import PlanFact
from report.contents import AssessmentReport
from report.html import context, document
from report.pdf import pdf
from report.tests.factories import make_action_point, make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment():
    return make_assessment()


def plan_of(assessment):
    return AssessmentReport.of(assessment).action_plan


def told(assessment):
    (point,) = plan_of(assessment).points
    return [(fact.label, fact.text) for fact in point.facts]


def changed(point, **fields):
    for name, value in fields.items():
        setattr(point, name, value)
    point.save()
    return point


def test_of_a_point_with_nothing_but_a_text_nothing_more_is_told(assessment):
    make_action_point(assessment=assessment)
    assert told(assessment) == []


def test_who_until_when_with_what_and_how_far(assessment):
    point = changed(
        make_action_point(assessment=assessment),
        lead=make_entity(),
        start=date(2022, 1, 1),
        due=date(2023, 6, 30),
        resources_required=Decimal("12000"),
        currency="USD",
        status="under_way",
    )
    point.supporting.add(make_entity(acronym="WHO"))
    assert told(assessment) == [
        ("Lead", "UNDP"),
        ("Supporting", "WHO"),
        ("Dates", "1 Jan 2022 to 30 Jun 2023"),
        ("Resources", "USD 12,000.00 required"),
        ("Status", "Under way"),
    ]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (date(2022, 12, 31), []),
        (date(2022, 11, 30), [("Overdue", "1 month at the end of 2022")]),
        (date(2021, 12, 31), [("Overdue", "12 months at the end of 2022")]),
    ],
)
def test_lateness_is_that_of_the_end_of_the_reports_year(assessment, due, expected):
    changed(make_action_point(assessment=assessment), due=due)
    assert [fact for fact in told(assessment) if fact[0] == "Overdue"] == expected


def idle(point, *years):
    for year in years:
        Activity.objects.create(action_point=point, year=year, no_action=True)


def test_two_years_without_action_are_said_and_escalated(assessment):
    idle(make_action_point(assessment=assessment, first_year=2021), 2021, 2022)
    (point,) = plan_of(assessment).points
    assert point.activities == ("No action was taken.", "No action was taken.")
    assert point.facts == (
        PlanFact(label="Escalated", text="no action for 2 years running", needs_attention=True),
    )


def test_years_after_the_report_do_not_count_for_its_escalation(assessment):
    idle(make_action_point(assessment=assessment, first_year=2021), 2022, 2023)
    assert told(assessment) == []


def test_done_says_who_verified_it_with_what(assessment):
    now = timezone.datetime(2022, 11, 3, tzinfo=timezone.get_default_timezone())
    changed(
        make_action_point(assessment=assessment),
        status="done",
        claimed_by=make_user(),
        claimed_entity=make_entity(),
        claimed_at=now,
        verified_by=make_user(),
        verified_entity=make_entity(acronym="WHO"),
        verified_at=now,
        verification=make_document(team=assessment.team, title="Minutes"),
        due=date(2020, 1, 1),
    )
    assert told(assessment) == [
        ("Dates", "due 1 Jan 2020"),
        ("Status", "done, verified by WHO on 3 Nov 2022 with “Minutes”"),
    ]


def test_dropped_says_why(assessment):
    changed(make_action_point(assessment=assessment), status="dropped", dropped_reason="No funds.")
    assert told(assessment) == [("Status", "dropped: No funds.")]


def test_what_went_into_the_next_plan_says_where_it_goes_on(assessment):
    point = make_action_point(assessment=assessment)
    cycle = make_cycle(team=assessment.team, first_year=2026, last_year=2030)
    plan = ActionPlan.objects.create(cooperation_framework=cycle, title="Next", first_year=2026)
    later = make_assessment(cycle=cycle, year=2026)
    new = make_action_point(assessment=later)
    assert new.plan == plan
    changed(point, became=new)
    assert told(assessment) == [("Status", "goes on in the plan 2026-2030 as number 1")]


def test_an_addition_stands_in_the_reports_of_later_years_only(assessment):
    point = make_action_point(
        assessment=assessment, first_year=2021, activities={2021: "First.", 2022: "Second."}
    )
    at = timezone.datetime(2023, 3, 12, tzinfo=timezone.get_default_timezone())
    for year in (2021, 2022):
        Activity.objects.create(
            action_point=point, year=year, text="Later.", is_addition=True, by=make_user(), at=at
        )
    (shown,) = plan_of(assessment).points
    assert shown.activities == ("First.\n\nAdded on 12 Mar 2023: Later.", "Second.")


def test_points_with_dates_are_drawn_and_the_end_of_the_year_is_marked(assessment):
    changed(make_action_point(assessment=assessment), due=date(2023, 6, 30))
    report = AssessmentReport.of(assessment)
    (drawing,) = context(report, links=False)["timelines"]
    assert "due 30 Jun 2023" in drawing.title
    html = document(report)
    assert drawing.title in html
    assert "The broken line is the end of 2022." in html


def test_without_dates_there_is_no_timeline(assessment):
    make_action_point(assessment=assessment)
    assert "report-timeline" not in document(AssessmentReport.of(assessment))


def test_a_long_plan_is_drawn_in_parts_that_fit_a_page_and_can_be_read_aloud(assessment, tmp_path):
    for number in range(20):
        changed(make_action_point(assessment=assessment), due=date(2023, 1 + number % 12, 1))
    report = AssessmentReport.of(assessment)
    parts = context(report, links=False)["timelines"]
    assert [len(part.shapes) for part in parts] == [18, 2]
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf(document(report)))
    assert pdf_checker.validate_pdf(path, profile="ua1").failures == []
