"""The action plan in the scoring workbook: out, changed, added to, in."""

import datetime

import pytest

from accounts.models import Membership
from accounts.tests.factories import make_entity, make_membership
from actionplan.models import ActionPoint, Activity
from actionplan.tests.factories import make_activity, make_plan, make_point
from assessments.models import Assessment
from assessments.tests.factories import make_assessment
from workbook.models import ImportRun
from workbook.tests.filling import Filled, write

pytestmark = pytest.mark.django_db
Role = Membership.Role
HEAD_ROW = 2


@pytest.fixture
def assessment():
    return make_assessment()


@pytest.fixture
def undp(assessment):
    return make_entity(acronym="UNDP")


@pytest.fixture
def point(assessment, undp):
    plan = make_plan(cycle=assessment.cooperation_framework)
    point = make_point(plan=plan, lead=undp, due=datetime.date(2022, 12, 31))
    make_activity(point=point, year=2021, text="Last year’s campaign.")
    return point


@pytest.fixture
def client(client, assessment, undp):
    person = make_membership(team=assessment.team, role=Role.COORDINATOR, entity=undp).user
    client.force_login(person)
    return client


class FilledPlan(Filled):
    """The sheet of the plan; its first row below the head is the first point, then empty ones."""

    @property
    def sheet(self):
        return self.book["Action plan"]

    def write(self, row=1, **values):
        heads = {cell.value: cell.column for cell in self.sheet[HEAD_ROW]}
        for name, value in values.items():
            self.sheet.cell(HEAD_ROW + row, heads[NAMES.get(name, name)]).value = value

    def read(self, row=1):
        names = [cell.value for cell in self.sheet[HEAD_ROW]]
        values = [cell.value for cell in self.sheet[HEAD_ROW + row]]
        return dict(zip(names, values, strict=True))


NAMES = {
    "no": "No.",
    "text": "Action point",
    "lead": "Lead entity",
    "supporting": "Supporting entities",
    "required": "Resources required",
    "activity": "Undertaken in 2022",
}


def dry_run_of(page):
    return page.context["dry_run"]


def test_the_plan_stands_on_its_sheet(client, assessment, point):
    row = FilledPlan(client, assessment).read()
    assert (row["No."], row["PI"], row["Action point"]) == (1, "2.2", "Agree on joint messages.")
    assert (row["Lead entity"], row["Status"]) == ("UNDP", "Planned")
    assert row["Due"] == datetime.datetime(2022, 12, 31)
    assert row["Undertaken before"] == "2021: Last year’s campaign."
    assert row["Undertaken in 2022"] is None


def test_a_round_trip_of_the_plan_changes_nothing(client, assessment, point):
    assert not dry_run_of(FilledPlan(client, assessment).upload(client, assessment)).subjects


def test_a_point_and_what_was_undertaken_are_changed(client, assessment, point):
    filled = FilledPlan(client, assessment)
    filled.write(
        text="Agree on messages and a calendar.",
        Due="30 Jun 2023",
        required="12 000",
        Currency="usd",
        activity="Messages were agreed in May.",
    )
    page = filled.upload(client, assessment, name="plan.xlsx")
    (changed,) = dry_run_of(page).subjects
    assert changed.subject.title == "Action point 1"
    assert dry_run_of(page).change_count == 5
    write(client, page)
    point.refresh_from_db()
    assert (point.text, point.due.isoformat()) == (
        "Agree on messages and a calendar.",
        "2023-06-30",
    )
    assert (point.resources_required, point.currency, point.version) == (12000, "USD", 2)
    assert point.history.first().history_change_reason == "the workbook “plan.xlsx”"
    activity = Activity.objects.get(action_point=point, year=2022)
    assert activity.text == "Messages were agreed in May."
    assert activity.history.get().history_change_reason == "the workbook “plan.xlsx”"


def test_an_empty_row_takes_a_new_point(client, assessment, point):
    filled = FilledPlan(client, assessment)
    filled.write(2, PI=4.3, text="Survey entities on parity.", supporting="undp")
    page = filled.upload(client, assessment, name="plan.xlsx")
    (changed,) = dry_run_of(page).subjects
    assert changed.subject.title == "New action point, row 4"
    write(client, page)
    added = ActionPoint.objects.get(number=2)
    assert (added.indicator.code, added.text) == ("4.3", "Survey entities on parity.")
    assert [entity.acronym for entity in added.supporting.all()] == ["UNDP"]
    assert added.events.get().comment == "the workbook “plan.xlsx”"


