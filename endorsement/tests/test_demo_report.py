"""The demo's report, complete: the same facts as page, PDF and JSON, and a PDF worth signing."""

import json
import re
from datetime import timedelta

import page as pdf_checker
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from assessments.models import Assessment
from endorsement.tests.printed import PrintedReport, one_line
from report.as_json import as_json
from report.contents import AssessmentReport
from report.html import document
from report.pdf import pdf
from scorecard.tests.factories import load_edition

pytestmark = pytest.mark.django_db

RATINGS = {
    "1.1 Common Country Analysis": "Approaches",
    "1.2 Cooperation Framework Outcomes": "Exceeds",
    "1.3 Cooperation Framework Indicators": "Meets",
    "2.1 Joint Programmes": "Meets",
    "2.2 Communication & Advocacy": "Exceeds",
    "2.3 Cooperation Framework M&E": "Approaches",
    "3.1 Engagement with Government": "Exceeds",
    "3.2 Engagement with GEWE CSO": "Meets",
    "4.1 Leadership for Gender Equality": "Meets",
    "4.2 Organizational Culture": "Meets",
    "4.3 Gender Parity": "Approaches",
    "5.1 Gender Coordination Mechanism": "Missing",
    "5.2 Gender Mainstreaming Capacities": "Approaches",
    "6.1 Resource Allocation & Tracking": "Approaches",
    "7.1 GEWE Results": "Approaches",
}
FACTS = [
    "38 of 78 (48.7 %)",
    "73 percent were positive",
    "USD 678,000",
    "rank 65 of 146 countries",
    "36 partner agreements",
    "8 of 15 PIs meet or exceed the minimum requirements.",
    "Year 1 (2019)",
    "Year 2 (2020)",
    "Year 3 (2021)",
    "Year 4 (2022)",
    "There is no UNCT mechanism for monitoring gender parity",
    "By the criteria it would be missing",
]
WITHOUT_DOCUMENTS = ["1.1", "1.2", "1.3", "2.3", "4.2", "4.3", "5.1"]


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """Load the demo once, print it, and leave the database as it was."""
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
        html = document(report)
        made = PrintedReport(html=html, pdf=pdf(html), data=json.loads(as_json(report)))
        transaction.set_rollback(True)
    return made


# The same facts everywhere


@pytest.mark.parametrize("format", ["html", "pdf", "json"])
@pytest.mark.parametrize("fact", FACTS)
def test_fact_stands_in_every_format(demo, format, fact):
    assert fact in demo.texts[format]


@pytest.mark.parametrize("format", ["html", "pdf"])
def test_how_far_it_is_endorsed_stands_on_page_and_paper_only(demo, format):
    """The JSON holds the content that is endorsed, which the endorsement must not change."""
    assert "Draft: not yet endorsed" in demo.texts[format]
    assert "not yet endorsed" not in demo.texts["json"]


def test_what_it_says_is_the_same_on_every_day(db, monkeypatch, settings, tmp_path):
    """Else the heads of agency would decide on a report that becomes another by itself."""
    settings.MEDIA_ROOT = tmp_path
    load_edition()
    call_command("load_demo", verbosity=0)
    assessment = Assessment.objects.get(team__code="KAZ", year=2022)
    today = as_json(AssessmentReport.of(assessment))
    later = timezone.now() + timedelta(days=1500)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert as_json(AssessmentReport.of(assessment)) == today


@pytest.mark.parametrize("format", ["html", "pdf"])
@pytest.mark.parametrize("indicator", RATINGS)
def test_overview_prints_every_rating(demo, format, indicator):
    overview = demo.texts[format].split("Table 1:")[-1].split("Table 2:")[0]

    assert f"{indicator} {RATINGS[indicator]}" in overview


def test_json_holds_every_rating(demo):
    found = {
        f"{row['code']} {row['title']}": row["rating"]["label"]
        for dimension in demo.data["overview"]["dimensions"]
        for row in dimension["rows"]
    }

    assert found == RATINGS


