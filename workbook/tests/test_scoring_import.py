"""The way of a workbook: out, filled in with openpyxl, in, written."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import AuditEntry, Membership
from accounts.tests.factories import make_membership, make_team
from assessments.tests.factories import (
    make_assessment,
    make_carried_rating,
    make_person,
    make_rating,
    stored,
)
from scorecard.rating import Rating
from workbook import transitions
from workbook.changed import ChangedMeanwhile
from workbook.models import ImportRun
from workbook.subjects import RatedIndicator
from workbook.tests.filling import Filled, write

pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture
def assessment():
    assessment = make_assessment()
    make_rating(assessment=assessment, code="2.2", met="b", findings="First finding.")
    return assessment


@pytest.fixture
def client(client, assessment):
    client.force_login(make_person(Role.COORDINATOR, assessment=assessment))
    return client


def rating_of(assessment, code="2.2"):
    return stored(assessment.indicator_ratings.get(indicator__code=code))


def test_a_round_trip_without_edits_changes_nothing(client, assessment):
    page = Filled(client, assessment).upload(client, assessment)
    dry_run = page.context["dry_run"]
    assert (dry_run.subjects, dry_run.refusals, dry_run.extra) == ([], [], [])
    assert "There is nothing to write" in page.text


def test_what_was_filled_in_is_shown_and_then_written(client, assessment):
    filled = Filled(client, assessment)
    filled.set("2.2", "Criterion (c)", Answer="Met", Text="The network met twice.")
    filled.set("2.2", "Agreed rating", Answer="Meets")
    filled.set("1.3", "Numbers", Text="Outcome 1", Number=15, Of=16)
    page = filled.upload(client, assessment, name="Regional office.xlsx")
    assert page.context["dry_run"].change_count == 4
    assert rating_of(assessment).version == 1
    for words in [
        "Not decided",
        "The network met twice.",
        "2 Programming and M&amp;E!D",
        "15 / 16",
    ]:
        assert words in page.content.decode()
    done = write(client, page)
    rating = rating_of(assessment)
    assert "4 changes from “Regional office.xlsx” were written." in done.text
    assert (rating.rating, rating.computed_rating) == (Rating.MEETS, Rating.MEETS)
    assert rating.findings_by_key["c"].finding == "The network met twice."
    assert rating.history.first().history_change_reason == "the workbook “Regional office.xlsx”"
    assert rating_of(assessment, "1.3").computed_rating == Rating.EXCEEDS


def test_pressing_twice_writes_once(client, assessment):
    filled = Filled(client, assessment)
    filled.set("2.2", "Findings and explanation", Text="Second finding.")
    page = filled.upload(client, assessment)
    write(client, page)
    again = write(client, page)
    assert rating_of(assessment).version == 2
    assert "One change was written" in again.text
    assert ImportRun.objects.get().content == {}


def test_columns_may_be_moved_and_added(client, assessment):
    filled = Filled(client, assessment)
    for sheet in filled.book.worksheets[1:-2]:
        sheet.insert_cols(1)
        sheet.cell(2, 1).value = "My notes"
        sheet.cell(3, 1).value = "ask Aliya"
    sheet = filled.book["2 Programming and M&E"]
    row = next(cells for cells in sheet.iter_rows(min_row=3) if cells[2].value == "Agreed rating")
    row[4].value = "C. Meets minimum requirements"
    page = filled.upload(client, assessment)
    assert "My notes (1 Planning)" in page.context["dry_run"].extra
    assert "Columns that mean nothing to this site and were not read:" in page.text


# What is refused


def refusals(page):
    return {row.address: row.sentence for row in page.context["dry_run"].refusals}


def refusal_after(client, assessment, code, item, **values):
    filled = Filled(client, assessment)
    cell = filled.cells(code, item)[next(iter(values))]
    cell.value = next(iter(values.values()))
    page = filled.upload(client, assessment)
    assert page.context["dry_run"].change_count == 0
    assert ImportRun.objects.count() == 1
    return refusals(page).get(f"{cell.parent.title}!{cell.coordinate}")


@pytest.mark.parametrize(
    ("item", "column", "value", "sentence"),
    [
        (
            "Criterion (a)",
            "Answer",
            "partly",
            "“partly” is not understood; choose one of: Met, Not met, Not decided.",
        ),
        (
            "Agreed rating",
            "Answer",
            "Almost meets",
            "“Almost meets” is not understood; choose one of: Missing, Approaches, Meets, Exceeds.",
        ),
        (
            "Findings and explanation",
            "Text",
            "=1+1",
            "The cell holds a formula; copy it and paste the value in its place.",
        ),
        (
            "Findings and explanation",
            "Text",
            "#N/A",
            "The cell holds the error #N/A; write what belongs there.",
        ),
        (
            "Findings and explanation",
            "Text",
            "x" * 20_001,
            "The text has 20001 characters; the limit is 20000. Shorten it, or attach the long "
            "version as a document.",
        ),
        (
            "Agreed rating",
            "Answer",
            "Meets",
            "The agreed rating differs from what the criteria give: say why.",
        ),
        (
            "Reason for the lower rating",
            "Text",
            "It fell.",
            "PI 2.2 has no earlier rating from which this one could have fallen.",
        ),
        ("Criterion (a)", "PI", 9.9, "There is no PI 9.9 in this edition; the row is left out."),
        (
            "Criterion (a)",
            "PI",
            "Communication",
            "“Communication” is not the code of a PI; the row is left out.",
        ),
        ("Criterion (a)", "PI", None, "The row names no PI and is left out."),
        (
            "Criterion (a)",
            "Item",
            "Criterion (z)",
            "“Criterion (z)” is no item of PI 2.2; the row is left out.",
        ),
    ],
)
def test_a_cell_is_refused_with_its_address_and_the_reason(
    client, assessment, item, column, value, sentence
):
    assert refusal_after(client, assessment, "2.2", item, **{column: value}) == sentence


def test_a_date_in_place_of_a_code_is_refused(client, assessment):
    filled = Filled(client, assessment)
    filled.set("2.2", "Criterion (a)", PI=datetime.datetime(2026, 2, 2))
    (sentence,) = refusals(filled.upload(client, assessment)).values()
    assert (
        sentence == "The cell was turned into a date; format it as text and write the code again."
    )


@pytest.mark.parametrize(
    ("number", "of", "sentence"),
    [
        ("many", 16, "“many” is no whole number, 0 or more; these numbers are left out."),
        (-1, 16, "“-1” is no whole number, 0 or more; these numbers are left out."),
        (17, 16, "Qualifying indicators (17) cannot exceed all indicators (16)."),
        (15, None, "Give both numbers, or empty the row."),
        ("=1+1", 16, "The cell holds a formula; copy it and paste the value in its place."),
    ],
)
def test_numbers_are_refused_with_the_reason(client, assessment, number, of, sentence):
    filled = Filled(client, assessment)
    filled.set("1.3", "Numbers", Text="Outcome 1", Number=number, Of=of)
    assert list(refusals(filled.upload(client, assessment)).values()) == [sentence]


def test_the_row_that_stands_twice_is_refused_and_neither_is_taken(client, assessment):
    filled = Filled(client, assessment)
    filled.set("2.2", "Criterion (a)", Text="First of two.")
    filled.set("2.2", "Criterion (b)", Text="Second of two.")
    filled.set("2.2", "Criterion (b)", Item="Criterion (a)")
    page = filled.upload(client, assessment)
    (sentence,) = refusals(page).values()
    assert sentence.startswith("PI 2.2, “Criterion (a)” stands in 2 Programming and M&E!B")
    assert page.context["dry_run"].change_count == 0


def test_what_is_sound_is_written_beside_what_is_refused(client, assessment):
    filled = Filled(client, assessment)
    filled.set("2.2", "Agreed rating", Answer="Exceeds")
    filled.set("2.2", "Criterion (c)", Answer="x", Text="Found.")
    page = filled.upload(client, assessment)
    assert list(refusals(page).values()) == [
        "The agreed rating differs from what the criteria give: say why."
    ]
    write(client, page)
    rating = rating_of(assessment)
    assert (rating.rating, rating.findings_by_key["c"].is_met) == (None, True)


# Who may write what


def as_member(client, assessment, *codes):
    member = make_membership(team=assessment.team, role=Role.MEMBER)
    for code in codes:
        assessment.indicator_ratings.get(indicator__code=code).assigned_to.add(member)
    client.force_login(member.user)


def test_a_member_writes_their_own_pis_and_no_rating(client, assessment):
    as_member(client, assessment, "2.2")
    filled = Filled(client, assessment)
    filled.set("2.2", "Criterion (c)", Text="Mine.")
    filled.set("2.2", "Agreed rating", Answer="Missing")
    filled.set("2.3", "Criterion (a)", Text="Not mine.")
    page = filled.upload(client, assessment)
    assert page.context["dry_run"].change_count == 1
    assert set(refusals(page).values()) == {
        "The agreed rating and its reasons are recorded by the coordinator.",
        "PI 2.3 is not assigned to you; ask the coordinator.",
    }


def test_what_a_member_may_not_write_is_locked_in_the_workbook(client, assessment):
    as_member(client, assessment, "2.2")
    filled = Filled(client, assessment)
    assert not filled.cells("2.2", "Criterion (a)")["Text"].protection.locked
    assert filled.cells("2.2", "Agreed rating")["Answer"].protection.locked
    assert filled.cells("2.3", "Criterion (a)")["Text"].protection.locked
    assert filled.book["2 Programming and M&E"].protection.sheet


def test_a_carried_pi_is_refused_where_it_was_changed(client, assessment):
    make_carried_rating(assessment=assessment, code="2.3")
    filled = Filled(client, assessment)
    filled.set("2.3", "Findings and explanation", Text="New words.")
    assert list(refusals(filled.upload(client, assessment)).values()) == [
        "PI 2.3 is carried over from 2021 and not reassessed this year."
    ]


def test_a_pi_carried_from_a_year_that_nobody_recorded_says_so(client, assessment):
    origin = make_rating(
        assessment=make_assessment(team=assessment.team, year=2020),
        code="2.3",
        is_reassessed=False,
        rating=Rating.MEETS,
        difference_reason="From before.",
    )
    make_carried_rating(origin=origin, assessment=assessment)
    filled = Filled(client, assessment)
    refusal = (
        "PI 2.3 is carried over from a year that is not recorded, and not reassessed this year."
    )
    cells = [cell.value for row in filled.book["2 Programming and M&E"].rows for cell in row]
    assert any(refusal in str(value) for value in cells)
    filled.set("2.3", "Findings and explanation", Text="New words.")
    assert list(refusals(filled.upload(client, assessment)).values()) == [refusal]


def test_an_observer_reads_the_workbook_and_uploads_none(client, assessment):
    filled = Filled(client, assessment)
    client.force_login(make_person(Role.OBSERVER, assessment=assessment))
    assert Filled(client, assessment).cells("2.2", "Criterion (a)")["Text"].protection.locked
    page = filled.upload(client, assessment)
    assert (page.status_code, ImportRun.objects.count()) == (403, 0)


def test_the_upload_of_another_team_is_not_there(client, assessment):
    page = Filled(client, assessment).upload(client, assessment)
    client.force_login(make_membership(team=make_team(code="KGZ"), role=Role.COORDINATOR).user)
    assert client.get(page.context["run"].get_absolute_url()).status_code == 404


# Changed on both sides


@pytest.fixture
def conflicting(client, assessment):
    """A finding that was changed in the workbook and, meanwhile, on the site."""
    filled = Filled(client, assessment)
    filled.set("2.2", "Findings and explanation", Text="From the workbook.")
    filled.set("2.2", "Criterion (c)", Text="Only in the workbook.")
    assessment.indicator_ratings.filter(indicator__code="2.2").update(
        findings="From the site.", version=2
    )
    return filled.upload(client, assessment)


KEY = "choice-2.2 findings"
CHANGED = ("1.1", "1.2", "2.2", "2.3", "3.1")


def test_a_conflict_is_shown_with_both_texts(conflicting):
    (conflict,) = conflicting.context["dry_run"].conflicts
    assert (conflict.before, conflict.after) == ("From the site.", "From the workbook.")
    assert conflicting.context["dry_run"].change_count == 1
    assert "From the site." in conflicting.text
    assert "From the workbook." in conflicting.text


@pytest.mark.parametrize(
    ("choice", "findings"), [("mine", "From the workbook."), ("theirs", "From the site.")]
)
def test_a_conflict_is_decided_field_by_field(client, assessment, conflicting, choice, findings):
    write(client, conflicting, **{KEY: choice})
    rating = rating_of(assessment)
    assert rating.findings == findings
    assert rating.findings_by_key["c"].finding == "Only in the workbook."


def test_an_undecided_conflict_lets_nothing_be_written(client, assessment, conflicting):
    page = write(client, conflicting)
    assert page.status_code == 422
    assert "Nothing was written: one conflict is not decided yet." in page.text
    assert rating_of(assessment).version == 2


def test_what_changed_on_the_site_since_the_dry_run_is_shown_before_it_is_written(
    client, assessment
):
    filled = Filled(client, assessment)
    filled.set("2.2", "Findings and explanation", Text="From the workbook.")
    page = filled.upload(client, assessment)
    assessment.indicator_ratings.filter(indicator__code="2.2").update(findings="Just now.")
    again = write(client, page)
    assert again.status_code == 422
    assert "the site has changed since this page was made" in again.text
    assert again.context["dry_run"].conflicts
    assert rating_of(assessment).findings == "Just now."


def test_a_decision_that_the_site_refuses_is_told_at_its_conflict(client, assessment):
    filled = Filled(client, assessment)
    filled.set("2.2", "Agreed rating", Answer="Exceeds")
    assessment.indicator_ratings.filter(indicator__code="2.2").update(rating=1)
    page = filled.upload(client, assessment)
    again = write(client, page, **{"choice-2.2 rating": "mine"})
    assert again.status_code == 422
    assert "decide otherwise where a refusal stands below" in again.text
    assert "The agreed rating differs from what the criteria give: say why." in again.text
    assert rating_of(assessment).rating == 1


def test_what_was_changed_on_the_site_only_stays(client, assessment):
    filled = Filled(client, assessment)
    assessment.indicator_ratings.filter(indicator__code="2.2").update(findings="From the site.")
    page = filled.upload(client, assessment)
    assert not page.context["dry_run"].changes_something


# The end of an upload


def test_all_or_nothing_is_written(client, assessment, monkeypatch):
    filled = Filled(client, assessment)
    filled.set("2.2", "Criterion (c)", Text="First.")
    filled.set("2.3", "Criterion (a)", Text="Second.")
    page = filled.upload(client, assessment)
    save = RatedIndicator.save

    def save_and_fail(self, changes, **facts):
        save(self, changes, **facts)
        if self.code == "2.3":
            raise ChangedMeanwhile(self.title)

    monkeypatch.setattr(RatedIndicator, "save", save_and_fail)
    again = write(client, page)
    assert again.status_code == 409
    assert "was changed on the site at this moment. Look at the changes again." in again.text
    assert rating_of(assessment).version == 1
    assert ImportRun.objects.get().is_waiting


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_at_once_the_second_writes_nothing(client, assessment):
    filled = Filled(client, assessment)
    filled.set("2.2", "Criterion (c)", Text="First.")
    run = filled.upload(client, assessment).context["run"]
    dry_runs = [client.get(run.get_absolute_url()).context["dry_run"] for _time in range(2)]
    together = Barrier(2, timeout=20)

    def press(decided):
        try:
            together.wait()
            return transitions.write(run, decided, by=run.uploaded_by)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        counts = [written.change_count for written in pool.map(press, dry_runs)]
    assert counts == [1, 1]
    assert rating_of(assessment).version == 2


def test_a_discarded_upload_is_not_written(client, assessment):
    filled = Filled(client, assessment)
    filled.set("2.2", "Criterion (c)", Text="First.")
    page = filled.upload(client, assessment)
    discarded = client.post(page.context["run"].get_absolute_url() + "discard/", follow=True)
    assert "“filled.xlsx” was discarded." in discarded.text
    assert "This upload was discarded" in write(client, page).text
    assert rating_of(assessment).version == 1


def test_an_upload_that_nobody_decided_goes_away(client, assessment):
    page = Filled(client, assessment).upload(client, assessment)
    ImportRun.objects.update(expires_at=page.context["run"].uploaded_at)
    Filled(client, assessment).upload(client, assessment)
    assert ImportRun.objects.count() == 1


def test_the_log_says_who_took_the_workbook_out(client, assessment):
    Filled(client, assessment)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.object) == ("export", "KAZ-2022-scoring.xlsx")


def test_the_queries_of_a_dry_run_grow_only_with_the_rules_of_the_changed_pis(
    client, assessment, django_assert_max_num_queries
):
    """For each PI that would change the database is asked ten times whether its rules hold.

    Here, within the test's transaction, nine of them stand in savepoints of their own.
    """
    filled = Filled(client, assessment)
    for code in CHANGED:
        filled.set(code, "Findings and explanation", Text=f"Found of {code}.")
    page = filled.upload(client, assessment)
    with django_assert_max_num_queries(16 + (10 + 2 * 9) * len(CHANGED)):
        client.get(page.context["run"].get_absolute_url())
