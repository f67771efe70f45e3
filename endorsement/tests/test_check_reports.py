"""manage.py check_reports: what was endorsed and handed in is looked at byte for byte."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts import audit
from endorsement.models import Decision, ObjectedIndicator
from endorsement.tests.factories import (
    make_decision,
    make_endorsement,
    make_seat,
    make_submission,
    make_version,
)
from endorsement.tests.flow import quick_printer, team
from scorecard.tests.triggers import triggers_off

__all__ = ["quick_printer", "team"]
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


def test_what_a_bundle_holds_beside_its_manifest_is_found_though_its_hash_fits():
    submission = make_submission(bundle={"manifest.json": "{}", "extra.txt": "more"})
    said = faults()
    name = f"{submission.bundle.name} (UNCT in Kazakhstan, 2022, KAZ-2022-1)"
    assert f"{name}: manifest.json is not what was handed in." in said
    assert f"{name}: extra.txt stands in no manifest." in said
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


# Decisions


def tampered(statement, *values):
    """As a hand in the database would, which no trigger stops."""
    with triggers_off(connection), connection.cursor() as cursor:
        cursor.execute(statement, values)


def objected(team):
    """Two have endorsed and one objects, under a rule by which the report is endorsed."""
    team.request(kind="quorum", quorum=2)
    decision = team.decide(team.fao, "object", codes=["2.2"], comment="Too high.")
    team.decide(team.undp)
    team.decide(team.rc)
    assert team.close()
    return decision


def test_decisions_that_are_as_the_log_told_are_not_spoken_of(team):
    objected(team)
    assert check() == "The reports are complete and unchanged.\n"


def test_an_objection_that_was_turned_into_an_endorsement_is_found(team):
    decision = objected(team)
    tampered("UPDATE endorsement_decision SET kind = 'endorse' WHERE id = %s", decision.pk)
    said = faults()
    assert "tells nothing like this: UNCT in Kazakhstan, 2022, " in said
    assert "Version 1: Endorsed with a comment (2.2)." in said
    assert "tells of a decision that is not there: FAO, Version 1: Objected (2.2)" in said
    assert "The record of endorsement of UNCT in Kazakhstan, 2022 holds “Objected”" in said


def test_another_comment_is_found(team):
    decision = objected(team)
    tampered("UPDATE endorsement_decision SET comment = 'Fine.' WHERE id = %s", decision.pk)
    assert "Version 1: Objected (2.2)." in faults()


def test_a_pi_that_is_no_longer_named_is_found(team):
    named = objected(team).objected.get()
    tampered(f"DELETE FROM {ObjectedIndicator._meta.db_table} WHERE id = %s", named.pk)
    assert "Version 1: Objected." in faults()


def test_a_decision_that_was_taken_away_is_found(team):
    team.request()
    decision = team.decide(team.undp)
    tampered(f"DELETE FROM {Decision._meta.db_table} WHERE id = %s", decision.pk)
    said = faults()
    assert "a decision that is not there: UNDP, Version 1: Endorsed, SHA-256" in said
    assert said.endswith("1 thing is wrong with the reports.")


def test_a_decision_of_which_the_log_does_not_know_is_found():
    make_decision()
    assert "tells nothing like this" in faults()


def told_without_seal(decision, words):
    audit.record(
        team=decision.seat.assessment.team,
        action=audit.Action.DECISION,
        by=decision.by,
        object="the report",
        detail=f"UNDP, Version 1: {words}, SHA-256 {decision.version.sha256}",
        at=decision.at,
    )


def test_a_decision_from_before_there_were_seals_is_compared_as_far_as_it_goes():
    decision = make_decision(seat=make_seat(), kind="object", codes=["2.2"])
    told_without_seal(decision, "Objected (2.2)")
    said = check()
    assert "1 decision was made before the log sealed them" in said
    assert "complete and unchanged" in said
    tampered("UPDATE endorsement_decision SET kind = 'endorse' WHERE id = %s", decision.pk)
    assert "tells nothing like this" in faults()
