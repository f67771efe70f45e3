"""What changed between two versions, as a person reads it."""

import json
from datetime import date

import pytest

from accounts.models import Membership, User
from accounts.tests.factories import make_entity
from actionplan.tests.factories import make_plan, make_point
from assessments.tests.factories import make_person
from assessments.tests.pages import text_of
from endorsement import transitions, versions
from endorsement.difference import Kind, difference
from endorsement.tests.flow import quick_printer, team
from endorsement.wording import in_words

__all__ = ["quick_printer", "team"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def point(team):
    return make_point(plan=make_plan(cycle=team.assessment.cooperation_framework), text="Train.")


def told(changes):
    """{place: [(field, before, after)]}."""
    return {
        place.name: [(row.field, row.before, row.after) for row in place.changes]
        for place in in_words(changes)
    }


def new_version(team):
    return transitions.take_in_changes(team.now, by=team.coordinator)


def test_lead_support_and_due_day_of_an_action_point_are_four_plain_lines(team, point):
    team.request()
    point.lead, point.due = make_entity(acronym="FAO"), date(2027, 6, 30)
    point.save()
    point.supporting.add(make_entity(acronym="UNDP"))
    changes = versions.difference_of(new_version(team))
    assert told(changes) == {
        "Action point 1": [
            ("Lead", "", "FAO"),
            ("Supporting", "", "UNDP"),
            ("Dates", "", "due 30 Jun 2027"),
            ("Status", "", "Planned"),
        ]
    }
    assert {change.kind for change in changes} == {Kind.ACTION_POINT}
    assert ("due", "2027-06-30") in {(change.path[-1], change.after) for change in changes}


def test_the_page_of_a_head_shows_them_as_one_place_in_one_line_each(team, point, client):
    team.request()
    point.lead = team.undp.memberships.get().entity
    point.save()
    new_version(team)
    client.force_login(team.undp)
    page = text_of(client.get(team.seat(team.undp).get_absolute_url()))
    assert page.count("Action point 1") == 1
    assert "Lead: – not there → now UNDP" in page
    assert "needs attention" not in page


def test_a_new_action_point_is_one_text_and_so_is_one_that_is_gone(team, point):
    team.request()
    plan, fao = point.plan, make_entity(acronym="FAO")
    make_point(plan=plan, text="Hire.", lead=fao, due=date(2027, 6, 30), number=2)
    version = new_version(team)
    text = "Hire.\nLead: FAO\nDates: due 30 Jun 2027\nStatus: Planned"
    assert told(versions.difference_of(version)) == {"Action point 2": [("", "", text)]}
    before, after = (row.content for row in team.assessment.report_versions.order_by("number"))
    back = difference(json.loads(after), json.loads(before))
    assert told(back) == {"Action point 2": [("", text, "")]}


def test_a_renamed_person_is_one_line_and_a_new_one_another(team):
    member = make_person("member", assessment=team.assessment)
    User.objects.filter(pk=member.pk).update(name="Officer")
    team.request()
    User.objects.filter(pk=member.pk).update(name="Gender Officer")
    entity = member.memberships.get().entity
    version = new_version(team)
    assert told(versions.difference_of(version)) == {
        "The process": [(entity.acronym, "Officer", "Gender Officer")]
    }
    Membership.objects.filter(user=member).update(role=Membership.Role.COORDINATOR)
    (rows,) = told(versions.difference_of(new_version(team))).values()
    assert rows == [(f"{entity.acronym}, Gender Officer, coordinator", "no", "yes")]


def test_a_day_is_shown_as_everywhere_even_where_nothing_else_says_it():
    plan = {"dimensions": [{"number": 1, "points": [{"number": 1, "due": "2027-06-30"}]}]}
    later = {"dimensions": [{"number": 1, "points": [{"number": 1, "due": "2027-07-31"}]}]}
    assert told(difference({"action_plan": plan}, {"action_plan": later})) == {
        "Action point 1": [("due", "30 Jun 2027", "31 Jul 2027")]
    }
