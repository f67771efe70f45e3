"""What is wrong with a whole file is told in one sentence, and nothing of it is kept."""

import tracemalloc
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest

from accounts.models import Membership
from accounts.tests.factories import make_team
from assessments.models import Assessment
from assessments.tests.factories import make_assessment, make_person
from jobs.models import Job
from scorecard.tests.factories import load_edition
from workbook.models import ImportRun, Upload
from workbook.reasons import BookRefused
from workbook.receiving import READERS, read_in_child, receive
from workbook.tests.bad_books import BAD_FILES
from workbook.tests.books import saved
from workbook.tests.filling import Filled, upload

pytestmark = pytest.mark.django_db
Role = Membership.Role
MEGABYTE = 1024 * 1024
NAMES = [row[0] for row in BAD_FILES]


@pytest.fixture
def assessment():
    return make_assessment()


@pytest.fixture
def client(client, assessment):
    client.force_login(make_person(Role.COORDINATOR, assessment=assessment))
    return client


def refusal_of(page):
    assert page.status_code == 422
    assert not any(rows.objects.exists() for rows in (ImportRun, Upload, Job))
    ((_field, sentence),) = page.context["form"].field_errors
    return sentence


@pytest.mark.parametrize(("name", "make", "sentence"), BAD_FILES, ids=NAMES)
def test_a_bad_file_is_refused_in_one_sentence(client, assessment, name, make, sentence):
    assert refusal_of(upload(client, assessment, make(), name=name)) == f"“{name}” {sentence}"


@pytest.mark.parametrize(("name", "make"), [row[:2] for row in BAD_FILES], ids=NAMES)
def test_memory_stays_flat_whatever_the_file(name, make):
    content = make()
    tracemalloc.start()
    with suppress(BookRefused):
        read_in_child(receive(BytesIO(content), name=name, size=len(content)))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12 * MEGABYTE
    assert all(peak_of(child) < 300 * MEGABYTE for child in READERS._all)


def peak_of(child):
    for line in Path(f"/proc/{child.process.pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) * 1024
    return 0


def test_no_file_is_told(client, assessment):
    page = client.post(f"/assessments/{assessment.pk}/workbook/", {})
    assert refusal_of(page) == "No file arrived: choose one, then press “Upload”."


def test_merged_cells_in_the_table_are_told(client, assessment):
    filled = Filled(client, assessment)
    filled.book["1 Planning"].merge_cells("D2:E2")
    assert refusal_of(filled.upload(client, assessment)) == (
        "“filled.xlsx” has merged cells in the table, 1 Planning!D2:E2: take the merge back and "
        "upload it again."
    )


def test_a_column_that_is_not_there_is_told(client, assessment):
    filled = Filled(client, assessment)
    filled.book["1 Planning"]["D2"] = "Réponse"
    assert refusal_of(filled.upload(client, assessment)) == (
        "“filled.xlsx” has no column Answer in the sheet “1 Planning”: write its name as it was "
        "and upload it again."
    )


def test_two_columns_of_one_name_are_told(client, assessment):
    filled = Filled(client, assessment)
    filled.book["1 Planning"]["K2"] = "Answer"
    assert "two columns “Answer” in the sheet “1 Planning”" in refusal_of(
        filled.upload(client, assessment)
    )


def test_a_workbook_without_its_tables_is_told(client, assessment):
    filled = Filled(client, assessment)
    for sheet in filled.book.worksheets[1:-1]:
        filled.book.remove(sheet)
    assert refusal_of(filled.upload(client, assessment)) == (
        "“filled.xlsx” has no sheet with the columns PI, Item, Answer, Text: download the workbook "
        "anew, or write the names of the columns as they were."
    )


def other_assessment(client, **facts):
    other = make_assessment(**facts)
    client.force_login(make_person(Role.COORDINATOR, assessment=other))
    return other


def test_the_workbook_of_another_team_is_told(client, assessment):
    content = saved(Filled(client, assessment).book)
    other = other_assessment(client, team=make_team(code="KGZ", country="Kyrgyzstan"))
    assert refusal_of(upload(client, other, content)) == (
        "“filled.xlsx” belongs to the team KAZ, this assessment to KGZ: upload it there."
    )


def test_the_workbook_of_another_year_is_told(client, assessment):
    content = saved(Filled(client, assessment).book)
    other = make_assessment(year=2023, team=assessment.team)
    assert refusal_of(upload(client, other, content)) == (
        "“filled.xlsx” is the workbook of 2022, this assessment is that of 2023: upload it there."
    )


def test_the_workbook_of_another_edition_is_told(client, assessment):
    content = saved(Filled(client, assessment).book)
    Assessment.objects.filter(pk=assessment.pk).update(framework=load_edition("unct-swap-2023"))
    assert refusal_of(upload(client, assessment, content)) == (
        "“filled.xlsx” was made for the edition unct-swap-2018 (1), this assessment follows "
        "unct-swap-2023 (1): download the workbook anew and copy your texts into it."
    )


def test_the_workbook_of_another_form_is_told(client, assessment):
    filled = Filled(client, assessment)
    filled.book["_site"]["B1"] = "scoring workbook 99"
    assert "from another release of this site" in refusal_of(filled.upload(client, assessment))


def test_a_frozen_assessment_takes_no_workbook(client, assessment):
    content = saved(Filled(client, assessment).book)
    Assessment.objects.filter(pk=assessment.pk).update(state="endorsement")
    page = upload(client, assessment, content)
    assert (page.status_code, ImportRun.objects.count()) == (409, 0)
