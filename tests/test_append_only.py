"""Tables whose rows are added and never changed, as the database keeps them."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.utils import IntegrityError

from accounts import audit
from accounts.models import AuditEntry
from accounts.tests.factories import make_team, make_user
from scorecard.append_only import AppendOnlyModel
from scorecard.tests.triggers import as_another_program

pytestmark = pytest.mark.django_db
MODELS = [model for model in apps.get_models() if issubclass(model, AppendOnlyModel)]
TRIGGERS = {
    "sqlite": (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        {"no_update", "no_delete", "no_replace"},
    ),
    "postgresql": ("SELECT tgname FROM pg_trigger", {"append_only"}),
}

REPLACE_BY_NUMBER = {
    "sqlite": "REPLACE INTO {table} ({names}) SELECT {values} FROM {table}",
    "postgresql": "INSERT INTO {table} ({names}) SELECT {values} FROM {table} "
    "ON CONFLICT (team_id, number) DO UPDATE SET by_name = EXCLUDED.by_name",
}


@pytest.mark.parametrize("model", MODELS)
def test_the_database_itself_keeps_every_such_table(model):
    """A migration that made the table anew lost the triggers, unless it said AppendOnly again."""
    statement, expected = TRIGGERS[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(statement)
        present = {name for (name,) in cursor.fetchall()}
    assert {f"{model._meta.db_table}_{name}" for name in expected} <= present


def test_no_row_takes_the_place_of_another_with_the_same_number():
    entry = audit.record(
        team=make_team(), action=audit.Action.DECISION, by=make_user(), object="a report"
    )
    columns = [field.column for field in AuditEntry._meta.fields if field.column != "id"]
    names = ", ".join(columns)
    values = ", ".join("'Nobody'" if column == "by_name" else column for column in columns)
    table = AuditEntry._meta.db_table
    statement = REPLACE_BY_NUMBER[connection.vendor].format(table=table, names=names, values=values)
    with (
        as_another_program(connection) as cursor,
        pytest.raises(DatabaseError, match="added, never changed"),
        transaction.atomic(),
    ):
        cursor.execute(statement)
    assert AuditEntry.objects.get() == entry
    assert AuditEntry.objects.get().by_name == entry.by_name


def test_two_rows_of_the_same_number_are_refused_as_everywhere():
    entry = audit.record(
        team=make_team(), action=audit.Action.DECISION, by=make_user(), object="a report"
    )
    entry.pk, entry._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.save()
