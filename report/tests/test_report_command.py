import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.tests.factories import make_team
from assessments.tests.factories import make_assessment

pytestmark = pytest.mark.django_db


class Terminal(StringIO):
    def isatty(self):
        return True


def report(*arguments, **options):
    """Run the command and return what it printed."""
    printed = options.pop("stdout", None) or StringIO()
    call_command("report", *arguments, stdout=printed, stderr=StringIO(), **options)
    return printed.getvalue()


@pytest.mark.parametrize(
    ("format", "beginning"),
    [
        ("pdf", b"%PDF-1.7"),
        ("docx", b"PK"),
        ("xlsx", b"PK"),
        ("csv", b"\xef\xbb\xbfDimension,"),
        ("evidence-csv", b"\xef\xbb\xbfPI,"),
        ("html", b"<!doctype html>"),
        ("json", b'{"action_plan":'),
    ],
)
def test_each_format_is_written_to_the_named_file(tmp_path, format, beginning):
    make_assessment()
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / "report"

    report("KAZ", "2022", format=format, output=str(path))

    assert path.read_bytes().lstrip().startswith(beginning)
    assert list(folder.iterdir()) == [path]


def test_json_and_html_go_to_standard_output_without_a_file():
    make_assessment()

    assert json.loads(report("KAZ", "2022", format="json"))["cover"]["team_code"] == "KAZ"
    assert "</html>" in report("KAZ", "2022", format="html", output="-")


def test_pdf_is_refused_to_a_terminal():
    make_assessment()

    with pytest.raises(CommandError, match="name a file with --output"):
        report("KAZ", "2022", stdout=Terminal())


def test_pdf_goes_to_a_pipe(capfdbinary):
    make_assessment()

    report("KAZ", "2022")

    assert capfdbinary.readouterr().out.startswith(b"%PDF-1.7")


def test_unknown_team_is_told_the_known_ones():
    make_team()
    make_team(code="KGZ", country="Kyrgyzstan")

    with pytest.raises(CommandError, match=r"No team has the code FRA. Known teams: KAZ, KGZ\."):
        report("FRA", "2022")


def test_unknown_year_is_told_the_known_ones():
    for year in (2022, 2021):
        make_assessment(year=year)

    with pytest.raises(CommandError, match=r"no assessment of 2019. Known years: 2021, 2022\."):
        report("KAZ", "2019")


def test_missing_folder_is_refused_by_name(tmp_path):
    make_assessment()

    with pytest.raises(CommandError, match="no such folder"):
        report("KAZ", "2022", format="json", output=str(tmp_path / "nowhere" / "report.json"))


def test_file_that_cannot_be_replaced_is_left_as_it_was(tmp_path):
    make_assessment()
    folder = tmp_path / "report.json"
    folder.mkdir()

    with pytest.raises(CommandError, match="Nothing was written"):
        report("KAZ", "2022", format="json", output=str(folder))

    assert list(tmp_path.iterdir()) == [folder]
