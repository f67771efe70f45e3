"""What heads, coordinators and reviewers read by phone: no table hides a column at the edge."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from endorsement import transitions as moves
from endorsement.review import transitions as review
from endorsement.tests.flow import make_team_that_agreed, quick_printer

__all__ = ["quick_printer"]
pytestmark = pytest.mark.browser


@pytest.fixture
def team(live_server, quick_printer):
    """Three versions, an earlier decision with a comment, handed in, two queries."""
    team = make_team_that_agreed()
    User.objects.filter(pk=team.fao.pk).update(name="Head of the Partnership and Liaison Office")
    User.objects.filter(pk=team.coordinator.pk).update(name="UNCT-SWAP Coordinator")
    team.request()
    team.decide(team.undp, comment="Well done, and please come back to the survey of CSOs.")
    for place, text in enumerate(["Much is well.", "Most is well."]):
        row = team.assessment.indicator_ratings.get(indicator__code="2.2")
        row.findings = text
        row.save()
        moves.take_in_changes(
            team.now, by=team.coordinator, is_raised=True, note="Please read chapter 7 first."
        )
        if place == 0:
            team.decide(team.undp, comment="Still well done.")
    team.endorse_all()
    review.submit(team.now, by=team.coordinator)
    indicator = team.assessment.indicator_ratings.get(indicator__code="1.1").indicator
    for key in ("a-all", "b-some"):
        review.ask(
            team.now,
            by=make_user(is_reviewer=True),
            indicator=indicator,
            criterion=indicator.criteria.get(key=key),
            text="Please explain or correct what stands there.",
            proposed_rating=1,
            due=timezone.localdate() + timedelta(days=20),
        )
    return team


def cut(page, within="main"):
    """The names of the tables of which a part is out of sight."""
    return page.locator(f"{within} [role=region]").evaluate_all(
        "boxes => boxes.filter(box => box.scrollWidth > box.clientWidth)"
        ".map(box => box.getAttribute('aria-labelledby') || box.getAttribute('aria-label'))"
    )


def test_versions_queries_and_the_record_of_decisions_fit(
    team, phone, signed_in, screenshot, assert_accessible
):
    page, pk = signed_in(phone, team.coordinator), team.assessment.pk
    page.goto(reverse("endorsement:detail", args=[pk]))
    assert "versions" not in cut(page)
    page.goto(reverse("review:detail", args=[pk]))
    assert "queries" not in cut(page)
    assert_accessible(page)
    screenshot(page, "review on a phone")
    page.goto(reverse("report:detail", args=[pk]))
    assert cut(page, ".report-record") == []
    rows = page.locator(".report-record tbody tr").all_inner_texts()
    undp = next(place for place, row in enumerate(rows) if row.startswith("UNDP"))
    assert [
        next(line for line in row.splitlines() if line.startswith("on version"))
        for row in rows[undp : undp + 3]
    ] == ["on version 3", "on version 2", "on version 1"]
    assert_accessible(page)
    screenshot(page, "record of endorsement on a phone")
