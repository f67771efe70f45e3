"""Earlier years from a foreign workbook: uploaded, mapped, looked at, taken in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Membership
from accounts.tests.factories import make_cycle, make_membership
from actionplan.models import ActionPoint, Activity
from assessments.carry_over import sources
from assessments.models import Assessment
from assessments.overview import Overview
from assessments.tests.factories import make_assessment
from scorecard.rating import Rating
from workbook.models import ImportedRow, ImportRun
from workbook.tests.bad_books import with_cells_hidden_behind_a_chart
from workbook.tests.books import saved, workbook_of
from workbook.tests.taking_in import (
    LONG,
    dry_run_of,
    map_as_guessed,
    rating_of,
    refusals,
    take_in,
    upload,
)

pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture
def assessment():
    """The running assessment of 2022, in a cycle that began in 2019."""
    return make_assessment(cycle=make_cycle(first_year=2019, last_year=2025))


@pytest.fixture
def team(assessment):
    return assessment.team


@pytest.fixture
def client(client, team):
    client.force_login(make_membership(team=team, role=Role.COORDINATOR).user)
    return client


def test_earlier_years_are_taken_in_as_imported(client, team):
    page = dry_run_of(client, team, *LONG)
    dry_run = page.context["dry_run"]
    assert [(year.year, len(year.ratings)) for year in dry_run.years] == [(2020, 2), (2021, 1)]
    assert Assessment.objects.count() == 1
    done = take_in(client, page)
    assert "3 things from “Ratings until 2021.xlsx” were taken in." in done.text
    year = Assessment.objects.get(team=team, year=2020)
    assert (year.state, year.get_state_display()) == ("imported", "Imported")
    assert year.indicator_ratings.count() == 15
    rating = rating_of(team, 2020, "2.2")
    assert (rating.rating, rating.findings) == (Rating.MEETS, "- a campaign\n- a calendar")
    assert rating.history.first().history_change_reason == "the workbook “Ratings until 2021.xlsx”"


def test_each_rating_says_from_which_row_it_came(client, team):
    take_in(client, dry_run_of(client, team, *LONG))
    rating = rating_of(team, 2020, "2.2")
    place = "imported from “Ratings until 2021.xlsx”, sheet “Scores”, row 3"
    assert str(ImportedRow.objects.get(indicator_rating=rating)) == place
    assert place in client.get(rating.get_absolute_url()).text


def test_an_imported_year_never_looks_endorsed(client, team):
    take_in(client, dry_run_of(client, team, *LONG))
    assessment = Assessment.objects.get(year=2020)
    page = client.get(assessment.get_absolute_url()).text
    assert "It was neither assessed nor endorsed on this site." in page
    assert ">Endorsed<" not in page
    assert ">Imported<" in page
    assert not Assessment.objects.endorsed().exists()
    event = assessment.events.get()
    assert (event.to_state, event.comment) == (
        "imported",
        "the workbook “Ratings until 2021.xlsx”",
    )


def test_last_assessed_is_the_year_that_the_file_names(client, team):
    take_in(client, dry_run_of(client, team, *LONG))
    assert rating_of(team, 2020, "1.1").last_assessed == 2020
    assert rating_of(team, 2020, "2.2").last_assessed == 2019
    assert rating_of(team, 2020, "7.1").last_assessed is None


def test_the_next_year_compares_with_the_imported_one_and_may_carry_it(client, team, assessment):
    take_in(client, dry_run_of(client, team, *LONG))
    overview = Overview.of(assessment)
    cells = {cell.rating.indicator.code: cell for band in overview.bands for cell in band.cells}
    assert cells["1.1"].previous.rating == Rating.MEETS
    assert sources(assessment)["1.1"] == rating_of(team, 2021, "1.1")


def test_a_wide_table_brings_a_year_a_column(client, team):
    page = dry_run_of(client, team, ["PI", "2020", "2021"], ["1.1", "Missing", "Meets"])
    take_in(client, page)
    assert rating_of(team, 2020, "1.1").rating == Rating.MISSING
    assert rating_of(team, 2021, "1.1").rating == Rating.MEETS


def test_the_same_workbook_again_brings_nothing(client, team):
    take_in(client, dry_run_of(client, team, *LONG))
    page = dry_run_of(client, team, *LONG)
    assert not page.context["dry_run"].changes_something
    assert "There is nothing to take in" in page.text


def test_a_corrected_workbook_changes_what_was_imported(client, team):
    take_in(client, dry_run_of(client, team, *LONG))
    page = dry_run_of(client, team, LONG[0], ["1.1", 2020, "Exceeds", "All.", None])
    (year,) = page.context["dry_run"].years
    assert (year.ratings[0].before_word, year.ratings[0].after_word) == ("Approaches", "Exceeds")
    take_in(client, page)
    assert rating_of(team, 2020, "1.1").rating == Rating.EXCEEDS
    assert ImportedRow.objects.filter(indicator_rating__indicator__code="1.1").count() == 2


def test_pressing_twice_takes_in_once(client, team):
    page = dry_run_of(client, team, *LONG)
    take_in(client, page)
    assert "3 things were taken in" in take_in(client, page).text
    assert Assessment.objects.count() == 3


@pytest.mark.parametrize(
    ("row", "address", "sentence"),
    [
        (["9.9", 2021, "Meets"], "A3", "There is no PI 9.9 in this edition; the row is left out."),
        (["x", 2021, "Meets"], "A3", "“x” is not the code of a PI; the row is left out."),
        (["1.2", "then", "Meets"], "B3", "“then” is not a year; the row is left out."),
        (["1.2", None, "Meets"], "B3", "The row names no year and is left out."),
        (
            ["1.2", 2021, "Good"],
            "C3",
            "“Good” is not understood as a rating; the row is left out.",
        ),
        (
            ["1.2", 2022, "Meets"],
            "C3",
            "2022 was assessed on this site; no workbook changes its ratings.",
        ),
        (["1.2", 2099, "Meets"], "C3", "2099 has not begun yet."),
        (
            ["1.2", 2015, "Meets"],
            "C3",
            "No Cooperation Framework of the team covers 2015; set it up first.",
        ),
        (
            ["1.1", 2021, "Exceeds"],
            "C3",
            "PI 1.1 in 2021 stands in Scores!C2 already; this is left out.",
        ),
        (
            ["1.2", 2021, "=C2"],
            "C3",
            "The cell holds a formula; copy it and paste the value in its place.",
        ),
    ],
)
def test_a_row_is_left_out_with_its_address_and_the_reason(client, team, row, address, sentence):
    page = dry_run_of(client, team, ["PI", "Year", "Rating"], ["1.1", 2021, "Meets"], row)
    assert refusals(page) == [(f"Scores!{address}", sentence)]
    assert page.context["dry_run"].change_count == 1


def test_an_action_plan_comes_with_what_was_undertaken(client, team):
    page = dry_run_of(
        client,
        team,
        ["PI", "Action point", "Activities in 2020", "Activities in 2021"],
        ["2.2", "Agree on messages.", "A meeting was held.", "Messages were agreed."],
        [None, "Train focal points.", None, "Forty were trained."],
    )
    take_in(client, page)
    first, second = ActionPoint.objects.order_by("number")
    assert (first.indicator.code, second.indicator.code) == ("2.2", "2.2")
    assert (first.text, second.text) == ("Agree on messages.", "Train focal points.")
    activities = Activity.objects.filter(action_point=first).values_list("year", "text")
    assert list(activities) == [(2020, "A meeting was held."), (2021, "Messages were agreed.")]
    assert ImportedRow.objects.filter(action_point__isnull=False).count() == 2
    place = "imported from “Ratings until 2021.xlsx”, sheet “Scores”, row 2"
    assert place in client.get(first.get_absolute_url()).text


def test_what_was_undertaken_in_a_year_already_taken_in_comes_with_the_next_sheet(client, team):
    take_in(client, dry_run_of(client, team, *LONG))
    rows = ["PI", "Action point", "Activities in 2021"], ["2.2", "Agree.", "Messages were agreed."]
    take_in(client, dry_run_of(client, team, *rows))
    activity = Activity.objects.get()
    assert (activity.year, activity.is_addition) == (2021, False)
    assert activity.history.get().history_change_reason == (
        "the workbook “Ratings until 2021.xlsx”"
    )


def test_what_a_closed_report_says_of_the_plan_stays(client, team):
    make_assessment(team=team, year=2021, state="endorsed")
    page = dry_run_of(
        client, team, ["PI", "Action point", "Activities in 2021"], ["2.2", "Agree.", "Done."]
    )
    assert refusals(page) == [
        ("Scores!B2", "The report of 2021 is closed; what was undertaken is left out.")
    ]


# The mapping page


def test_the_choices_are_remembered_for_the_team(client, team):
    rows = ["PI", "2020", "Nota"], ["1.1", "Missing", "Because."]
    page = upload(client, team, *rows)
    assert page.context["page"].form.initial.get("column-3") is None
    map_as_guessed(client, page, **{"column-3": "findings"})
    again = upload(client, team, *rows)
    assert again.context["page"].form.initial["column-3"] == "findings"


def test_another_sheet_or_head_row_can_be_shown(client, team):
    page = upload(
        client, team, ["Title", "of it"], ["PI", "Year", "Rating"], ["1.1", 2021, "Meets"]
    )
    shown = client.get(page.request["PATH_INFO"], {"sheet": "Scores", "head": 1})
    names = [column.name for column in shown.context["page"].columns]
    assert names == ["Title", "of it", ""]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"column-1": ""}, "Say which column holds the PI."),
        ({"column-3": ""}, "Say which column holds ratings, or action points."),
        ({"column-2": ""}, "Give the year, or say which column holds it."),
        ({"column-2": "pi"}, "Two columns are “PI”: choose one."),
        (
            {"column-3": "action", "cycle": ""},
            "Choose the Cooperation Framework of the action plan.",
        ),
    ],
)
def test_what_cannot_be_read_is_told_at_the_mapping(client, team, changes, sentence):
    page = upload(client, team, ["PI", "Year", "Rating"], ["1.1", 2021, "Meets"])
    again = map_as_guessed(client, page, **changes)
    assert again.status_code == 422
    assert sentence in again.text


def test_without_a_mapping_nothing_is_shown_or_written(client, team):
    run = upload(client, team, *LONG).context["run"]
    for address in (run.get_absolute_url(), f"{run.get_absolute_url()}write/"):
        method = client.post if address.endswith("write/") else client.get
        assert method(address).url == f"{run.get_absolute_url()}columns/"


def test_a_discarded_workbook_is_not_taken_in(client, team):
    page = dry_run_of(client, team, *LONG)
    run = page.context["run"]
    client.post(f"{run.get_absolute_url()}discard/")
    assert "This upload was discarded" in take_in(client, page).text
    assert Assessment.objects.count() == 1


def test_a_workbook_of_which_only_charts_can_be_seen_is_refused_on_arrival(client, team):
    file = SimpleUploadedFile("charts.xlsx", with_cells_hidden_behind_a_chart())
    page = client.post(reverse("workbook:history_upload", args=[team.code]), {"file": file})
    assert page.status_code == 422
    assert "“charts.xlsx” shows no sheet with cells" in page.text
    assert not ImportRun.objects.exists()


def test_merged_cells_in_a_foreign_table_are_told(client, team):
    book = workbook_of(["PI", "Year", "Rating"], ["1.1", 2021, "Meets"], title="Scores")
    book.active.merge_cells("A2:A3")
    file = SimpleUploadedFile("merged.xlsx", saved(book))
    page = client.post(
        reverse("workbook:history_upload", args=[team.code]), {"file": file}, follow=True
    )
    again = map_as_guessed(client, page)
    assert "Cells are merged in the table (A2:A3)" in again.text
    assert ImportRun.objects.get().choices == {}


def test_a_member_takes_nothing_in(client, team):
    client.force_login(make_membership(team=team, role=Role.MEMBER).user)
    assert upload(client, team, *LONG).status_code == 403
    assert not ImportRun.objects.exists()
