from datetime import date
from decimal import Decimal

import pytest

from accounts.tests.factories import make_entity, make_user
from actionplan import transitions
from actionplan.history import history_of
from actionplan.tests.factories import make_point
from actionplan.writing import change_point

pytestmark = pytest.mark.django_db


def change(point, *, by, supporting=(), **fields):
    for name, value in fields.items():
        setattr(point, name, value)
    links = {"supporting": supporting, "other_indicators": []}
    return change_point(point, links=links, by=by, version=point.version)


def told(entry):
    return [(field.label, field.before, field.after) for field in entry.changes]


def test_a_save_is_one_entry_with_every_field_before_and_after():
    point, by = make_point(), make_user()
    change(
        point,
        by=by,
        supporting=[make_entity(acronym="WHO"), make_entity(acronym="FAO")],
        lead=make_entity(),
        due=date(2023, 6, 30),
        resources_required=Decimal("12000"),
        currency="USD",
    )
    (entry,) = history_of(point)
    assert (entry.words, entry.by) == ("Changed", by.name)
    assert told(entry) == [
        ("lead entity", "", "UNDP"),
        ("due", "", "30 Jun 2023"),
        ("resources required", "", "12000.00"),
        ("currency", "", "USD"),
        ("supporting entities", "", "WHO, FAO"),
    ]


def test_moves_stand_among_the_saves_newest_first():
    point, by = make_point(), make_user()
    changed = change(point, by=by, text="Anew.")
    transitions.drop(changed, by=by, reason="No funds.")
    assert [(entry.words, entry.comment) for entry in history_of(point)] == [
        ("Dropped", "No funds."),
        ("Changed", ""),
    ]


def test_a_save_that_changes_nothing_is_no_entry():
    point = make_point()
    change(point, by=make_user())
    assert history_of(point) == []


def test_queries_do_not_grow_with_the_versions(django_assert_max_num_queries):
    point, by = make_point(), make_user()
    for day in range(1, 9):
        point = change(point, by=by, supporting=[make_entity()], due=date(2023, 1, day))
    with django_assert_max_num_queries(8):
        assert len(history_of(point)) == 8
