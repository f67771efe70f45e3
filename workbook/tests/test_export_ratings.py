import csv
from io import StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEntry, CountryTeam
from accounts.tests.factories import make_team
from assessments.tests.factories import make_assessment, make_carried_rating, make_rating
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment():
    assessment = make_assessment()
    make_rating(assessment=assessment, code="1.1", rating=Rating.MISSING)
    make_carried_rating(assessment=assessment)
    CountryTeam.objects.update(country="=Kazakhstan")
    return assessment


def exported(path, **options):
    out = StringIO()
    call_command("export_ratings", output=str(path), stdout=out, **options)
    assert out.getvalue() == f"30 ratings written to {path}.\n"


EXPECTED = ["KAZ", 2022, "1.1", "Missing", "yes", 2022], ["KAZ", 2022, "2.2", "Meets", "no", 2021]
SHOWN = (0, 2, 6, 8, 10, 11)


def test_the_workbook_has_a_row_for_each_pi_of_each_assessment(assessment, tmp_path):
    exported(tmp_path / "ratings.xlsx", format="xlsx")
    head, *rows = openpyxl.load_workbook(tmp_path / "ratings.xlsx").active.iter_rows()
    assert [cell.value for cell in head][:3] == ["Team", "Country", "Year"]
    assert len(rows) == 30
    found = [[row[place].value for place in SHOWN] for row in rows]
    for expected in EXPECTED:
        assert expected in found
    assert {row[1].data_type for row in rows} == {"s"}


def test_the_csv_says_the_same_and_holds_no_formula(assessment, tmp_path):
    exported(tmp_path / "ratings.csv", format="csv")
    text = (tmp_path / "ratings.csv").read_text(encoding="utf-8-sig")
    _head, *rows = csv.reader(StringIO(text))
    found = [[row[place] for place in SHOWN] for row in rows]
    for expected in EXPECTED:
        assert [str(value) for value in expected] in found
    assert {row[1] for row in rows} == {"'=Kazakhstan"}


def test_who_stands_in_the_table_finds_it_in_the_log(assessment, tmp_path):
    make_team(code="KGZ", country="Kyrgyzstan")
    exported(tmp_path / "ratings.csv")
    entry = AuditEntry.objects.get()
    assert entry.team == assessment.team
    assert (
        str(entry) == "A command on the server took out: "
        "ratings of all years, in the table of all teams, CSV."
    )


def test_csv_goes_to_standard_output_where_no_file_is_named(assessment, capsys):
    call_command("export_ratings")
    assert capsys.readouterr().out.startswith("Team,Country,Year")


def test_a_workbook_needs_a_file():
    with pytest.raises(CommandError, match="Say which file"):
        call_command("export_ratings", format="xlsx")


def test_a_file_that_cannot_be_written_is_told(tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_ratings", output=str(tmp_path / "no" / "ratings.csv"))


def test_the_queries_do_not_grow_with_the_teams(
    assessment, tmp_path, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):  # one reads the table, seven write the logs
        exported(tmp_path / "ratings.csv", format="csv")
