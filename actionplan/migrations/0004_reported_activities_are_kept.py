"""The database keeps the text of a year whose report has gone to the heads of agency.

Only changes are refused: additions are rows of their own. On SQLite a later migration that rebuilds
the table drops the trigger with it, and says this step again; a test looks whether it is there.
"""

from django.db import migrations

TABLE = "actionplan_activity"
SENTENCE = "the report of this year is closed: add to it instead"
IS_CLOSED = """
EXISTS (
    SELECT 1 FROM actionplan_actionpoint AS point
    JOIN actionplan_actionplan AS plan ON plan.id = point.plan_id
    JOIN accounts_cooperationframework AS cycle ON cycle.id = plan.cooperation_framework_id
    JOIN assessments_assessment AS assessment
        ON assessment.team_id = cycle.team_id AND assessment.year = {row}.year
    WHERE point.id = {row}.action_point_id
        AND assessment.state NOT IN ('planning', 'scoring', 'consolidation')
)
"""
MAKE = {
    "sqlite": [
        f"""
        CREATE TRIGGER {TABLE}_is_kept
        BEFORE UPDATE OF text, no_action, year, action_point_id ON {TABLE}
        WHEN {IS_CLOSED.format(row="OLD")}
        BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END
        """
    ],
    "postgresql": [
        f"""
        CREATE FUNCTION {TABLE}_keep() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {IS_CLOSED.format(row="OLD")} THEN
                RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$
        """,
        f"""
        CREATE TRIGGER {TABLE}_is_kept
        BEFORE UPDATE OF text, no_action, year, action_point_id ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION {TABLE}_keep()
        """,
    ],
}
UNMAKE = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {TABLE}_is_kept"],
    "postgresql": [f"DROP FUNCTION IF EXISTS {TABLE}_keep() CASCADE"],
}


def make(apps, schema_editor):
    run(MAKE, schema_editor)


def unmake(apps, schema_editor):
    run(UNMAKE, schema_editor)


def run(statements, schema_editor):
    for statement in statements[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("actionplan", "0003_versions_of_activities"),
        ("accounts", "0002_cache_table"),
        ("assessments", "0005_presence"),
    ]

    operations = [migrations.RunPython(make, unmake)]
