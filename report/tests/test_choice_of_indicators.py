"""What action plan and evidence know of a PI reaches the page on which the PIs are chosen.

It stands here because this is the lowest app that sees all three.
"""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from accounts.models import Membership
from accounts.tests.factories import make_entity, make_membership, make_user
from actionplan.models import ActionPoint
from actionplan.tests.factories import make_plan, make_point, make_verification
from assessments.tests.factories import make_assessment, make_carried_rating, make_rating
from evidence.tests.factories import make_citation, make_document
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db


def finish(point, *, year):
    """Somebody says that the point is done, and somebody of another entity verifies it."""
    at = datetime(year, 6, 1, 12, tzinfo=ZoneInfo("UTC"))
    ActionPoint.objects.filter(pk=point.pk).update(
        status="done",
        claimed_by=make_user(),
        claimed_entity=make_entity(acronym="UNDP"),
        claimed_at=at,
        verified_by=make_user(),
        verified_entity=make_entity(acronym="UNFPA"),
        verified_at=at,
        verification=make_verification(team=point.plan.team),
    )


@pytest.fixture
def carried():
    """PI 2.2, assessed in 2021 and carried over into 2022, which is being planned."""
    earlier = make_assessment(year=2021, state="endorsed")
    origin = make_rating(assessment=earlier, code="2.2", met="bc", rating=Rating.MEETS)
    rating = make_carried_rating(origin=origin)
    rating.assessment.state = "planning"
    rating.assessment.save(update_fields=["state"])
    return rating


@pytest.fixture
def reasons(client, carried):
    """Return a function that reads what the page says for PI 2.2."""
    team = carried.assessment.team
    client.force_login(make_membership(team=team, role=Membership.Role.COORDINATOR).user)

    def reasons():
        page = client.get(reverse("assessments:choose", args=[carried.assessment_id]))
        text = " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())
        return text.split("2.2 Communication &amp; Advocacy")[1].split("2.3 ")[0]

    return reasons


def test_a_pi_without_news_has_nothing_that_speaks_for_it(reasons):
    assert "Nothing speaks for it this year" in reasons()


def test_an_action_point_finished_since_speaks_for_its_pi(carried, reasons):
    plan = make_plan(cycle=carried.assessment.cooperation_framework)
    finish(make_point(plan=plan, number=1), year=2021)  # known when it was assessed
    assert "action point" not in reasons()
    finish(make_point(plan=plan, number=2), year=2022)
    assert "1 action point finished since" in reasons()


def test_a_document_whose_period_is_over_speaks_for_its_pi(carried, reasons):
    team = carried.assessment.team
    current = make_document(team=team, period_to=date(2022, 12, 31))
    make_citation(rating=carried.origin, document=current)
    assert "period that is over" not in reasons()
    expired = make_document(team=team, content=b"%PDF-1.7 old", period_to=date(2021, 12, 31))
    make_citation(rating=carried.origin, document=expired)
    make_citation(rating=carried.origin, document=expired, criterion="b")
    assert "1 document covers a period that is over" in reasons()
