"""What was put before the heads of agency, and what they decided, stays as it was."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.tests.factories import make_user
from endorsement.models import (
    Ask,
    Decision,
    Endorsement,
    ObjectedIndicator,
    QueryMessage,
    ReportVersion,
    Submission,
)
from endorsement.tests.factories import (
    make_ask,
    make_decision,
    make_endorsement,
    make_query,
    make_submission,
    make_version,
)
from scorecard.append_only import NeverChanged
from scorecard.tests.triggers import REPLACE, as_another_program

pytestmark = pytest.mark.django_db


def make_objected():
    return make_decision(kind="object", codes=["2.2"]).objected.get()


def make_message():
    return make_query().messages.get()


MAKERS = {
    ReportVersion: make_version,
    Ask: make_ask,
    Decision: make_decision,
    ObjectedIndicator: make_objected,
    Endorsement: make_endorsement,
    Submission: make_submission,
    QueryMessage: make_message,
}
every_kind = pytest.mark.parametrize("model", MAKERS)


def values(row):
    return type(row).objects.filter(pk=row.pk).values().get()


@every_kind
def test_a_row_is_neither_saved_again_nor_deleted(model):
    row = MAKERS[model]()
    before = values(row)
    for attempt in (row.save, row.delete):
        with pytest.raises(NeverChanged):
            attempt()
    assert values(row) == before


@every_kind
def test_a_queryset_neither_updates_nor_deletes(model):
    row = MAKERS[model]()
    field = model._meta.pk.name
    attempts = [
        lambda: model.objects.update(pk=row.pk),
        lambda: model.objects.bulk_update([row], [_first_column(model)]),
        lambda: model.objects.all().delete(),
        lambda: model._base_manager.all()._raw_delete("default"),
    ]
    before = values(row)
    for attempt in attempts:
        with pytest.raises((NeverChanged, DatabaseError)), transaction.atomic():
            attempt()
    assert values(row) == before
    assert field == "id"


STATEMENTS = [
    "UPDATE {table} SET id = id",
    "DELETE FROM {table}",
    REPLACE[connection.vendor],
]


@every_kind
@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_whoever_writes_sql(model, statement):
    row = MAKERS[model]()
    before = values(row)
    with (
        pytest.raises(DatabaseError, match="added, never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table=model._meta.db_table))
    assert values(row) == before


@every_kind
def test_no_row_is_replaced_over_a_connection_that_is_not_the_site_s(model):
    row = MAKERS[model]()
    before = values(row)
    statement = REPLACE[connection.vendor].format(table=model._meta.db_table)
    with (
        as_another_program(connection) as cursor,
        pytest.raises(DatabaseError, match="added, never changed"),
        transaction.atomic(),
    ):
        cursor.execute(statement)
    assert values(row) == before


@pytest.mark.parametrize("model", [ReportVersion, Endorsement, Submission])
def test_the_administration_shows_the_row_and_changes_nothing(client, model):
    row = MAKERS[model]()
    before = values(row)
    client.force_login(make_user(is_staff=True, is_superuser=True))
    site = f"admin:endorsement_{model._meta.model_name}"
    page = client.get(reverse(f"{site}_change", args=[row.pk]))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    for route, arguments in [("change", [row.pk]), ("delete", [row.pk]), ("add", [])]:
        answer = client.post(reverse(f"{site}_{route}", args=arguments), {"post": "yes"})
        assert answer.status_code == 403, route
    chosen = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    client.post(reverse(f"{site}_changelist"), chosen)
    assert values(row) == before


def _first_column(model):
    return next(field.name for field in model._meta.fields if not field.primary_key)
