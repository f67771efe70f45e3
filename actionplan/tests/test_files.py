"""The plan to take along, read back with what reads such files."""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.urls import reverse
from icalendar import Calendar

from accounts.tests.factories import make_entity, make_membership
from actionplan.tests.factories import make_activity, make_plan, make_point

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def member(client, plan):
    membership = make_membership(team=plan.team)
    client.force_login(membership.user)
    return membership


def fetch(client, name):
    response = client.get(reverse(f"actionplan:{name}", args=["KAZ", 2021]))
    assert response.status_code == 200
    return response


def events(client):
    return Calendar.from_ical(fetch(client, "calendar").content).walk("VEVENT")


def lines(client):
    text = fetch(client, "csv").content.decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_each_open_point_with_a_due_date_is_an_event_of_that_day(client, plan, member):
    point = make_point(plan=plan, number=3, due=date(2023, 5, 1), lead=make_entity())
    make_point(plan=plan, number=4)
    make_point(
        plan=plan, number=5, due=date(2023, 5, 1), status="dropped", dropped_reason="No funds."
    )
    (event,) = events(client)
    assert event["dtstart"].dt == date(2023, 5, 1)
    assert event["dtend"].dt == date(2023, 5, 2)
    assert str(event["summary"]) == "Due: action point 3, PI 2.2 (UNDP)"
    assert str(event["url"]) == f"http://testserver{point.get_absolute_url()}"
    assert str(event["uid"]) == f"action-point-{point.pk}@testserver"


def test_signs_of_the_format_long_lines_and_foreign_scripts_come_back_whole(client, plan, member):
    text = "Агентства, entities; back\\slash\nBEGIN:VEVENT " + "جنس" * 60
    make_point(plan=plan, text=text, due=date(2023, 5, 1))
    content = fetch(client, "calendar").content
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(event["description"]) == text
    assert max(map(len, content.split(b"\r\n"))) <= 75


def test_an_empty_plan_is_an_empty_calendar(client, plan, member):
    assert events(client) == []


def test_both_files_are_saved_and_not_shown(client, plan, member):
    for name, ending in [("calendar", "ics"), ("csv", "csv")]:
        response = fetch(client, name)
        assert response["Content-Disposition"] == (
            f'attachment; filename="Action plan KAZ 2021-2025.{ending}"'
        )
        assert response["X-Content-Type-Options"] == "nosniff"


def test_the_csv_has_a_line_a_point_and_a_column_a_year(client, plan, member):
    point = make_point(
        plan=plan,
        lead=make_entity(),
        start=date(2022, 1, 1),
        due=date(2022, 12, 31),
        resources_required=Decimal("1200.50"),
        currency="USD",
    )
    point.supporting.add(make_entity(acronym="WHO"), make_entity(acronym="FAO"))
    make_activity(point=point, year=2021, text="", no_action=True)
    make_activity(point=point, year=2022, text="A retreat.")
    (line,) = lines(client)
    assert (line["Number"], line["PI"], line["Lead"], line["Supporting"]) == (
        "1",
        "2.2",
        "UNDP",
        "FAO, WHO",
    )
    assert (line["Start"], line["Due"], line["Status"]) == ("2022-01-01", "2022-12-31", "Planned")
    assert (line["Resources required"], line["Resources available"]) == ("1200.50", "")
    assert (line["2021"], line["2022"]) == ("No action was taken.", "A retreat.")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_text_of_the_csv_becomes_a_formula(client, plan, member, sign):
    text = f"{sign}1+1"
    point = make_point(plan=plan, text=text, status="dropped", dropped_reason=text)
    make_activity(point=point, year=2022, text=text)
    (line,) = lines(client)
    assert line["Action point"] == line["Reason for dropping"] == line["2022"] == f"'{text}"
