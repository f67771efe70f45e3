"""A coordinator reminds one member, or all with open work: who is told, who may, what is said."""

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.urls import reverse

from accounts.models import Membership
from accounts.tests.factories import make_entity, make_membership, make_team
from assessments.models import ReminderSent
from assessments.tests.factories import make_assessment
from assessments.tests.pages import text_of
from assessments.tests.reminder_data import SITE, assessment, coordinator, member, site

__all__ = ["assessment", "coordinator", "member", "site"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
Role = Membership.Role


def address(assessment, person=None):
    if person is None:
        return reverse("assessments:reminder_all", args=[assessment.pk])
    return reverse("assessments:reminder", args=[assessment.pk, person.user_id])


def fail_with(monkeypatch, fault, *, to=None):
    """Let the mail server refuse: all mail, or that to one address."""
    sent = EmailMessage.send

    def send(self, *args, **kwargs):
        if to is None or to in self.to:
            raise fault
        return sent(self, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", send)


def test_page_says_to_whom_mail_goes_and_what_each_is_told(client, assessment, member, coordinator):
    client.force_login(coordinator.user)
    text = text_of(client.get(address(assessment)))
    assert "One mail goes to one person." in text
    assert member.user.email in text
    assert "PI 2.2 Communication & Advocacy: No findings yet · 1 criterion is undecided" in text
    assert coordinator.user.email not in text
    assert mail.outbox == []


@pytest.mark.parametrize("one", [True, False])
def test_coordinator_reminds_once_a_day(client, assessment, member, coordinator, one):
    client.force_login(coordinator.user)
    url = address(assessment, member if one else None)
    assert "Reminded: Aigerim S." in text_of(client.post(url, follow=True))
    assert "Reminded earlier today: Aigerim S." in text_of(client.post(url, follow=True))
    (letter,) = mail.outbox
    assert f"{SITE}/assessments/{assessment.pk}/indicators/2.2/" in letter.body


def test_without_a_setting_links_carry_the_address_of_the_page(
    client, assessment, member, coordinator, settings
):
    settings.SITE_URL = ""
    client.force_login(coordinator.user)
    client.post(address(assessment))
    assert f"http://testserver/assessments/{assessment.pk}/" in mail.outbox[0].body


def test_who_switched_reminders_off_is_named_and_gets_none(client, assessment, member, coordinator):
    member.user.wants_reminders = False
    member.user.save()
    client.force_login(coordinator.user)
    assert "They have switched reminders off." in text_of(client.get(address(assessment)))
    client.post(address(assessment))
    assert mail.outbox == []


def test_who_has_nothing_open_is_not_reminded(client, assessment, member, coordinator):
    assessment.indicator_ratings.update(is_reassessed=False)
    client.force_login(coordinator.user)
    assert "This person has nothing open" in text_of(client.get(address(assessment, member)))
    assert "Nobody has anything open" in text_of(client.get(address(assessment)))
    client.post(address(assessment, member))
    assert mail.outbox == []


def test_a_failing_server_is_said_and_leaves_no_row(
    client, assessment, member, coordinator, monkeypatch
):
    fail_with(monkeypatch, ConnectionRefusedError("down"))
    client.force_login(coordinator.user)
    text = text_of(client.post(address(assessment), follow=True))
    assert "The mail server did not take the mail to Aigerim S." in text
    assert not ReminderSent.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_other_roles_are_refused(client, assessment, member, role):
    client.force_login(make_membership(team=assessment.team, role=role).user)
    for url in (address(assessment), address(assessment, member)):
        assert client.get(url).status_code == 403
        assert client.post(url).status_code == 403
    assert mail.outbox == []


def test_other_teams_find_nothing(client, assessment, member):
    client.force_login(make_membership(team=make_team(code="KGZ"), role=Role.COORDINATOR).user)
    for url in (address(assessment), address(assessment, member)):
        assert client.get(url).status_code == 404
        assert client.post(url).status_code == 404


def test_people_of_other_teams_cannot_be_reminded(client, assessment, coordinator):
    stranger = make_membership(team=make_team(code="KGZ"))
    client.force_login(coordinator.user)
    assert client.post(address(assessment, stranger)).status_code == 404


def test_closed_assessments_are_told(client, assessment, coordinator):
    assessment.state = "endorsed"
    assessment.save()
    client.force_login(coordinator.user)
    assert client.post(address(assessment)).status_code == 409


def test_other_methods_are_refused(client, assessment, coordinator):
    client.force_login(coordinator.user)
    assert client.delete(address(assessment)).status_code == 405


def test_page_keeps_its_budget_with_forty_members(client, django_assert_max_num_queries):
    assessment = make_assessment()
    boss = make_membership(team=assessment.team, role=Role.COORDINATOR)
    for number in range(40):
        make_membership(team=assessment.team, entity=make_entity(acronym=f"E{number}"))
    client.force_login(boss.user)
    client.get(address(assessment))
    with django_assert_max_num_queries(12):
        client.get(address(assessment))
