"""The log of a team: what it holds, and that nothing in it can be changed unseen."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import audit
from accounts.audit.chain import START
from accounts.audit.forms import LogForm
from accounts.models import AuditEntry, AuditHead, Membership
from accounts.tests.factories import make_entity, make_membership, make_team, make_user
from accounts.transitions import change_role
from scorecard.append_only import NeverChanged
from scorecard.tests.triggers import triggers_off

pytestmark = pytest.mark.django_db


def make_entries(team, count=3):
    by = make_user(name="Amina B.")
    return [
        audit.record(team=team, action=audit.Action.DOWNLOAD, by=by, object=f"Plan {number}.pdf")
        for number in range(1, count + 1)
    ]


def tamper(sql, *values):
    """Do as somebody does who rules the database but has not the key."""
    with triggers_off(connection), connection.cursor() as cursor:
        cursor.execute(sql, values)


# What an entry holds


def test_an_entry_says_who_for_which_entity_did_what_in_a_sentence():
    team = make_team()
    person = make_membership(team=team, entity=make_entity(acronym="FAO")).user
    entry = audit.record(team=team, action=audit.Action.EXPORT, by=person, object="Report of 2022")
    assert str(entry) == f"{person.name} (FAO) took out: Report of 2022."


def test_an_entry_keeps_the_name_of_then():
    team, person = make_team(), make_user(name="Amina B.")
    entry = audit.record(team=team, action=audit.Action.DOWNLOAD, by=person, object="Plan.pdf")
    person.name = "Amina C."
    person.save()
    entry.refresh_from_db()
    assert str(entry) == "Amina B. downloaded “Plan.pdf”."
    assert audit.faults_of(team) == []


def test_a_command_on_the_server_is_no_person():
    entry = audit.record(team=make_team(), action=audit.Action.EXPORT, by=None, object="Report")
    assert str(entry) == "A command on the server took out: Report."


def test_a_command_is_named_in_the_language_of_the_reader_and_stored_in_one(catalogue):
    team = make_team()
    catalogue["A command on the server"] = "Une commande sur le serveur"
    entry = audit.record(team=team, action=audit.Action.EXPORT, by=None, object="Report")
    assert str(entry).startswith("Une commande sur le serveur")
    assert entry.by_name == "A command on the server"
    form = LogForm({"person": entry.by_name}, entries=AuditEntry.objects.in_team(team))
    assert (entry.by_name, "Une commande sur le serveur") in form.fields["person"].choices
    assert form.chosen.get() == entry


def test_numbers_run_without_gaps_in_each_team():
    team, other = make_team(), make_team(code="KGZ", country="Kyrgyzstan")
    entries = make_entries(team)
    assert [entry.number for entry in entries] == [1, 2, 3]
    assert [entry.number for entry in make_entries(other)] == [1, 2, 3]
    assert entries[0].previous == START
    assert entries[1].previous == entries[0].code


def test_what_is_taken_back_leaves_no_gap():
    team = make_team()
    make_entries(team, 1)
    with transaction.atomic():
        make_entries(team, 1)
        transaction.set_rollback(True)
    make_entries(team, 1)
    assert audit.faults_of(team) == []
    assert AuditHead.objects.get(team=team).number == 2


# What is refused


def test_the_model_refuses_to_change_or_delete():
    entry = make_entries(make_team(), 1)[0]
    entry.object = "another"
    for attempt in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(object="another"),
        lambda: AuditEntry.objects.bulk_update([entry], ["object"]),
    ):
        with pytest.raises(NeverChanged):
            attempt()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE accounts_auditentry SET object = 'another'",
        "UPDATE accounts_auditentry SET number = 9",
        "DELETE FROM accounts_auditentry",
    ],
)
def test_the_database_refuses_to_change_or_delete(sql):
    make_entries(make_team(), 1)
    with (
        pytest.raises(DatabaseError, match="added, never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


# What is found


def test_a_log_that_nobody_touched_has_no_fault():
    team = make_team()
    assert audit.faults_of(team) == []
    make_entries(team)
    assert audit.faults_of(team) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("object", "another"),
        ("detail", "another"),
        ("by_name", "Nobody"),
        ("by_entity", "FAO"),
        ("action", "export"),
        ("at", "2020-01-01 00:00:00+00:00"),
        ("by_id", None),
    ],
)
def test_an_altered_entry_is_found_whatever_was_altered(column, value):
    team = make_team()
    make_entries(team)
    tamper(f"UPDATE accounts_auditentry SET {column} = %s WHERE number = 2", value)
    assert audit.faults_of(team) == ["Entry 2 was altered."]


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ("1", "Entry 1 is missing."),
        ("2", "Entry 2 is missing."),
        ("3", "Entry 3 is missing."),
        ("2, 3", "Entries 2 to 3 are missing."),
        ("1, 2, 3", "Entries 1 to 3 are missing."),
    ],
)
def test_a_missing_entry_is_found_wherever_it_stood(numbers, found):
    team = make_team()
    make_entries(team)
    tamper(f"DELETE FROM accounts_auditentry WHERE number IN ({numbers})")
    assert audit.faults_of(team) == [found]


def test_an_entry_that_was_not_noted_as_the_newest_is_told():
    team = make_team()
    make_entries(team, 2)
    tamper("UPDATE accounts_audithead SET number = 1")
    assert audit.faults_of(team) == ["Entry 2 is not the one that was noted as the newest."]


def test_each_fault_is_told_in_the_language_of_the_reader(catalogue):
    team = make_team()
    make_entries(team)
    catalogue["Entry %(first)s was altered."] = "L'entrée %(first)s a été modifiée."
    tamper("UPDATE accounts_auditentry SET object = 'another' WHERE number = 2")
    assert audit.faults_of(team) == ["L'entrée 2 a été modifiée."]


def test_entries_that_changed_places_are_found():
    team = make_team()
    make_entries(team)
    for former, number in ((2, 9), (3, 2), (9, 3)):
        tamper("UPDATE accounts_auditentry SET number = %s WHERE number = %s", number, former)
    assert audit.faults_of(team)


def test_an_entry_moved_to_another_team_is_found_in_both():
    team, other = make_team(), make_team(code="KGZ", country="Kyrgyzstan")
    make_entries(team, 1)
    tamper("UPDATE accounts_auditentry SET team_id = %s", other.pk)
    assert audit.faults_of(team) == ["Entry 1 is missing."]
    assert "Entry 1 was altered." in audit.faults_of(other)


def test_with_another_key_every_entry_counts_as_altered(settings):
    team = make_team()
    make_entries(team)
    settings.AUDIT_KEY = "another key"
    assert len(audit.faults_of(team)) == 3


# What else writes to it


def test_a_change_of_role_is_in_the_log_in_the_sentence_of_the_people_page():
    membership = make_membership(role=Membership.Role.MEMBER)
    by = make_user(name="Coordinating Person")
    change_role(membership, role=Membership.Role.OBSERVER, entity=membership.entity, by=by)
    entry = AuditEntry.objects.get(team=membership.team)
    event = membership.team.people_events.get()
    assert (entry.action, entry.detail) == (audit.Action.PEOPLE, str(event))
