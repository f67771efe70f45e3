"""How the narrative and the dates of a year came about, and the way back."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from accounts.models import Membership
from accounts.tests.factories import make_user
from assessments.cycle.transitions import choose
from assessments.models import Assessment
from assessments.process.describing import describe, version_of
from assessments.process.history import changes_of
from assessments.tests.factories import make_assessment, make_person
from assessments.tests.pages import text_of

pytestmark = pytest.mark.django_db
FIRST, SECOND = "The team met in May.", "The team met in May and in June."


@pytest.fixture
def assessment():
    return make_assessment(process=FIRST, scoring_due=date(2022, 5, 1), kind="annual")


@pytest.fixture
def coordinator(client, assessment):
    person = make_person(assessment=assessment)
    client.force_login(person)
    return person


def write(assessment, by, **sent):
    described = describe(assessment, sent, version=version_of(assessment), by=by)
    assert described.is_saved
    assessment.refresh_from_db()


def page_of(client, assessment):
    return text_of(client.get(reverse("assessments:process_history", args=[assessment.pk])))


def restore(client, assessment, *, row, field):
    address = reverse("assessments:process_restore", args=[assessment.pk, row, field])
    return client.post(address, follow=True)


def test_every_save_says_who_changed_what(client, assessment, coordinator):
    write(assessment, coordinator, process=SECOND, workshop_on=date(2022, 6, 1))
    (change,) = changes_of(assessment)
    assert change.by == coordinator.name
    assert [(field.label, field.before, field.after) for field in change.fields] == [
        ("The process", FIRST, SECOND),
        ("Consolidation workshop on", "", "1 Jun 2022"),
    ]
    page = page_of(client, assessment)
    assert coordinator.name in page
    assert f"Before {FIRST}" in page
    assert f"After {SECOND}" in page


def test_a_rationale_written_with_the_choice_is_there_too(assessment, coordinator):
    choose(assessment, add=[], drop=[], rationale="These five are new.", by=coordinator)
    (change,) = changes_of(assessment)
    assert (change.by, change.fields[0].after) == (coordinator.name, "These five are new.")


def test_what_changes_no_text_is_not_listed(client, assessment, coordinator):
    assessment.state = "scoring"
    assessment.save(update_fields=["state"])
    assert changes_of(assessment) == []
    assert "Nothing has changed yet" in page_of(client, assessment)


@pytest.mark.parametrize(
    ("field", "stored"), [("process", FIRST), ("scoring_due", date(2022, 5, 1))]
)
def test_an_earlier_text_or_date_is_brought_back_and_nothing_else(
    client, assessment, coordinator, field, stored
):
    write(assessment, coordinator, process=SECOND, scoring_due=date(2022, 5, 9), comments="Kept.")
    (change,) = changes_of(assessment)
    page = restore(client, assessment, row=change.before, field=field)
    assert "is again what it was." in text_of(page)
    other = {"process": SECOND, "scoring_due": date(2022, 5, 9)} | {field: stored}
    assessment.refresh_from_db()
    assert {name: getattr(assessment, name) for name in other} == other
    assert assessment.comments == "Kept."
    assert [change.by for change in changes_of(assessment)] == [coordinator.name] * 2


def test_an_earlier_date_that_does_not_fit_any_more_stays_away(client, assessment, coordinator):
    write(assessment, coordinator, scoring_due=date(2022, 6, 1))
    write(assessment, coordinator, planning_due=date(2022, 5, 20))
    before = changes_of(assessment)[-1].before
    page = text_of(restore(client, assessment, row=before, field="scoring_due"))
    assert "“Scoring is due on” stays as it is" in page
    assessment.refresh_from_db()
    assert assessment.scoring_due == date(2022, 6, 1)


@pytest.mark.parametrize("field", ["state", "year", "id", "history_user"])
def test_only_texts_and_dates_can_be_brought_back(client, assessment, coordinator, field):
    row = assessment.history.latest().history_id
    assert restore(client, assessment, row=row, field=field).status_code == 404


def test_a_row_of_another_years_history_is_not_there(client, assessment, coordinator):
    other = make_assessment(team=assessment.team, year=2021, process="Of another year.")
    row = other.history.latest().history_id
    assert restore(client, assessment, row=row, field="process").status_code == 404


def test_members_read_the_history_and_bring_nothing_back(client, assessment):
    write(assessment, make_person(assessment=assessment), process=SECOND)
    client.force_login(make_person(assessment=assessment, role=Membership.Role.MEMBER))
    page = page_of(client, assessment)
    assert SECOND in page
    assert "Bring this back" not in page
    row = changes_of(assessment)[0].before
    assert restore(client, assessment, row=row, field="process").status_code == 403


def test_a_reviewer_sees_no_drafts_of_a_year_that_was_handed_in(client, assessment):
    Assessment.objects.update(state="submitted")
    client.force_login(make_user(is_reviewer=True))
    address = reverse("assessments:process_history", args=[assessment.pk])
    assert client.get(address).status_code == 404


def test_the_page_takes_as_many_queries_for_many_saves(
    client, assessment, coordinator, django_assert_max_num_queries
):
    for number in range(5):
        write(assessment, coordinator, process=f"Save {number}.")
    with django_assert_max_num_queries(8):
        assert "Save 3." in page_of(client, assessment)


def test_years_from_before_the_history_keep_what_they_said(assessment, coordinator):
    assessment.history.all().delete()
    migration = import_module("assessments.migrations.0013_what_stood_in_the_process")
    migration.keep(apps, None)
    write(assessment, coordinator, process=SECOND)
    (change,) = changes_of(assessment)
    assert [(field.before, field.after) for field in change.fields] == [(FIRST, SECOND)]
