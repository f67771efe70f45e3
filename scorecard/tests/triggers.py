"""Tests that tamper, and tests that clean up, do what a database's triggers refuse."""

from contextlib import contextmanager


@contextmanager
def triggers_off(connection):
    """Do as whoever rules the database can: change what its triggers would refuse."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            yield
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _name, sql in triggers:
            cursor.execute(sql)


REPLACE = {
    "postgresql": "INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) "
    "DO UPDATE SET id = EXCLUDED.id",
    "sqlite": "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
}


@contextmanager
def as_another_program(connection):
    """A cursor of a connection as it is opened by a database's own shell, not by the site."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            yield cursor
            return
        cursor.execute("PRAGMA recursive_triggers = OFF")
        try:
            yield cursor
        finally:
            cursor.execute("PRAGMA recursive_triggers = ON")
