import json

import pytest

from assessments.tests.factories import make_carried_rating, make_rating
from report.as_json import as_json
from report.contents import AssessmentReport
from report.from_json import from_json
from report.tests.factories import make_action_point, make_citation

pytestmark = pytest.mark.django_db


@pytest.fixture
def content():
    """A report with something in every chapter."""
    rating = make_carried_rating()
    assessment = rating.assessment
    make_rating(assessment=assessment, code="1.3", entries=[(15, 16), (23, 62)], rating=3)
    make_rating(
        assessment=assessment, code="4.1", met="a", rating=3, difference_reason="Agreed so."
    )
    cited = make_rating(assessment=assessment, code="3.1", rating=1)
    make_citation(rating=cited, page="12")
    make_action_point(assessment=assessment, activities={2021: "Nothing.", 2022: "Something."})
    return as_json(AssessmentReport.of(assessment))


def test_a_report_read_back_gives_the_same_bytes(content):
    assert as_json(from_json(content)) == content


def test_a_report_read_back_computes_what_its_chapters_compute(content):
    report = from_json(content)
    assert report.cover.document_title.endswith("UNCT in Kazakhstan, 2022")
    assert report.cover.standing == ""
    (row,) = [row for row in report.change.rows if row.code == "2.2"]
    assert row.direction.label == "Unchanged"
    assert report.evidence.indicators[6].code == "3.1"


def test_a_field_that_this_program_does_not_know_is_refused_and_not_dropped(content):
    later = json.loads(content)
    later["cover"]["colour"] = "blue"
    with pytest.raises(ValueError, match=r"Cover has no \['colour'\]"):
        from_json(json.dumps(later))


def test_a_field_that_is_not_there_is_refused(content):
    earlier = json.loads(content)
    del earlier["cover"]["country"]
    with pytest.raises(KeyError, match="country"):
        from_json(json.dumps(earlier))


def test_a_value_of_another_kind_is_refused(content):
    wrong = json.loads(content)
    wrong["cover"]["year"] = "2022"
    with pytest.raises(ValueError, match="A int is expected; got '2022'"):
        from_json(json.dumps(wrong))
