"""What the pre-flight says of carried ratings and of documents."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from assessments.models import Assessment
from assessments.tests.factories import (
    make_assessment,
    make_carried_rating,
    make_quiet_assessment,
    make_rating,
)
from report.checks import Severity
from report.tests.checking import codes, found, sentence
from report.tests.factories import make_citation, make_document
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db
REASON = {"difference_reason": "So."}


def make_carried(*, code="2.2", rating=Rating.MEETS, **fields):
    """A rating from before this product."""
    return make_rating(
        assessment=make_quiet_assessment(), code=code, is_reassessed=False, rating=rating,
        **REASON | fields,
    )  # fmt: skip


# Origin


def test_carried_rating_of_unknown_year_is_named():
    rating = make_carried()

    (check,) = found(rating.assessment, "origin-unknown")

    assert (check.code, check.severity) == ("2.2", Severity.WARNS)
    assert check.url.endswith("/2.2/earlier/#id_origin_year")
    assert check.for_reader.url.endswith("/2.2/#origin")


@pytest.mark.parametrize(("year", "is_old"), [(2018, True), (2019, False)])
def test_rating_is_old_when_carried_for_more_than_three_years(year, is_old):
    rating = make_carried(origin_year=year)

    assert codes(rating.assessment, "origin-old") == (["2.2"] if is_old else [])
    assert codes(rating.assessment, "origin-unknown") == []


def test_old_rating_says_how_old_it_is_and_leads_to_where_it_is_confirmed():
    rating = make_carried(origin_year=2018)

    (check,) = found(rating.assessment, "origin-old")

    assert check.sentence.startswith(
        "PI 2.2 was last assessed in 2018, 4 years before this report."
    )
    assert check.url.endswith("/2.2/confirm/#id_reason")


def test_age_is_that_of_the_assessment_it_is_carried_from():
    origin = make_rating(assessment=make_assessment(year=2017), met="bc", rating=Rating.MEETS)

    assert codes(make_carried_rating(origin=origin).assessment, "origin-old") == ["2.2"]


def test_old_rating_that_was_confirmed_with_a_reason_is_left_alone():
    by = make_user()
    rating = make_carried(
        origin_year=2018,
        confirmation="Nothing changed.",
        confirmed_by=by,
        confirmed_at=timezone.now(),
    )

    assert found(rating.assessment, "origin-old") == []


@pytest.mark.parametrize(
    ("state", "is_revised"), [("consolidation", True), ("endorsed", False), ("imported", False)]
)
def test_rating_carried_from_an_assessment_that_is_being_revised_blocks(state, is_revised):
    carried = make_carried_rating()
    Assessment.objects.filter(year=2021).update(state=state)

    checks = found(carried.assessment, "origin-revised")

    assert [(check.code, check.severity) for check in checks] == (
        [("2.2", Severity.BLOCKS)] if is_revised else []
    )


@pytest.mark.parametrize(("state", "is_outdated"), [("scoring", True), ("endorsement", False)])
def test_rating_that_is_older_than_what_was_settled_since_blocks(state, is_outdated):
    origin = make_rating(
        assessment=make_assessment(year=2020, state="accepted"), met="bc", rating=Rating.MEETS
    )
    newer = make_assessment(team=origin.assessment.team, year=2021, state="accepted")
    make_rating(assessment=newer, rating=Rating.MISSING)
    assessment = make_assessment(team=origin.assessment.team, state=state)
    carried = make_carried_rating(origin=origin, assessment=assessment)

    checks = found(carried.assessment, "origin-outdated")

    assert [(check.severity, check.url, check.sentence) for check in checks] == (
        [
            (
                Severity.BLOCKS,
                f"/assessments/{assessment.pk}/carry-anew/#content",
                "2021 has been endorsed or taken in since, and PI 2.2 still carries its rating of "
                "2020. Carry it over anew.",
            )
        ]
        if is_outdated
        else []
    )


def test_carried_indicator_without_any_rating_is_named():
    assessment = make_carried(rating=None).assessment

    assert "2.2" in codes(assessment, "never-rated")
    assert "2.2" not in codes(assessment, "origin-unknown")


def test_too_few_reassessed_indicators_block_an_annual_assessment():
    assessment = make_quiet_assessment()

    (check,) = found(assessment, "too-few-reassessed")

    assert (check.code, check.severity) == (None, Severity.BLOCKS)
    assert check.sentence.startswith(
        "1 PI is reassessed; an annual assessment asks for at least 5."
    )
    assert check.url == f"/assessments/{assessment.pk}/choice/#choice"


def test_five_reassessed_indicators_are_enough_for_an_annual_assessment():
    assessment = make_assessment()
    kept = assessment.indicator_ratings.values_list("pk")[:5]
    assessment.indicator_ratings.exclude(pk__in=list(kept.values_list("pk", flat=True))).update(
        is_reassessed=False
    )

    assert found(assessment, "too-few-reassessed") == []


def test_comprehensive_assessment_names_the_indicators_it_leaves_out():
    assessment = make_assessment(kind="comprehensive")
    left_out = assessment.indicator_ratings.filter(indicator__code__in=["1.2", "7.1"])
    left_out.update(is_reassessed=False)

    assert sentence(assessment, "too-few-reassessed") == (
        "A comprehensive assessment assesses every PI; 1.2, 7.1 are not. Assess them."
    )


# Documents


def test_reassessed_indicator_that_exceeds_without_a_document_blocks():
    rating = make_rating(met="abcd", rating=Rating.EXCEEDS, **REASON)

    (check,) = found(rating.assessment, "exceeds-without-document")

    assert check.severity == Severity.BLOCKS
    assert check.url.endswith("/2.2/#evidence")
    assert "2.2" not in codes(rating.assessment, "no-document")


def test_carried_rating_that_exceeds_without_a_document_warns():
    assessment = make_carried(rating=Rating.EXCEEDS).assessment

    (check,) = found(assessment, "exceeds-without-document")

    assert check.severity == Severity.WARNS


def test_documents_of_a_carried_rating_are_those_where_it_was_assessed():
    origin = make_rating(
        assessment=make_assessment(year=2021), met="abcd", rating=Rating.EXCEEDS, **REASON
    )
    make_citation(rating=origin)

    carried = make_carried_rating(origin=origin)

    assert found(carried.assessment, "exceeds-without-document") == []


def test_indicators_without_documents_are_named_but_those_carried_from_here():
    carried = make_carried_rating()
    make_citation(rating=make_rating(assessment=carried.assessment, code="1.1"))

    without = codes(carried.assessment, "no-document")

    assert len(without) == 13
    assert not {"2.2", "1.1"} & set(without)


def make_proof(assessment=None, **period):
    rating = make_rating(assessment=assessment, met="bc", rating=Rating.MEETS)
    document = make_document(team=rating.assessment.team, title="Strategy")
    for name, value in period.items():
        setattr(document, name, value)
    document.save()
    return make_citation(rating=rating, document=document)


@pytest.mark.parametrize(
    ("begins", "ends", "is_outside"),
    [
        (None, None, False),
        (date(2020, 1, 1), date(2021, 12, 31), True),
        (date(2020, 1, 1), date(2022, 1, 1), False),
        (date(2022, 12, 31), None, False),
        (date(2023, 1, 1), None, True),
        (None, date(2021, 12, 31), True),
    ],
)
def test_document_outside_the_year_is_named(begins, ends, is_outside):
    citation = make_proof(period_from=begins, period_to=ends)
    assessment = citation.indicator_rating.assessment

    checks = found(assessment, "outside-period")

    assert bool(checks) == is_outside
    assert all(check.url.endswith(f"/2.2/#citation-{citation.pk}") for check in checks)


def test_document_outside_the_year_is_told_with_both_times():
    citation = make_proof(period_to=date(2021, 12, 31))

    assert sentence(citation.indicator_rating.assessment, "outside-period").startswith(
        "PI 2.2: “Strategy” covers the time until 2021, and this assessment is on 2022."
    )


def test_comprehensive_assessment_looks_at_its_whole_cooperation_framework():
    assessment = make_assessment(kind="comprehensive")  # of the cycle from 2021 on
    make_proof(assessment, period_to=date(2021, 12, 31))

    assert found(assessment, "outside-period") == []
