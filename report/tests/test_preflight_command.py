from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessments.tests.factories import make_quiet_assessment
from report.tests.test_checks import make_clear_assessment

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    try:
        call_command("preflight", *arguments, stdout=out)
    except CommandError as refusal:
        return out.getvalue(), str(refusal)
    return out.getvalue(), ""


def test_preflight_lists_what_it_finds_and_fails_while_something_blocks():
    make_quiet_assessment()

    told, refusal = run("kaz", "2022")

    assert "BLOCKS  PI 2.2 has no agreed rating. Agree on one and record it." in told
    assert "WARNS   PI 1.1 has no document." in told
    assert refusal == "Endorsement cannot be requested yet."


def test_preflight_succeeds_where_nothing_blocks():
    make_clear_assessment()

    assert run("KAZ", "2022") == ("0 found, 0 of them blocking.\n", "")


def test_preflight_names_the_assessment_that_is_not_there():
    assert run("KAZ", "1999") == ("", "KAZ has no assessment of 1999.")
