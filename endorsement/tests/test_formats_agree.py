"""Page, PDF, Word, Excel, CSV and JSON of the demo's report say the same.

Every rating, every count, every criterion, every text that the contents hold.
"""

import csv
import json
import re
from io import BytesIO, StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from docx import Document
from docx.oxml.ns import qn
from lxml import html as lxml_html
from openpyxl import load_workbook
from pypdf import PdfReader

from assessments.models import Assessment
from report.as_json import as_json
from report.contents import AssessmentReport
from report.csv_files import ratings_csv
from report.html import document
from report.pdf import pdf
from report.sheets import xlsx
from report.word.document import docx
from scorecard.tests.factories import load_edition

pytestmark = pytest.mark.django_db  # by which the database is set up for the demo

# Values that stand for words: "met" is shown as "Met". The words are looked for instead.
CODED = {"state", "direction", "status", "start", "due", "sha256"}
# Chapters 1 to 4 explain the framework; a workbook of one year's results does without.
NOT_IN_EXCEL = {"framework"}
OWN_NUMBER = re.compile(r"^\s*(?:\d+[.)]|[-*+•])\s+", re.MULTILINE)


@pytest.fixture(scope="module")
def formats(django_db_setup, django_db_blocker, tmp_path_factory):
    """The report of the demo in every format, made from one and the same contents."""
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    storages = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    media = tmp_path_factory.mktemp("media")
    with (
        override_settings(MEDIA_ROOT=media, PASSWORD_HASHERS=quick, STORAGES=storages),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        load_edition()
        call_command("load_demo", verbosity=0)
        report = AssessmentReport.of(Assessment.objects.get(team__code="KAZ", year=2022))
        transaction.set_rollback(True)
        html = document(report)
        return {
            "contents": json.loads(as_json(report)),
            "page": lxml_html.fromstring(html).find(".//article"),
            "pdf": PdfReader(BytesIO(pdf(html))),
            "word": Document(BytesIO(docx(report))),
            "excel": load_workbook(BytesIO(xlsx(report))),
            "csv": list(csv.DictReader(StringIO(ratings_csv(report).decode("utf-8-sig")))),
        }


# Ratings


def rows_of_page(page):
    (found,) = page.find_class("report-table-overview")
    for row in found.iterfind("tbody/tr"):
        yield [" ".join(cell.text_content().split()) for cell in row]


def rows_of_word(word):
    (found,) = (
        table
        for table in word.tables
        if [cell.text for cell in table.rows[0].cells][-2:] == ["Reassessed", "Last assessed"]
    )
    for row in found.rows[1:]:
        yield [" ".join(cell.text.split()) for cell in row.cells]


def rating_in(text):
    return re.search(r"Missing|Approaches|Meets|Exceeds|Not rated", text)[0]


def ratings_of(formats, name):
    """{"1.1": ("Approaches", "No")} as one format says it in its first table."""
    if name == "contents":
        rows = (row for part in formats[name]["overview"]["dimensions"] for row in part["rows"])
        yes_no = {True: "Yes", False: "No"}
        return {row["code"]: (row["rating"]["label"], yes_no[row["is_reassessed"]]) for row in rows}
    if name == "csv":
        return {row["PI"]: (row["Rating"], row["Reassessed"]) for row in formats[name]}
    if name == "excel":
        head, *rows = formats[name]["Ratings"].iter_rows(values_only=True)
        dicts = (dict(zip(head, row, strict=True)) for row in rows)
        return {row["PI"]: (rating_in(row["Rating"]), row["Reassessed"]) for row in dicts}
    if name == "pdf":
        return ratings_of_pdf(formats[name])
    rows = rows_of_page(formats[name]) if name == "page" else rows_of_word(formats[name])
    return {row[0].split()[0]: (rating_in(row[1]), row[2]) for row in rows}


def ratings_of_pdf(reader):
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    overview = text.split("Table 1: Ratings by performance indicator")[1].split("Table 2:")[0]
    row = re.compile(r"(\d\.\d) \D+?(Missing|Approaches|Meets|Exceeds)\b.*?\b(Yes|No)\b")
    return {code: (rating, answer) for code, rating, answer in row.findall(overview)}


@pytest.mark.parametrize("name", ["page", "pdf", "word", "excel", "csv"])
def test_every_rating_is_the_same(formats, name):
    wanted = ratings_of(formats, "contents")

    assert len(wanted) == 15
    assert ratings_of(formats, name) == wanted


# Counts


def test_counts_by_level_are_the_same(formats):
    overview = formats["contents"]["overview"]
    wanted = {row["rating"]["label"]: row["count"] for row in overview["levels"]}
    wanted["Not rated"] = overview["not_rated"]
    (tally,) = formats["page"].find_class("report-table-tally")
    heads, counts = ([cell.text_content().strip() for cell in row] for row in tally.iter("tr"))
    sheet = dict(formats["excel"]["Report"].iter_rows(values_only=True))

    assert {head: int(count) for head, count in zip(heads, counts, strict=True)} == wanted
    assert {
        rating_in(key): sheet[key] for key in sheet if re.search("▮|▯|Not rated", key)
    } == wanted
    in_word = next(t for t in formats["word"].tables if t.cell(0, 0).text == "▮▮▮\u00a0Exceeds")
    words = {
        rating_in(cell.text): int(in_word.cell(1, place).text)
        for place, cell in enumerate(in_word.rows[0].cells)
    }
    assert words == wanted


def test_criteria_stand_the_same(formats):
    wanted = [
        (indicator["code"], criterion["name"], criterion["state"].replace("-", " ").capitalize())
        for dimension in formats["contents"]["findings"]
        for indicator in dimension["indicators"]
        for criterion in indicator["criteria"]
    ]
    head, *rows = formats["excel"]["Criteria"].iter_rows(values_only=True)
    dicts = [dict(zip(head, row, strict=True)) for row in rows]
    on_page = [
        (
            section.find(".//h4").get("id").removeprefix("pi-"),
            row.find(".//strong").text_content(),
            row.find_class("criterion-state")[0].text_content(),
        )
        for section in formats["page"].find_class("report-pi")
        for found in section.find_class("report-table-criteria")
        for row in found.iterfind("tbody/tr")
    ]

    assert [(row["PI"], row["Criterion"], row["State"]) for row in dicts] == wanted
    assert on_page == wanted


# Texts


def texts_in(value, path=()):
    """Yield (path, text) of every text in the contents that a reader is to see."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in CODED:
                yield from texts_in(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner, path)
    elif isinstance(value, str) and value.strip():
        yield path, value


def letters(text):
    """Letters and digits alone: what light markup, line ends and hyphens leave of a text."""
    return re.sub(r"[\W_]+", "", text)


def all_letters(formats, name):
    if name == "page":
        return letters(formats[name].text_content())
    if name == "pdf":
        return letters(" ".join(page.extract_text() for page in formats[name].pages))
    if name == "word":
        return letters(" ".join(node.text or "" for node in formats[name].element.iter(qn("w:t"))))
    cells = (
        cell for sheet in formats[name] for row in sheet.iter_rows(values_only=True) for cell in row
    )
    return letters(" ".join(map(str, cells)))


def is_in(words, everything):
    """Whether the words stand there, at most parted by the end of a page and what it repeats."""
    if letters(" ".join(words)) in everything:
        return True
    middle = len(words) // 2
    return (
        len(words) > 3 and is_in(words[:middle], everything) and is_in(words[middle:], everything)
    )


@pytest.mark.parametrize("name", ["page", "pdf", "word", "excel"])
def test_every_text_of_the_contents_stands_in_every_format(formats, name):
    everything = all_letters(formats, name)
    left_out = NOT_IN_EXCEL if name == "excel" else set()

    missing = [
        (".".join(path), text[:80])
        for path, text in texts_in(formats["contents"])
        if path[0] not in left_out
        if not is_in(OWN_NUMBER.sub("", text).split(), everything)
    ]

    assert missing == []


def test_a_text_that_were_missing_would_be_found_out(formats):
    for name in ["page", "pdf", "word", "excel"]:
        words = ["A", "finding", "which", "nobody", "ever", "wrote"]
        assert not is_in(words, all_letters(formats, name))
