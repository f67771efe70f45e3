"""The page of a team's log, and the command that checks all of them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts import audit
from accounts.models import Membership
from accounts.tests.factories import make_membership, make_team, make_user
from accounts.tests.test_audit import make_entries, tamper

pytestmark = pytest.mark.django_db
Role = Membership.Role


def address(team):
    return reverse("accounts:log", args=[team.code])


def shown(client, team, **asked):
    return [str(entry) for entry in client.get(address(team), asked).context["page"]]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.RESIDENT_COORDINATOR])
def test_coordinators_read_the_log_newest_first_in_sentences(client, team, role):
    client.force_login(make_membership(team=team, role=role).user)
    make_entries(team, 2)
    assert shown(client, team) == [
        "Amina B. downloaded “Plan 2.pdf”.",
        "Amina B. downloaded “Plan 1.pdf”.",
    ]


@pytest.mark.usefixtures("coordinator")
def test_a_log_shows_nothing_of_another_team(client, team):
    make_entries(make_team(code="KGZ", country="Kyrgyzstan"))
    assert shown(client, team) == []
    assert "Nothing has happened yet" in client.get(address(team)).content.decode()


@pytest.mark.usefixtures("coordinator")
def test_filters_bind_together_and_what_is_unknown_does_not_bind(client, team):
    make_entries(team, 2)
    by = make_user(name="Timur K.")
    audit.record(team=team, action=audit.Action.EXPORT, by=by, object="report")
    assert shown(client, team, person="Timur K.") == ["Timur K. took out: report."]
    assert shown(client, team, person="Timur K.", action="download") == []
    assert len(shown(client, team, action="download")) == 2
    assert len(shown(client, team, year="1999", person="x", action="x")) == 3


@pytest.mark.usefixtures("coordinator")
def test_a_check_says_that_the_log_is_unbroken_or_where_it_is_not(client, team):
    make_entries(team)
    url = reverse("accounts:log_check", args=[team.code])
    assert "all 3 entries stand as they were" in client.post(url, follow=True).content.decode()
    tamper("DELETE FROM accounts_auditentry WHERE number = 2")
    assert "Entry 2 is missing." in client.post(url, follow=True).content.decode()


@pytest.mark.usefixtures("coordinator")
def test_the_page_keeps_its_queries(client, team, django_assert_max_num_queries):
    make_entries(team, 60)
    with django_assert_max_num_queries(8):
        client.get(address(team))


def verify(**options):
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_audit", stdout=out, stderr=err, **options)
    except CommandError as fault:
        return err.getvalue() + str(fault)
    return out.getvalue()


def test_the_command_checks_every_team(team):
    make_entries(team)
    make_entries(make_team(code="KGZ", country="Kyrgyzstan"), 1)
    assert verify() == "4 entries of 2 teams are as they were written.\n"
    tamper("UPDATE accounts_auditentry SET object = 'x' WHERE number = 2")
    assert verify().startswith("KAZ: Entry 2 was altered.\n")


def test_the_end_of_a_log_that_was_cut_off_is_found_by_what_was_kept_elsewhere(team, tmp_path):
    keep = tmp_path / "codes"
    entries = make_entries(team)
    verify(keep=keep)
    tamper("DELETE FROM accounts_auditentry WHERE number = 3")
    tamper("UPDATE accounts_audithead SET number = 2, code = %s", entries[1].code)
    assert verify().endswith("are as they were written.\n")
    assert verify(keep=keep).startswith(f"KAZ: Entry 3 is not the one that {keep} holds.\n")
    assert "KAZ 3 " in keep.read_text()


def test_what_was_kept_grows_with_the_log(team, tmp_path):
    keep = tmp_path / "codes"
    for _run in range(2):
        make_entries(team, 1)
        assert "as they were written" in verify(keep=keep)
    assert keep.read_text().startswith("KAZ 2 ")