def test_the_same_workbook_adds_its_points_once(client, assessment, point):
    filled = FilledPlan(client, assessment)
    filled.write(2, PI="4.3", text="Survey entities on parity.")
    write(client, filled.upload(client, assessment))
    dry_run = dry_run_of(filled.upload(client, assessment))
    assert not dry_run.changes_something
    assert [row.sentence for row in dry_run.refusals] == [
        "Action point 2 says the same; the row is left out."
    ]


def test_the_first_point_of_all_makes_the_plan(client, assessment):
    filled = FilledPlan(client, assessment)
    filled.write(1, PI="4.3", text="Survey entities on parity.")
    write(client, filled.upload(client, assessment))
    assert ActionPoint.objects.get().number == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"PI": "9.9"}, "There is no PI 9.9 in this edition; the row is left out."),
        ({"lead": "WHO"}, "“WHO” is no entity of this team; it has UNDP."),
        (
            {"Due": "03/04/2023"},
            "“03/04/2023” is not understood as a day; write it as 31 Dec 2026.",
        ),
        ({"required": "lots"}, "“lots” is not understood as an amount; write digits only."),
        ({"required": 100}, "Give the currency of the amounts, such as USD."),
        ({"Start": "1 Jan 2024"}, "An action point is due after it starts."),
        ({"text": None}, "Say what is to be done."),
        ({"no": 99}, "There is no action point 99; leave the cell empty to add one."),
        ({"text": "=1+1"}, "The cell holds a formula; copy it and paste the value in its place."),
    ],
)
def test_a_cell_of_the_plan_is_refused_with_the_reason(client, assessment, point, values, sentence):
    filled = FilledPlan(client, assessment)
    filled.write(**values)
    dry_run = dry_run_of(filled.upload(client, assessment))
    assert [row.sentence for row in dry_run.refusals] == [sentence]
    assert not dry_run.changes_something


def test_a_new_point_without_a_pi_is_refused(client, assessment, point):
    filled = FilledPlan(client, assessment)
    filled.write(2, text="Something.")
    dry_run = dry_run_of(filled.upload(client, assessment))
    assert [row.sentence for row in dry_run.refusals] == ["Choose the PI that the action serves."]


def test_a_point_that_stands_twice_is_left_out(client, assessment, point):
    filled = FilledPlan(client, assessment)
    filled.write(1, text="First.")
    filled.write(2, no=1, PI="2.2", text="Second.")
    dry_run = dry_run_of(filled.upload(client, assessment))
    assert not dry_run.changes_something
    assert [row.sentence for row in dry_run.refusals] == [
        "Action point 1 stands twice; both rows are left out."
    ]


def test_a_member_changes_what_their_entity_carries_out(client, assessment, point):
    member = make_membership(
        team=assessment.team, role=Role.MEMBER, entity=make_entity(acronym="FAO")
    )
    client.force_login(member.user)
    filled = FilledPlan(client, assessment)
    filled.write(1, activity="Not ours.")
    filled.write(2, PI="2.2", text="Ours.", lead="FAO")
    dry_run = dry_run_of(filled.upload(client, assessment))
    assert [row.sentence for row in dry_run.refusals] == [
        "Action point 1 is not one of your entity’s."
    ]
    assert dry_run.change_count == 3


def test_a_point_changed_on_the_site_meanwhile_is_a_conflict(client, assessment, point):
    filled = FilledPlan(client, assessment)
    filled.write(text="From the workbook.")
    ActionPoint.objects.filter(pk=point.pk).update(text="From the site.", version=2)
    page = filled.upload(client, assessment)
    (conflict,) = dry_run_of(page).conflicts
    assert (conflict.before, conflict.after) == ("From the site.", "From the workbook.")
    write(client, page, **{"choice-action 1 text": "mine"})
    point.refresh_from_db()
    assert point.text == "From the workbook."


def test_a_closed_point_stays_as_it_is(client, assessment, point):
    ActionPoint.objects.filter(pk=point.pk).update(status="dropped", dropped_reason="Overtaken.")
    filled = FilledPlan(client, assessment)
    filled.write(text="Changed.")
    dry_run = dry_run_of(filled.upload(client, assessment))
    assert [row.sentence for row in dry_run.refusals] == [
        "Action point 1 is closed. Open it again before you change it."
    ]


def test_a_member_of_nobodys_entity_sees_the_plan_locked(client, assessment, point):
    member = make_membership(
        team=assessment.team, role=Role.MEMBER, entity=make_entity(acronym="FAO")
    )
    client.force_login(member.user)
    sheet = FilledPlan(client, assessment).sheet
    assert sheet["C3"].protection.locked
    assert not sheet["C4"].protection.locked
    assert Assessment.objects.count() == 1
    assert not ImportRun.objects.exists()
