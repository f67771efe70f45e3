"""A comprehensive assessment from being set up to its report, as a coordinator goes through it."""

import re

import pytest
from django.urls import reverse

from accounts.models import Membership
from accounts.tests.factories import make_membership, make_team
from assessments import transitions
from assessments.models import Assessment
from assessments.workspace.content import form_data, stored_content
from report.contents import AssessmentReport
from scorecard.tests.factories import load_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    membership = make_membership(team=make_team(), role=Membership.Role.COORDINATOR)
    client.force_login(membership.user)
    return membership


def set_up(client, team, **fields):
    dates = ["planning_due", "scoring_due", "workshop_on", "endorsement_due", "submission_due"]
    sent = {"year": "2026", "kind": "comprehensive", "framework": load_edition("unct-swap-2023").pk}
    client.post(
        reverse("assessments:set_up", args=[team.code]),
        sent | dict.fromkeys(dates, "2026-12-15") | fields,
    )
    return Assessment.objects.get(year=(sent | fields)["year"])


def press(client, assessment, move):
    client.post(reverse(f"assessments:{move}", args=[assessment.pk]))
    return Assessment.objects.get(pk=assessment.pk)


def fill_in(client, rating):
    """Tick every criterion, write a finding, agree on what the criteria give."""
    sent = form_data(stored_content(rating), rating.indicator, version=rating.version)
    ticks = {name: "yes" for name in sent if name.endswith("-is_met")}
    fields = {"findings": f"Finding of {rating.indicator.code}.", "difference_reason": "Figures."}
    for agreed in ["4", "3", "2", "1"]:
        fields["rating"] = agreed
        response = client.post(rating.get_absolute_url(), sent | ticks | fields)
        if response.status_code == 302:
            return
    pytest.fail(f"PI {rating.indicator.code} was not saved: {response.content.decode()}")


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_comprehensive_assessment_goes_from_set_up_to_its_report(client, coordinator):
    new = {
        "new-title": "Cooperation Framework 2026-2030",
        "new-first_year": "2026",
        "new-last_year": "2030",
    }
    assessment = set_up(client, coordinator.team, **new)
    ratings = assessment.indicator_ratings.in_detail(assessment.framework)
    assert [rating.is_reassessed for rating in ratings] == [True] * 15

    page = words(client.get(assessment.get_absolute_url()))
    assert "Nobody is assigned to 1.1, 1.2, 1.3, 2.1" in page
    assert "Choose the PIs" not in page
    member = {f"pi-{rating.indicator.code}": coordinator.pk for rating in ratings}
    client.post(reverse("assessments:assignments", args=[assessment.pk]), member)
    assert press(client, assessment, "open_scoring").state == "scoring"
    for rating in ratings:
        fill_in(client, rating)
    assert press(client, assessment, "open_consolidation").state == "consolidation"
    transitions.request_endorsement(assessment, by=coordinator.user)

    text = words(client.get(reverse("report:detail", args=[assessment.pk])))
    assert "Comprehensive assessment report and action plan" in text
    assert "3 Methodology of a comprehensive assessment" in text
    assert "All indicators, as in every comprehensive assessment." in text
    assert "15 of 15 were assessed this year" in text
    assert "Carried over" not in text.split("7 Findings")[1].split("8 Action plan")[0]
    assert all(f"Finding of {rating.indicator.code}." in text for rating in ratings)


def test_the_year_after_carries_over_what_the_comprehensive_one_found(client, coordinator):
    new = {"new-title": "Cycle", "new-first_year": "2026", "new-last_year": "2030"}
    first = set_up(client, coordinator.team, **new)
    for rating in first.indicator_ratings.all():
        rating.rating = 1
        rating.save()
    Assessment.objects.filter(pk=first.pk).update(state="accepted")
    cycle = first.cooperation_framework_id
    annual = set_up(
        client, coordinator.team, year="2027", kind="annual", cooperation_framework=cycle
    )

    report = AssessmentReport.of(annual)
    rows = [row for dimension in report.overview.dimensions for row in dimension.rows]
    assert {(row.last_assessed, row.age, row.rating.label) for row in rows} == {
        (2026, 1, "Missing")
    }
    again = client.post(
        reverse("assessments:set_up", args=[coordinator.team.code]),
        {"year": "2028", "kind": "comprehensive", "cooperation_framework": cycle}
        | {"framework": first.framework_id},
    )
    assert again.status_code == 422
