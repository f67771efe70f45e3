"""Pages on which somebody has to act say so, and lead to where they can."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Mail
from accounts.tests.factories import make_membership, make_user
from assessments import transitions as moves
from assessments.tests.factories import make_person
from assessments.tests.pages import text_of
from endorsement import closing
from endorsement.models import QueryMessage
from endorsement.tests.factories import make_delegation, make_query
from endorsement.tests.flow import quick_printer, team

__all__ = ["quick_printer", "team"]
pytestmark = pytest.mark.django_db
HOME, MY_TASKS = reverse("assessments:home"), reverse("assessments:tasks")


def visit(client, user, address):
    client.force_login(user)
    return client.get(address)


def test_an_objection_leads_the_coordinator_to_reopening(client, team):
    team.request()
    address = reverse("endorsement:detail", args=[team.assessment.pk])
    way = reverse("assessments:reopen", args=[team.assessment.pk])
    assert way not in visit(client, team.coordinator, address).content.decode()
    team.decide(team.fao, "object", codes=["2.2"])
    page = visit(client, team.coordinator, address)
    assert "There is an objection." in text_of(page)
    assert way in page.content.decode()
    assert way not in visit(client, team.undp, address).content.decode()
    team.decide(team.fao)
    assert way not in visit(client, team.coordinator, address).content.decode()


def test_the_page_says_for_whom_an_officer_in_charge_decides(client, team):
    team.request()
    seat, today = team.seat(team.undp), timezone.localdate()
    officer = make_membership(team=team.assessment.team)
    make_delegation(seat=seat, officer=officer, first_day=today, last_day=today + timedelta(days=2))
    page = text_of(visit(client, officer.user, seat.get_absolute_url()))
    assert f"You decide for {team.undp} (UNDP) as officer-in-charge, from" in page
    assert "You decide for" not in text_of(visit(client, team.undp, seat.get_absolute_url()))


def test_a_decision_that_waits_stands_on_the_start_page(client, team):
    team.request()
    page = visit(client, team.undp, HOME)
    assert "1 report waits for my decision" in text_of(page)
    assert team.seat(team.undp).get_absolute_url() in page.content.decode()
    team.decide(team.undp)
    assert "waits for my decision" not in text_of(visit(client, team.undp, HOME))


def test_queries_stand_among_the_tasks_of_coordinators_until_they_are_answered(client, team):
    type(team.assessment).objects.update(state="submitted")
    query = make_query(assessment=team.now, due=timezone.localdate())
    make_query(assessment=team.now, closed_by=make_user(), closed_at=timezone.now())
    page = visit(client, team.coordinator, MY_TASKS)
    assert "1 query of UN Women waits for my answer" in text_of(page)
    assert query.get_absolute_url() in page.content.decode()
    assert "Nothing waits for you" not in text_of(page)
    member = make_person("member", assessment=team.assessment)
    assert "Nothing waits for you" in text_of(visit(client, member, MY_TASKS))
    facts = {"query": query, "by": team.coordinator, "at": timezone.now(), "text": "So."}
    QueryMessage.objects.create(**facts, is_from_reviewer=False)
    assert "Nothing waits for you" in text_of(visit(client, team.coordinator, MY_TASKS))
    QueryMessage.objects.create(**facts, is_from_reviewer=True)
    assert "1 query of UN Women" in text_of(visit(client, team.coordinator, MY_TASKS))


REASON = "Please name the source of PI 2.2."


def sent_back(team):
    reviewer = make_user(is_reviewer=True, name="Reviewer, UN Women")
    type(team.assessment).objects.update(state="submitted")
    moves.send_back(team.now, by=reviewer, reason=REASON)
    return reviewer


@pytest.mark.parametrize("name", ["endorsement:detail", "review:detail"])
def test_why_a_report_was_sent_back_stands_where_it_is_mended_until_it_is_accepted(
    client, team, name
):
    reviewer, address = sent_back(team), reverse(name, args=[team.assessment.pk])
    page = text_of(visit(client, team.coordinator, address))
    assert "Reviewer, UN Women sent the assessment back to consolidation on" in page
    assert REASON in page
    type(team.assessment).objects.update(state="submitted")
    assert REASON in text_of(visit(client, reviewer, address))
    type(team.assessment).objects.update(state="accepted")
    assert REASON not in text_of(visit(client, reviewer, address))


def test_the_mail_of_a_return_says_that_endorsement_comes_before_submission(team):
    sent_back(team)
    mail = Mail.objects.get(event="returned")
    assert REASON in mail.text
    assert "request endorsement again" in mail.text


def test_what_can_change_while_the_heads_decide_is_said_before_they_are_asked(client, team):
    asking = reverse("endorsement:request", args=[team.assessment.pk])
    said = "The action plan and the people of the team can still change"
    assert said in text_of(visit(client, team.coordinator, asking))
    team.request()
    moves.reopen(team.now, by=team.coordinator, reason="To mend it.")
    assert said in text_of(visit(client, team.coordinator, asking))


def test_of_two_last_decisions_at_once_neither_is_told_that_it_came_too_late(
    client, team, monkeypatch
):
    team.request(kind="quorum", quorum=1)

    def closed_by_the_other(assessment, *, by, site):
        monkeypatch.undo()
        team.close()
        return closing.close_if_fulfilled(assessment, by=by, site=site)

    team.decide(team.undp)
    monkeypatch.setattr("endorsement.views.closing.close_if_fulfilled", closed_by_the_other)
    client.force_login(team.coordinator)
    address = reverse("endorsement:close", args=[team.assessment.pk])
    page = text_of(client.post(address, follow=True))
    assert "The rule is fulfilled: the report is endorsed." in page
    assert "where this is not possible" not in page
