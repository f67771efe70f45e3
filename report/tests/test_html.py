"""The report as a document: what its templates say of full, empty and hostile contents."""

import re
from datetime import UTC, datetime

import pytest

from accounts.tests.factories import make_user
from assessments.tests.factories import make_assessment, make_carried_rating, make_rating
from report.contents import AssessmentReport
from report.html import document, standalone_document
from report.tests.factories import make_action_point, make_citation
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert(1)</script> <img src="http://example.org/x.png"> {{ x }} & "quoted"'


def html_of(assessment):
    return document(AssessmentReport.of(assessment))


def text_of(html):
    """All that the document says, tags out and white space put together."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_empty_assessment_says_of_every_part_that_nothing_is_recorded():
    text = text_of(html_of(make_assessment()))

    for sentence, times in [
        ("None recorded", 6),
        ("No findings recorded", 15),
        ("No means of verification recorded", 15),
        ("No documents uploaded", 15),
        ("No action plan recorded", 1),
        ("No earlier assessment of this team is recorded here", 1),
        ("0 of 15 PIs meet or exceed the minimum requirements.", 2),
    ]:
        assert text.count(sentence) == times, sentence


def test_assessment_without_any_rating_still_prints():
    assessment = make_assessment()
    assessment.indicator_ratings.all().delete()

    assert "No findings recorded" in text_of(html_of(assessment))


def test_annual_report_explains_how_ratings_are_carried_over():
    text = text_of(html_of(make_assessment()))

    assert "3 Methodology of an annual progress assessment" in text
    assert "chooses at least 5 of them to assess again" in text


def test_comprehensive_report_has_a_chapter_three_of_its_own():
    text = text_of(html_of(make_assessment(kind="comprehensive")))

    assert "Comprehensive assessment report and action plan" in text
    assert "3 Methodology of a comprehensive assessment" in text
    assert "annual progress assessment" not in text.split("4 Quality assurance")[0].split("3.2")[0]


def test_every_link_of_the_contents_leads_to_a_heading():
    html = html_of(make_assessment())

    targets = re.findall(r'href="#([^"]+)"', html)

    assert len(targets) == 10 + 7 + 15
    assert set(targets) <= set(re.findall(r'id="([^"]+)"', html))


def test_texts_are_escaped_wherever_they_stand():
    assessment = make_assessment(
        **dict.fromkeys(
            ["process", "rationale", "team_role", "unct_engagement", "comments"], HOSTILE
        )
    )
    rating = make_rating(
        assessment=assessment,
        met=["b"],
        findings=HOSTILE,
        means_of_verification=HOSTILE,
        difference_reason=HOSTILE,
        regression_reason=HOSTILE,
        rating=Rating.MEETS,
    )
    rating.criterion_findings.update(finding=HOSTILE)
    make_citation(rating=rating, title=HOSTILE)
    make_action_point(assessment=assessment, text=HOSTILE, activities={2021: HOSTILE})

    html = html_of(assessment)

    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 12


def test_rating_that_differs_is_told_in_overview_and_findings():
    rating = make_rating(
        code="4.3",
        met=["b"],
        refused=["a"],
        rating=Rating.APPROACHES,
        difference_reason="The trend is good.",
    )

    text = text_of(html_of(rating.assessment))

    assert "≠ the criteria give Missing" in text
    assert "≠ Agreed: Approaches. By the criteria: Missing." in text
    assert "“Approaches minimum requirements” asks for (a), which is not recorded as met." in text
    assert "The trend is good." in text


def test_carried_rating_names_the_year_of_its_origin():
    assert "Carried over from 2021, 1 year old." in text_of(
        html_of(make_carried_rating().assessment)
    )


def test_a_confirmed_rating_says_who_confirmed_it_and_why():
    rating = make_carried_rating(
        confirmation="The campaign runs on.",
        confirmed_by=make_user(name="Aigerim S."),
        confirmed_at=datetime(2022, 11, 22, 12, tzinfo=UTC),
    )
    text = text_of(html_of(rating.assessment))
    assert (
        "Confirmed unchanged by Aigerim S. on 22 Nov 2022, because: The campaign runs on." in text
    )
    assert "2021 (1 year)" in text


def test_blank_lines_and_dashes_become_paragraphs_and_lists():
    assessment = make_assessment(process="First.\n\nSecond:\n- one\n- two")

    html = html_of(assessment)

    assert '<p dir="auto">First.</p>' in html
    assert '<li dir="auto">one</li><li dir="auto">two</li>' in html


def test_picture_carries_its_ratings_as_words_for_those_who_cannot_see_it():
    rating = make_rating(met="bc", rating=Rating.MEETS)

    html = html_of(rating.assessment)

    assert re.search(r"<title>Ratings by performance indicator: .*2\.2 Meets; 2\.3 not rated", html)


def test_document_is_unstyled_for_the_pdf_and_complete_as_a_file():
    report = AssessmentReport.of(make_assessment())

    assert "<style>" not in document(report)
    standalone = standalone_document(report)
    assert "tbody > tr" in standalone
    assert "<link" not in standalone
