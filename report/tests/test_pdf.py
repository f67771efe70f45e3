"""The PDF: what it may fetch (nothing), how it is built, and that hard texts print."""

import logging
from io import BytesIO

import page as pdf_checker
import pytest
from pypdf import PdfReader

from assessments.tests.factories import make_assessment, make_rating
from report.contents import AssessmentReport
from report.html import document
from report.pdf import marks, pdf, styles
from report.printing import OnlyOurMarks, print_pdf, with_directions, with_numbers
from report.tests.factories import make_action_point
from scorecard.rating import Rating

HOSTILE = """<img src="http://127.0.0.1:1/x.png"><img src="file:///etc/passwd">
<link rel=attachment href="file:///etc/passwd"><link rel=stylesheet href="http://127.0.0.1:1/x.css">
<style>@import url(http://127.0.0.1:1/y.css); p { background: url(file:///etc/hosts) }</style>
<object data="file:///etc/passwd"></object><a href="file:///etc/passwd">link</a>
<svg><image href="file:///etc/passwd"/></svg> url(http://127.0.0.1:1/z)"""


def in_document(body):
    return f'<html lang="en"><head><title>Test</title></head><body>{body}</body></html>'


def reader_of(content):
    return PdfReader(BytesIO(content))


def printed_here(html):
    """The same in this process, where what WeasyPrint asks for can be watched."""
    return print_pdf(html.encode(), styles=styles(), marks=marks())


def text_of(reader):
    return "\n".join(page.extract_text() for page in reader.pages)


def failures_of(content, folder):
    path = folder / "report.pdf"
    path.write_bytes(content)
    found = pdf_checker.validate_pdf(path, profile="ua1").failures
    return [(failure.rule_id, failure.message) for failure in found]


@pytest.fixture
def fetched(monkeypatch):
    """The addresses that WeasyPrint asked for and got."""
    got = []
    fetch = OnlyOurMarks.fetch

    def noting(self, url, headers=None):
        response = fetch(self, url, headers)
        got.append(url)
        return response

    monkeypatch.setattr(OnlyOurMarks, "fetch", noting)
    return got


def test_markup_that_slipped_through_would_still_fetch_nothing(fetched):
    reader = reader_of(printed_here(in_document(HOSTILE)))

    assert fetched == []
    assert reader.attachments == {}
    assert "root:" not in text_of(reader)


def test_child_prints_what_this_process_would_print():
    html = in_document("<p dir='auto'>Text</p>")

    assert text_of(reader_of(pdf(html))) == text_of(reader_of(printed_here(html)))


@pytest.mark.django_db
def test_hostile_texts_print_as_texts_and_only_our_marks_are_fetched(fetched):
    rating = make_rating(findings=HOSTILE, met="bc", rating=Rating.MEETS)

    reader = reader_of(printed_here(document(AssessmentReport.of(rating.assessment))))

    assert set(fetched) <= {f"mark:{name}" for name in ("none", 1, 2, 3, 4)}
    assert reader.attachments == {}
    assert '<img src="file:///etc/passwd">' in text_of(reader)


def test_anything_but_our_marks_is_refused_by_its_address():
    with pytest.raises(ValueError, match="file:///etc/passwd: a report fetches nothing"):
        OnlyOurMarks(marks()).fetch("file:///etc/passwd")


def test_marks_are_those_of_the_page_in_the_colour_of_their_rating():
    drawing = OnlyOurMarks(marks()).fetch("mark:3").read().decode()

    assert drawing.count('fill="#2c7a4b"') == 2
    assert drawing.count('fill="none"') == 1
    assert "currentColor" not in drawing


@pytest.mark.django_db
def test_report_with_hard_texts_prints_and_passes_pdf_ua(tmp_path):
    assessment = make_assessment(process="Control \x00\x07\x1b characters and a \x0b soft break.")
    rating = make_rating(
        assessment=assessment,
        met=["b"],
        findings="w" * 3000 + "\n\nالأمم المتحدة في القاهرة\n\n- نقطة\n\n联合国 Организация",
        means_of_verification="A finding of twenty thousand characters. "[:41] * 487,
    )
    rating.criterion_findings.update(finding=("Long. " * 3334)[:20_000])
    make_action_point(assessment=assessment, text="plan " * 400, activities={2021: "x" * 1000})

    content = pdf(document(AssessmentReport.of(assessment)))

    assert failures_of(content, tmp_path) == []
    text = text_of(reader_of(content))
    assert text.count("w") >= 3000
    assert text.count("Long.") == 3333
    assert "联合国" in text


@pytest.mark.django_db
def test_empty_report_passes_pdf_ua_and_has_language_title_and_bookmarks(tmp_path):
    content = pdf(document(AssessmentReport.of(make_assessment())))
    reader = reader_of(content)

    assert failures_of(content, tmp_path) == []
    assert reader.metadata.title == "UNCT-SWAP Gender Equality Scorecard: UNCT in Kazakhstan, 2022"
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert [row.title for row in reader.outline if not isinstance(row, list)][:3] == [
        "Contents",
        "1 Background",
        "2 The framework",
    ]


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Plain", "ltr"),
        ("الأمم المتحدة", "rtl"),
        ("2022: الأمم", "rtl"),
        ("UNDP الأمم", "ltr"),
        ("&amp; &lt;الأمم", "rtl"),
        ("2022", "ltr"),
        ("<strong>الأمم</strong> UNDP", "rtl"),
    ],
)
def test_first_letter_decides_which_way_a_paragraph_runs(text, direction):
    assert with_directions(f'<p dir="auto">{text}</p>') == f'<p dir="{direction}">{text}</p>'


def test_log_of_the_renderer_is_quiet_about_what_it_may_not_fetch(caplog):
    with caplog.at_level(logging.WARNING):
        printed_here(in_document("<p>url(http://127.0.0.1:1/)</p>"))

    assert caplog.records == []


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        (
            '<li dir="auto" value="7">seven</li>',
            '<li dir="ltr" style="counter-reset: list-item 7; counter-increment: none">seven</li>',
        ),
        (
            '<li dir="auto">(1) <strong>أولا</strong><ul><li dir="auto">two</li></ul></li>',
            '<li dir="rtl">(1) <strong>أولا</strong><ul><li dir="ltr">two</li></ul></li>',
        ),
    ],
)
def test_lists_of_people_keep_their_numbers_and_directions(html, printed):
    assert with_numbers(with_directions(html)) == printed
