"""The administration: people, and teams to be set up. It cannot leave a team without a head."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.urls import reverse

from accounts.models import Membership, User
from accounts.tests.factories import PASSWORD, make_membership, make_team, make_user

pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture
def root(client):
    root = make_user(name="Root", is_staff=True, is_superuser=True)
    client.force_login(root)
    return root


def change(client, person, **fields):
    form = {"name": person.name, "email": person.email, "is_active": "on"} | fields
    form |= {f"memberships-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
    form = {name: text for name, text in form.items() if text != ""}
    return client.post(reverse("admin:accounts_user_change", args=[person.pk]), form, follow=True)


@pytest.mark.usefixtures("root")
def test_the_only_coordinator_of_a_team_cannot_be_shut_out(client):
    membership = make_membership(role=Role.COORDINATOR)
    page = change(client, membership.user, is_active="")
    assert "is the only coordinator of UNCT in Kazakhstan" in page.content.decode()
    membership.user.refresh_from_db()
    assert membership.user.is_active


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_others_can_be_shut_out_and_are_signed_out_by_it(client, role):
    person = make_membership(role=role).user
    elsewhere = type(client)()
    elsewhere.force_login(person)
    change(client, person, is_active="")
    person.refresh_from_db()
    assert not person.is_active
    assert elsewhere.get(reverse("accounts:account")).status_code == 302


@pytest.mark.usefixtures("root")
def test_a_coordinator_beside_another_can_be_shut_out(client):
    membership = make_membership(role=Role.COORDINATOR)
    make_membership(team=membership.team, role=Role.COORDINATOR)
    change(client, membership.user, is_active="")
    membership.user.refresh_from_db()
    assert not membership.user.is_active


@pytest.mark.usefixtures("root")
def test_nobody_who_ever_belonged_to_a_team_can_be_deleted(client):
    person = make_membership().user
    delete = reverse("admin:accounts_user_delete", args=[person.pk])
    client.post(delete, {"post": "yes"})
    assert User.objects.filter(pk=person.pk).exists()


@pytest.mark.usefixtures("root")
def test_a_new_address_signs_in_and_the_old_one_no_more(client):
    person = make_user(email="old@example.org")
    change(client, person, email="new@example.org")
    browser = type(client)()
    for email, opens in (("old@example.org", False), ("new@example.org", True)):
        form = {"login": email, "password": PASSWORD}
        page = browser.post(reverse("account_login"), form, follow=True)
        assert page.context["user"].is_authenticated == opens


@pytest.mark.usefixtures("root")
def test_a_person_added_here_can_sign_in_and_change_the_address(client):
    form = {"name": "Amina", "email": "amina@example.org", "password1": PASSWORD}
    form |= {"password2": PASSWORD, "usable_password": "true"}
    form |= {f"memberships-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
    client.post(reverse("admin:accounts_user_add"), form)
    person = User.objects.get(email="amina@example.org")
    assert person.emailaddress_set.get().verified


@pytest.mark.usefixtures("root")
def test_a_team_leads_to_its_people(client):
    team = make_team()
    page = client.get(reverse("admin:accounts_countryteam_changelist")).content.decode()
    assert f'href="{team.people_url}"' in page
    add = client.get(reverse("admin:accounts_countryteam_add")).content.decode()
    assert "Save the team, then invite its coordinator." in add


@pytest.mark.usefixtures("root")
def test_second_steps_of_a_lost_device_are_removed_and_the_person_is_told(
    client, django_capture_on_commit_callbacks
):
    lost, other = make_user(email="lost@example.org"), make_user()
    for person in (lost, other):
        TOTP.activate(person, "secret")
    form = {"action": "remove_second_steps", "_selected_action": [lost.pk]}
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(reverse("admin:accounts_user_changelist"), form, follow=True)
    assert "Removed for 1 person." in page.content.decode()
    assert Authenticator.objects.get().user == other
    [message] = mail.outbox
    assert message.to == ["lost@example.org"]
    assert "Root has removed" in message.body


@pytest.mark.usefixtures("root")
def test_second_steps_are_not_removed_where_the_person_cannot_be_told(client, monkeypatch):
    lost = make_user(email="lost@example.org")
    TOTP.activate(lost, "secret")

    def fails(*arguments, **facts):
        raise RuntimeError("no database")

    monkeypatch.setattr("accounts.admin.notify", fails)
    form = {"action": "remove_second_steps", "_selected_action": [lost.pk]}
    with pytest.raises(RuntimeError):
        client.post(reverse("admin:accounts_user_changelist"), form)
    assert Authenticator.objects.get().user == lost
    assert not LogEntry.objects.exists()


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize("path", ["mfa/authenticator", "account/emailaddress", "usersessions"])
def test_secrets_and_proofs_of_address_cannot_be_looked_at(client, path):
    assert client.get(f"/admin/{path}/").status_code == 404


def test_members_have_no_administration(client):
    client.force_login(make_membership(role=Role.COORDINATOR).user)
    assert client.get(reverse("admin:index"), follow=True).status_code == 403
