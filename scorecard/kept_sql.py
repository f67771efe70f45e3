"""Queries so short and so often asked that putting their SQL together costs more than the answer.

    found = rows(_running, 12, [3, 4])

The SQL of such a query is put together once for each database and each number of values. From then
on only the values change.
"""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain

from django.db import connection
from django.db.models import QuerySet

# What stands for the values while the SQL is put together; a small key on PostgreSQL holds it, too.
FIRST_MARK = 2**31 - 2**16
SINGLE = (str, int)  # and no bool, which Python takes for an int


def rows(build: Callable[..., QuerySet], *values: str | int | Sequence[int]) -> list[tuple]:
    """Return the rows of build(*values) as the database gives them: times are text in SQLite.

    build: makes a queryset of values_list() from texts, keys and lists of keys, and from nothing
    else that could differ between two calls. It compares with each as it is: a lookup that alters
    the value (icontains) raises ValueError.
    """
    sql, params = _kept(build, connection.vendor, tuple(map(_shape, values)))
    given = list(chain.from_iterable(_parts(value) for value in values))
    with connection.cursor() as cursor:
        cursor.execute(sql, [fixed if place is None else given[place] for place, fixed in params])
        return cursor.fetchall()


@cache
def _kept(build, vendor, shapes) -> tuple[str, list[tuple[int | None, str | int]]]:
    """The SQL, and for each of its parameters which value it is, or what it always is."""
    stand_ins, places = [], {}
    for kind, length in shapes:
        first = len(places)
        numbers = range(first, first + (1 if length is None else length))
        marks = [kind(FIRST_MARK + number) for number in numbers]
        places |= dict(zip(marks, numbers, strict=True))
        stand_ins.append(marks[0] if length is None else marks)
    sql, params = build(*stand_ins).query.sql_with_params()
    if missing := places.keys() - set(params):
        raise ValueError(f"{build.__name__} does not send as they are: {missing}")
    return sql, [(places.get(param), param) for param in params]


def _shape(value) -> tuple[type, int | None]:
    return (type(value), None) if type(value) in SINGLE else (int, len(value))


def _parts(value):
    return [value] if type(value) in SINGLE else value
