import pytest
from django.urls import reverse

from accounts.models import Membership
from accounts.tests.factories import make_cycle, make_membership
from actionplan.models import ActionPoint
from actionplan.tests.factories import make_plan, make_point

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def coordinator(client, plan):
    membership = make_membership(team=plan.team, role=Membership.Role.COORDINATOR)
    client.force_login(membership.user)
    return membership


@pytest.fixture
def target(plan):
    return make_cycle(team=plan.team, title="Next", first_year=2026, last_year=2030)


def url(name):
    return reverse(f"actionplan:{name}", args=["KAZ", 2021])


def text_of(response):
    return " ".join(response.content.decode().split())


def test_without_a_next_cooperation_framework_it_says_what_is_missing(client, plan, coordinator):
    make_point(plan=plan)
    assert "The next Cooperation Framework is not set up yet" in text_of(
        client.get(url("roll-over"))
    )
    assert client.post(url("roll-over-confirm"), {"fate-1": "keep"}).status_code == 422


def test_without_open_points_there_is_nothing_to_decide(client, plan, coordinator, target):
    make_point(plan=plan, status="dropped", dropped_reason="No funds.")
    assert "Nothing to roll over" in text_of(client.get(url("roll-over")))


def test_a_preview_shows_the_next_plan_and_writes_nothing(client, plan, coordinator, target):
    for number in (1, 2, 3):
        make_point(plan=plan, number=number, text=f"Text {number}.")
    sent = {"fate-1": "keep", "fate-2": "merge", "into-2": "1"}
    sent |= {"fate-3": "drop", "reason-3": "No funds."}
    page = client.post(url("roll-over-preview"), sent)
    text = text_of(page)
    assert page.status_code == 200
    assert "1 action point goes on" in text
    assert "from 1, 2" in text.replace(" ,", ",")
    assert "No funds." in text
    assert not ActionPoint.objects.filter(became__isnull=False).exists()
    response = client.post(url("roll-over-confirm"), sent)
    assert response.url == "/teams/KAZ/plan/2026/"
    assert "The plan was rolled over into 2026-2030." in text_of(client.get(response.url))
    assert ActionPoint.objects.get(plan__first_year=2026).text == "Text 1.\n\nText 2."


def test_decisions_can_be_changed_after_the_preview(client, plan, coordinator, target):
    make_point(plan=plan)
    page = client.post(url("roll-over"), {"fate-1": "drop", "reason-1": "No funds."})
    assert page.status_code == 200
    assert page.context["form"]["reason-1"].value() == "No funds."


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"fate-1": "drop"}, "Action point 1: say why it is dropped."),
        ({"fate-1": "merge"}, "Action point 1: choose what it is merged into."),
        ({"fate-1": "merge", "into-1": "2"}, "what it is merged into must be kept itself"),
        ({}, "Decide what becomes of it."),
    ],
)
def test_what_does_not_hold_is_said_at_its_point(client, plan, coordinator, target, sent, sentence):
    make_point(plan=plan, number=1)
    make_point(plan=plan, number=2)
    sent = {"fate-2": "drop", "reason-2": "No funds."} | sent
    page = client.post(url("roll-over-preview"), sent)
    assert page.status_code == 422
    assert sentence in text_of(page)


def test_a_plan_that_changed_since_the_preview_is_decided_on_again(
    client, plan, coordinator, target
):
    make_point(plan=plan)
    sent = {"fate-1": "keep"}
    client.post(url("roll-over-preview"), sent)
    make_point(plan=plan, number=2)
    page = client.post(url("roll-over-confirm"), sent)
    assert page.status_code == 422
    assert "Decide what becomes of it." in text_of(page)
    assert not ActionPoint.objects.filter(became__isnull=False).exists()


def test_old_and_new_points_lead_to_each_other(client, plan, coordinator, target):
    old = make_point(plan=plan)
    client.post(url("roll-over-confirm"), {"fate-1": "keep"})
    old.refresh_from_db()
    assert old.became.get_absolute_url() in text_of(client.get(old.get_absolute_url()))
    assert old.get_absolute_url() in text_of(client.get(old.became.get_absolute_url()))