@pytest.mark.parametrize("format", ["html", "pdf"])
def test_seven_indicators_have_no_documents_and_say_so(demo, format):
    assert demo.texts[format].count("No documents uploaded") == 7


def test_evidence_has_29_entries_and_is_empty_for_the_same_seven(demo):
    evidence = demo.data["evidence"]

    assert evidence["entry_count"] == 29
    assert [row["code"] for row in evidence["indicators"] if not row["categories"]] == (
        WITHOUT_DOCUMENTS
    )


@pytest.mark.parametrize("format", ["html", "pdf"])
def test_contradiction_of_parity_is_plain_to_see(demo, format):
    text = demo.texts[format]

    assert "≠ the criteria give Missing" in text
    assert "≠ Agreed: Approaches. By the criteria: Missing." in text
    assert text.count("≠ Agreed") == 1


def test_json_tells_the_contradiction_of_parity(demo):
    (parity,) = [
        indicator
        for dimension in demo.data["findings"]
        for indicator in dimension["indicators"]
        if indicator["difference"]
    ]

    assert parity["code"] == "4.3"
    assert (parity["rating"]["value"], parity["criteria_give"]["value"]) == (2, 1)
    assert parity["difference"]["lacking"]["criteria"] == "(a)"


def test_report_names_offices_and_no_address(demo):
    for text in demo.texts.values():
        assert "Gender Specialist" in text
        assert "@" not in text


# The document


def test_pdf_passes_every_check_of_pdf_ua(demo, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(demo.pdf)

    found = pdf_checker.validate_pdf(path, profile="ua1")

    assert [(row.rule_id, row.message) for row in found.failures] == []
    assert found.checks.failed == 0


def test_landscape_pages_are_those_of_the_action_plan_and_no_others(demo):
    first, after = demo.find_heading("8 Action plan"), demo.find_heading("9 Supporting evidence")

    wide = [
        number
        for number, page in enumerate(demo.pages, start=1)
        if page.mediabox.width > page.mediabox.height
    ]

    assert wide == list(range(first, after))


def test_all_pages_are_a4(demo):
    sizes = {
        tuple(sorted((round(page.mediabox.width), round(page.mediabox.height))))
        for page in demo.pages
    }

    assert sizes == {(595, 842)}


def test_page_numbers_of_the_contents_are_true(demo):
    laid_out = demo.pages[1].extract_text(extraction_mode="layout")
    lines = re.findall(r"^ *(\S.+?) {3,}(\d+)$", laid_out, re.MULTILINE)

    told = {one_line(heading): int(number) for heading, number in lines}
    assert len(told) == 10 + 7 + 15
    assert told == {heading: demo.find_heading(heading) for heading in told}


def test_no_page_is_blank_and_none_is_nearly_so(demo):
    assert min(map(len, demo.bodies)) > 100


def test_every_page_but_the_cover_is_numbered(demo):
    count = len(demo.pages)

    for number, text in enumerate(demo.printed, start=1):
        assert (f"{number} / {count}" in text) == (number > 1)


def test_head_of_the_action_plan_is_repeated_on_each_of_its_pages(demo):
    first, after = demo.find_heading("8 Action plan"), demo.find_heading("9 Supporting evidence")

    assert after - first > 1
    assert all("Year 4 (2022)" in body for body in demo.bodies[first - 1 : after - 1])


def test_all_fonts_are_embedded_and_text_is_set_in_noto_sans(demo):
    fonts = {}
    for page in demo.pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"].get_object()
            embedded = any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
            fonts[descendant["/BaseFont"]] = embedded

    assert all(fonts.values()), fonts
    assert any("Noto-Sans" in name or "NotoSans" in name for name in fonts), fonts


def test_pdf_is_tagged_and_names_language_and_title(demo):
    root = demo.reader.trailer["/Root"]

    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert (
        demo.reader.metadata.title
        == "UNCT-SWAP Gender Equality Scorecard: UNCT in Kazakhstan, 2022"
    )
