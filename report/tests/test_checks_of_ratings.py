"""What the pre-flight says of ratings and of the criteria they rest on."""

import pytest

from assessments.tests.factories import (
    make_assessment,
    make_carried_rating,
    make_quiet_assessment,
    make_rating,
)
from report.checks import Severity
from report.tests.checking import codes, found, sentence
from report.tests.factories import make_citation
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db


def test_reassessed_indicator_without_rating_blocks_and_leads_to_the_field():
    assessment = make_quiet_assessment()

    (check,) = found(assessment, "no-rating")

    assert (check.code, check.severity) == ("2.2", Severity.BLOCKS)
    assert check.sentence == "PI 2.2 has no agreed rating. Agree on one and record it."
    assert check.url == f"/assessments/{assessment.pk}/indicators/2.2/#id_rating"


def test_reassessed_indicator_without_any_finding_blocks():
    assessment = make_quiet_assessment()

    (check,) = found(assessment, "no-findings")

    assert (check.code, check.severity) == ("2.2", Severity.BLOCKS)
    assert check.url.endswith("#id_findings")


@pytest.mark.parametrize("where", ["on the PI", "on a criterion"])
def test_findings_on_the_indicator_or_on_a_criterion_are_findings(where):
    rating = make_rating(met="b", findings="Seen." if where == "on the PI" else "")
    if where == "on a criterion":
        rating.criterion_findings.update(finding="Seen.")

    assert "2.2" not in codes(rating.assessment, "no-findings")


def test_carried_rating_is_not_asked_for_findings():
    carried = make_carried_rating()

    assert "2.2" not in codes(carried.assessment, "no-findings")
    assert "2.2" not in codes(carried.assessment, "no-rating")


def make_fall(*, framework=None, **fields):
    """PI 2.2 exceeds in 2021 and meets in 2022."""
    before = make_assessment(year=2021, framework=framework)
    make_rating(assessment=before, met="abcd", rating=Rating.EXCEEDS, difference_reason="So.")
    assessment = make_assessment(team=before.team)
    return make_rating(assessment=assessment, met="bc", rating=Rating.MEETS, **fields)


def test_fall_without_a_reason_blocks_and_says_from_what_to_what():
    assessment = make_fall().assessment

    (check,) = found(assessment, "fall-without-reason")

    assert check.severity == Severity.BLOCKS
    assert check.sentence.startswith("PI 2.2 falls from Exceeds in 2021 to Meets, and no reason")
    assert check.url.endswith("/2.2/#id_regression_reason")


def test_fall_with_a_reason_is_left_alone():
    assert found(make_fall(regression_reason="Cut.").assessment, "fall-without-reason") == []


def test_rating_above_its_criteria_is_named_with_what_they_lack():
    rating = make_rating(met="b", rating=Rating.MEETS, difference_reason="Because.")

    (check,) = found(rating.assessment, "above-criteria")

    assert check.severity == Severity.WARNS
    assert check.sentence.startswith(
        "PI 2.2 is agreed as Meets, above its criteria: they give Missing. "
        "“Meets” asks for (c), which is not recorded as met."
    )


def test_carried_rating_above_its_criteria_is_named_too():
    origin = make_rating(
        assessment=make_assessment(year=2021),
        met="b",
        rating=Rating.MEETS,
        difference_reason="Because.",
    )

    assert codes(make_carried_rating(origin=origin).assessment, "above-criteria") == ["2.2"]


def test_rating_below_its_criteria_is_named():
    rating = make_rating(met="bc", rating=Rating.APPROACHES, difference_reason="Because.")

    assert codes(rating.assessment, "below-criteria") == ["2.2"]
    assert codes(rating.assessment, "above-criteria") == []


def test_rating_that_its_criteria_give_is_left_alone():
    assessment = make_rating(met="bc", rating=Rating.MEETS).assessment

    assert codes(assessment, "above-criteria") == codes(assessment, "below-criteria") == []


# Criteria


def test_undecided_criteria_are_named_with_what_they_could_give():
    assessment = make_quiet_assessment()
    make_rating(assessment=assessment, met="bc", refused="a")

    (check,) = found(assessment, "undecided")

    assert check.sentence == (
        "PI 2.2: criterion (d) is not decided and so counts as not met. Decide it. "
        "Still within reach: Exceeds."
    )
    assert check.url.endswith("/2.2/#criterion-d")


def test_nothing_is_said_to_be_within_reach_where_it_is_not():
    assessment = make_quiet_assessment()
    make_rating(assessment=assessment, refused="abc")

    assert sentence(assessment, "undecided").endswith("Decide it.")


def test_decided_criteria_are_left_alone():
    assessment = make_quiet_assessment()
    make_rating(assessment=assessment, met="bc", refused="ad")

    assert found(assessment, "undecided") == []


def test_measure_without_figures_is_named_as_such():
    rating = make_rating(code="1.3")

    (check,) = [row for row in found(rating.assessment, "no-figures") if row.code == "1.3"]

    assert "no figures are entered" in check.sentence
    assert check.url.endswith("/1.3/#measure-gender-sensitive-indicators")
    assert "1.3" not in codes(rating.assessment, "undecided")


def test_measure_with_figures_is_left_alone():
    rating = make_rating(code="1.3", entries=[(1, 2)])

    assert "1.3" not in codes(rating.assessment, "no-figures")


def test_criterion_met_with_neither_finding_nor_document_is_named():
    rating = make_rating(met="bc")
    rating.criterion_findings.filter(criterion__key="b").update(finding="Seen.")

    (check,) = found(rating.assessment, "met-on-nothing")

    assert check.sentence.startswith("PI 2.2: criterion (c) is marked as met, with neither")
    assert check.url.endswith("#criterion-c")


@pytest.mark.parametrize("key", [None, "b"])
def test_document_for_the_criterion_or_for_the_indicator_is_proof(key):
    rating = make_rating(met="b")
    make_citation(rating=rating, key=key)

    assert found(rating.assessment, "met-on-nothing") == []


def test_document_for_another_criterion_is_no_proof():
    rating = make_rating(met="b")
    make_citation(rating=rating, key="c")

    assert codes(rating.assessment, "met-on-nothing") == ["2.2"]


def test_criterion_that_follows_from_one_with_a_finding_needs_none_of_its_own():
    rating = make_rating(code="1.1", met=["a-all", "a-majority"])
    rating.criterion_findings.filter(criterion__key="a-all").update(finding="In every sector.")

    assert found(rating.assessment, "met-on-nothing") == []
