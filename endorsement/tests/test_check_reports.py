"""manage.py check_reports: what was endorsed and handed in is looked at byte for byte."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from endorsement.tests.factories import make_endorsement, make_submission, make_version

pytestmark = pytest.mark.django_db


def check() -> str:
    said = StringIO()
    call_command("check_reports", stdout=said)
    return said.getvalue()


def faults() -> str:
    said = StringIO()
    with pytest.raises(CommandError, match="wrong with the reports") as error:
        call_command("check_reports", stdout=said)
    return f"{said.getvalue()}{error.value}"


def test_reports_that_are_as_they_were_written_are_said_to_be():
    make_submission()
    assert check() == "The reports are complete and unchanged.\n"


def test_an_altered_endorsed_report_is_named_with_its_team_and_year():
    endorsement = make_endorsement()
    Path(endorsement.pdf.path).write_bytes(b"%PDF-1.7 another")
    said = faults()
    assert f"{endorsement.pdf.name} (UNCT in Kazakhstan, 2022" in said
    assert "is not what was written" in said
    assert endorsement.pdf_sha256 in said
    assert said.endswith("1 thing is wrong with the reports.")


def test_a_missing_page_of_a_version_and_an_altered_bundle_are_both_named():
    submission = make_submission()
    version = submission.endorsement.version
    Path(version.html.path).unlink()
    with open(submission.bundle.path, "ab") as bundle:
        bundle.write(b"more")
    said = faults()
    assert f"{version.html.name} (UNCT in Kazakhstan, 2022, Version 1) is missing" in said
    assert f"{submission.bundle.name} (UNCT in Kazakhstan, 2022, KAZ-2022-1)" in said
    assert said.endswith("2 things are wrong with the reports.")


def test_another_record_of_decisions_is_found_though_every_hash_beside_it_fits():
    endorsement = make_endorsement()
    assert "complete and unchanged" in check()
    endorsement.pk, endorsement._state.adding = None, True
    endorsement.record = '{"outcome": "nobody objected"}\n'
    endorsement.save()
    assert "names nothing endorsed that is like Version 1 of UNCT in Kazakhstan, 2022" in faults()


def test_a_content_that_is_not_the_one_its_hash_names_is_found():
    make_version(sha256="0" * 64)
    assert "The content of Version 1 of UNCT in Kazakhstan, 2022 was altered." in faults()
