"""Real LibreOffice: what it saves comes in as it was."""

import subprocess
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from accounts.models import Membership
from assessments.tests.factories import make_assessment, make_person, make_rating
from scorecard.rating import Rating
from workbook.tests.books import saved
from workbook.tests.filling import Filled, upload

pytestmark = pytest.mark.django_db
SOFFICE = Path("/usr/bin/soffice")
HARD_TEXTS = {
    "findings": "=1+1 is no formula\n\n- a list\n  - within it\n- and _x0041_ as it stands\n\nПлан",
    "means_of_verification": "+7 727 000\n| a | b |\n| --- | --- |\n| 1 | 2 |",
}


@pytest.fixture
def assessment():
    assessment = make_assessment()
    make_rating(assessment=assessment, code="2.2", met="bc", rating=Rating.MEETS, **HARD_TEXTS)
    make_rating(assessment=assessment, code="1.3", entries=[(15, 16), (15, 29)])
    return assessment


@pytest.fixture
def client(client, assessment):
    person = make_person(Membership.Role.COORDINATOR, assessment=assessment)
    client.force_login(person)
    return client


def saved_by_libreoffice(content, folder):
    if not SOFFICE.exists():
        pytest.fail(f"{SOFFICE} is missing. Install it: apt-get install libreoffice-calc-nogui")
    source = folder / "scoring.xlsx"
    source.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        [
            SOFFICE,
            profile,
            "--headless",
            "--convert-to",
            "xlsx",
            "--outdir",
            folder / "out",
            source,
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return (folder / "out" / "scoring.xlsx").read_bytes()


def test_a_workbook_saved_by_libreoffice_changes_nothing(client, assessment, tmp_path):
    content = saved_by_libreoffice(saved(Filled(client, assessment).book), tmp_path)
    dry_run = upload(client, assessment, content).context["dry_run"]
    assert (dry_run.subjects, dry_run.refusals) == ([], [])


def test_what_is_filled_in_and_saved_by_libreoffice_comes_in(client, assessment, tmp_path):
    filled = Filled(client, assessment)
    filled.set("2.3", "Criterion (a)", Answer="Met", Text="=cmd|' /C calc'!A0 is text")
    filled.cells("2.3", "Criterion (a)")["Text"].data_type = "s"
    content = saved_by_libreoffice(saved(filled.book), tmp_path)
    dry_run = upload(client, assessment, content).context["dry_run"]
    (changed,) = dry_run.subjects
    assert [change.after for change in changed.changes] == ["Met", "=cmd|' /C calc'!A0 is text"]


def test_libreoffice_keeps_lists_and_locks(client, assessment, tmp_path):
    content = saved_by_libreoffice(saved(Filled(client, assessment).book), tmp_path)
    sheet = openpyxl.load_workbook(BytesIO(content))["2 Programming and M&E"]
    assert sheet.protection.sheet
    assert len(sheet.data_validations.dataValidation) >= 2
