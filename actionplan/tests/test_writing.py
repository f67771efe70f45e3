from datetime import date

import pytest

from accounts.tests.factories import make_cycle, make_entity, make_user
from actionplan import transitions
from actionplan.models import ActionPoint
from actionplan.tests.factories import make_plan, make_point
from actionplan.writing import StaleVersion, add_point, change_point
from assessments.transitions import TransitionRefused
from scorecard.models import Indicator
from scorecard.tests.factories import load_edition

pytestmark = pytest.mark.django_db
NO_LINKS = {"supporting": [], "other_indicators": []}


def indicator(code="2.2"):
    return Indicator.objects.of_framework(load_edition()).get(code=code)


def new(**fields):
    return ActionPoint(indicator=indicator(), text="Agree on messages.", **fields)


def test_the_first_point_makes_the_plan_of_its_cooperation_framework():
    cycle = make_cycle()
    point = add_point(new(), cycle=cycle, links=NO_LINKS, by=make_user())
    assert (point.plan.first_year, point.plan.cooperation_framework) == (cycle.first_year, cycle)
    assert point.number == 1


def test_a_point_takes_the_next_number_and_an_event_says_who_added_it():
    plan, by = make_plan(), make_user()
    make_point(plan=plan, number=4)
    links = {"supporting": [make_entity()], "other_indicators": [indicator("2.3")]}
    point = add_point(new(), cycle=plan.cooperation_framework, links=links, by=by)
    assert point.number == 5
    assert list(point.supporting.all()) == [make_entity()]
    assert [row.code for row in point.other_indicators.all()] == ["2.3"]
    assert [(event.kind, event.by) for event in point.events.all()] == [("added", by)]


def test_a_change_is_the_next_version_with_its_author():
    point, by = make_point(), make_user()
    point.due, point.lead = date(2023, 6, 30), make_entity()
    changed = change_point(
        point, links=NO_LINKS | {"supporting": [make_entity(acronym="WHO")]}, by=by, version=1
    )
    stored = ActionPoint.objects.get(pk=point.pk)
    assert (stored.due, stored.lead, stored.version) == (date(2023, 6, 30), make_entity(), 2)
    assert (changed.changed_by, point.history.first().history_user) == (by, by)
    assert [row.entity.acronym for row in point.history.first().supporting.all()] == ["WHO"]


def test_an_old_version_changes_nothing_and_names_the_present_one():
    point = make_point()
    point.text = "First."
    change_point(point, links=NO_LINKS, by=make_user(), version=1)
    point.text = "Second."
    with pytest.raises(StaleVersion) as stale:
        change_point(point, links=NO_LINKS, by=make_user(), version=1)
    assert stale.value.current.text == "First."
    assert ActionPoint.objects.get(pk=point.pk).text == "First."


def test_a_closed_point_is_opened_before_it_is_changed():
    point = make_point()
    transitions.drop(point, by=make_user(), reason="No funds.")
    with pytest.raises(TransitionRefused, match="Open it again before you change it"):
        change_point(point, links=NO_LINKS, by=make_user(), version=2)


def test_a_change_leaves_the_status_as_it_is():
    """What a form holds of the status may be old; only moves change it."""
    point = make_point()
    point.status = "done"
    assert change_point(point, links=NO_LINKS, by=make_user(), version=1).status == "planned"
