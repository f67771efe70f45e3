"""Texts of allowed markup that no printer gets done with: the report comes out all the same."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from assessments.tests.factories import make_assessment, make_rating
from report import pdf as printing
from report import unprintable
from report.contents import AssessmentReport
from report.html import document
from report.tests.lookup import findings_of
from report.unprintable import Printed, printed, prints, suspects, with_as_typed
from scorecard.child import Busy, ChildPool
from scorecard.fields import LongTextField

# Within the limits on length, depth and cells. Minutes to set, two seconds as it was typed: on a
# slow machine, too, far from the limit below on either side.
BOMB = "*a*b" * 4_990 + " the end"
NESTED = "\n".join(f"{'  ' * depth}- deep" for depth in range(12))

pytestmark = pytest.mark.django_db


def text_of(content):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@pytest.fixture
def hurried_printers(monkeypatch):
    """The limit of a whole report, short enough for a test."""
    pool = ChildPool(seconds=12, megabytes=1500, clock=120, size=1)
    monkeypatch.setattr(printing, "printers", pool)
    yield pool
    pool.close()


def test_the_bomb_may_be_saved_so_it_has_to_be_printed():
    LongTextField().clean(BOMB, None)


def test_report_with_a_bomb_comes_out_with_that_text_as_typed(hurried_printers):
    rating = make_rating(code="2.2", met="bc", findings=BOMB)
    make_rating(assessment=rating.assessment, code="2.1", findings="- A list\n- of two")

    done = printed(AssessmentReport.of(rating.assessment))

    assert done.as_typed == ("PI 2.2",)
    assert done.note == (
        "Printed as typed, since its layout cannot be printed: the text under PI 2.2."
    )
    text = text_of(done.content)
    assert "could not be printed, so it stands here as it was typed" in text.replace("\n", " ")
    assert text.count("*") == BOMB.count("*")
    assert "the end" in text
    assert "A list" in text
    assert "- A list" not in text


def test_sound_report_is_printed_once_and_needs_no_note():
    done = printed(AssessmentReport.of(make_rating(findings="Found.").assessment))

    assert (done.as_typed, done.note) == ((), "")


@pytest.mark.parametrize(
    "text",
    [NESTED, "w" * 20_000, "\u0645" * 20_000, "Sentence after sentence. " * 800],
    ids=["12 lists in lists", "one word", "one Arabic word", "prose"],
)
def test_long_and_deep_texts_are_no_bombs(text):
    assert prints(text)


def test_suspects_are_named_by_the_place_where_they_stand():
    long = "Long enough to be looked at. " * 5
    rating = make_rating(
        assessment=make_assessment(process=f"How. {long}", comments=f"Context. {long}"),
        code="2.2",
        met="bc",
        findings=f"Found. {long}",
    )
    places = dict(suspects(AssessmentReport.of(rating.assessment)))

    assert places[f"Found. {long}".strip()] == "PI 2.2"
    assert places[f"How. {long}".strip()] == "Process"


def test_marked_text_stands_as_typed_in_page_and_pdf_and_others_keep_their_layout():
    text = "- not\n- a list <b>"
    rating = make_rating(code="2.2", met="bc", findings=text, means_of_verification="- kept")
    report = with_as_typed(AssessmentReport.of(rating.assessment), {text})

    html = document(report)

    assert '<p class="as-typed" dir="auto">- not\n- a list &lt;b&gt;</p>' in html
    assert '<li dir="auto">kept</li>' in html
    assert findings_of(report, "2.2").findings == text


def test_busy_printers_are_no_reason_to_suspect_a_text(monkeypatch):
    def busy(html):
        raise Busy("Try again in some minutes.")

    monkeypatch.setattr(unprintable, "pdf", busy)
    monkeypatch.setattr(unprintable, "prints", pytest.fail)

    with pytest.raises(Busy):
        printed(AssessmentReport.of(make_rating(findings="x" * 200).assessment))


def test_places_are_named_once():
    note = Printed(content=b"", as_typed=("PI 2.2", "Process")).note

    assert note.endswith("the text under PI 2.2, Process.")
