import json
from dataclasses import dataclass, field

import pytest

from assessments.tests.factories import make_assessment, make_rating
from report.as_json import _plain, as_json
from report.contents import AssessmentReport
from report.tests.factories import make_citation


def json_of(assessment):
    return as_json(AssessmentReport.of(assessment))


@pytest.mark.django_db
def test_same_contents_give_the_same_bytes():
    assessment = make_rating(entries=[], findings="Found.").assessment

    assert json_of(assessment) == json_of(assessment)


@pytest.mark.django_db
def test_keys_are_sorted_and_nothing_stands_between():
    content = json_of(make_assessment())

    again = json.dumps(
        json.loads(content), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    assert content == f"{again}\n".encode()


@pytest.mark.django_db
def test_text_is_composed_and_written_as_itself():
    assessment = make_assessment(process="Re\u0301gion القاهرة")

    assert "R\u00e9gion القاهرة".encode() in json_of(assessment)


@pytest.mark.django_db
def test_ratings_are_numbers_with_their_words_and_shares_are_whole_numbers():
    rating = make_rating(code="1.3", entries=[(15, 16), (23, 62)], rating=3)

    findings = json.loads(json_of(rating.assessment))["findings"]
    (indicator,) = [row for row in findings[0]["indicators"] if row["code"] == "1.3"]

    assert indicator["rating"] == {
        "value": 3,
        "label": "Meets",
        "title": "Meets minimum requirements",
    }
    total = indicator["measures"][0]["total"]
    assert (total["numerator"], total["denominator"]) == (38, 78)
    assert total["text"] == "38 of 78 (48.7 %)"


@pytest.mark.django_db
def test_documents_are_known_by_their_content_not_by_their_place_on_this_site():
    citation = make_citation(rating=make_rating())

    evidence = json.loads(json_of(citation.indicator_rating.assessment))["evidence"]
    (document,) = [
        document
        for indicator in evidence["indicators"]
        for category in indicator["categories"]
        for document in category["documents"]
    ]

    assert document == {
        "title": "Annual report",
        "file_type": "PDF",
        "sha256": citation.document.sha256,
        "link": "",
        "places": [],
    }


@dataclass
class Place:
    name: str
    pk: int = field(metadata={"is_content": False})


def test_field_that_is_no_content_is_left_out():
    assert _plain(Place(name="here", pk=3)) == {"name": "here"}


def test_two_ways_to_write_one_letter_give_one_text():
    assert _plain("Re\u0301gion") == _plain("R\u00e9gion") == "R\u00e9gion"


def test_float_is_refused_since_its_digits_differ_between_machines():
    with pytest.raises(TypeError, match="holds no float; got 0.5"):
        _plain([0.5])
