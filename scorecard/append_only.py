"""Tables whose rows are added and never changed, so that what happened stays told as it was."""

from django.db import models
from django.db.migrations.operations.base import Operation


class NeverChanged(Exception):
    """Something was about to change or delete a row that is kept as it was written."""


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **fields):
        raise NeverChanged(f"Rows of {self.model.__name__} are added, never changed.")

    def delete(self):
        raise NeverChanged(f"Rows of {self.model.__name__} are added, never deleted.")


class AppendOnlyModel(models.Model):
    """One thing that happened. Its migration also says AppendOnly(name), for whoever writes SQL."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **options):
        if not self._state.adding:
            raise NeverChanged(f"{type(self).__name__} {self.pk} is kept as it was written.")
        super().save(**options | {"force_insert": True})

    def delete(self, **options):
        raise NeverChanged(f"{type(self).__name__} {self.pk} is kept as it was written.")


POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of % are added, never changed', TG_TABLE_NAME; END $$
"""
MAKE = {
    "postgresql": [
        POSTGRESQL_FUNCTION,
        "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    ],
    "sqlite": [
        "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'rows of {table} are added, never changed'); END",
        "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'rows of {table} are added, never changed'); END",
        # REPLACE deletes without asking the trigger above, unless a connection turned on recursive
        # triggers; the sqlite3 shell does not.
        "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {is_there} "
        "BEGIN SELECT RAISE(ABORT, 'rows of {table} are added, never changed'); END",
    ],
}
UNMAKE = {
    "postgresql": ["DROP TRIGGER IF EXISTS {table}_append_only ON {table}"],
    "sqlite": [
        "DROP TRIGGER IF EXISTS {table}_no_update",
        "DROP TRIGGER IF EXISTS {table}_no_delete",
        "DROP TRIGGER IF EXISTS {table}_no_replace",
    ],
}


class AppendOnly(Operation):
    """Let the database itself refuse to change or delete rows of a model's table.

    On SQLite, altering a field or a constraint makes the table anew and loses this: repeat it after
    the alteration.
    """

    reversible = True

    def __init__(self, name):
        self.name = name

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self._run(UNMAKE, app_label, schema_editor, to_state)
        self._run(MAKE, app_label, schema_editor, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self._run(UNMAKE, app_label, schema_editor, to_state)

    def _run(self, statements, app_label, schema_editor, state):
        model = state.apps.get_model(app_label, self.name)
        words = {"table": model._meta.db_table, "is_there": _is_there(model)}
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement.format(**words), params=None)

    def describe(self):
        return f"Let the database refuse changes to rows of {self.name}"


def _is_there(model) -> str:
    """Return SQL: whether a row stands in the place of the new one, by any of its keys."""
    table = model._meta.db_table
    keys = [[field.name] for field in model._meta.local_fields if field.unique]
    keys += [constraint.fields for constraint in model._meta.total_unique_constraints]
    same = []
    for key in keys:
        columns = [model._meta.get_field(name).column for name in key]
        equal = " AND ".join(f"{column} = NEW.{column}" for column in columns)
        same.append(f"EXISTS (SELECT 1 FROM {table} WHERE {equal})")
    return " OR ".join(same)
