"""What a rating knows of itself: since when it stands, where its findings are, what they give."""

from fractions import Fraction

import pytest

from assessments.tests.factories import make_assessment, make_carried_rating, make_rating, stored
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db


def test_reassessed_rating_was_last_assessed_in_its_own_year():
    assert make_rating(assessment=make_assessment(year=2022)).last_assessed == 2022


def test_carried_rating_was_last_assessed_in_the_year_of_its_origin():
    assert make_carried_rating().last_assessed == 2021


def test_carried_rating_from_before_this_product_knows_its_year():
    assert make_rating(is_reassessed=False, origin_year=2019).last_assessed == 2019


def test_carried_rating_without_a_record_has_no_year():
    assert make_rating(is_reassessed=False).last_assessed is None


def test_source_of_a_carried_rating_is_its_origin():
    origin = make_rating(assessment=make_assessment(year=2021), findings="Of 2021.")
    assert make_carried_rating(origin=origin).source.findings == "Of 2021."


@pytest.mark.parametrize("fields", [{}, {"is_reassessed": False, "origin_year": 2019}])
def test_source_of_every_other_rating_is_itself(fields):
    rating = make_rating(**fields)
    assert rating.source == rating


def test_source_of_carried_ratings_costs_no_query_each(django_assert_num_queries):
    old, new = make_assessment(year=2021), make_assessment(year=2022)
    for origin in old.indicator_ratings.in_detail(old.framework):
        make_carried_rating(origin=origin, assessment=new)
    ratings = new.indicator_ratings.in_detail(new.framework)
    with django_assert_num_queries(0):
        assert {rating.source.standing.rating for rating in ratings} == {Rating.MISSING}


@pytest.mark.parametrize(
    ("met", "refused", "computed", "best"),
    [
        ("", "", Rating.MISSING, Rating.EXCEEDS),
        ("a", "", Rating.APPROACHES, Rating.EXCEEDS),
        ("bc", "", Rating.MEETS, Rating.EXCEEDS),  # without (a)
        ("bcd", "", Rating.EXCEEDS, Rating.EXCEEDS),
        ("bc", "d", Rating.MEETS, Rating.MEETS),
        ("d", "ab", Rating.MISSING, Rating.MISSING),
    ],
)
def test_standing_follows_the_criteria(met, refused, computed, best):
    standing = make_rating(code="2.2", met=met, refused=refused).standing
    assert (standing.rating, standing.best_reachable) == (computed, best)


@pytest.mark.parametrize(
    ("entries", "share", "computed"),
    [
        ([(15, 16), (15, 29), (8, 33)], Fraction(38, 78), Rating.MEETS),
        ([(33, 100)], Fraction(33, 100), Rating.MEETS),  # at least 33 percent
        ([(50, 100)], Fraction(1, 2), Rating.MEETS),  # more than 50 percent exceeds
        ([(51, 100)], Fraction(51, 100), Rating.EXCEEDS),
        ([(0, 0)], None, Rating.MISSING),
        ([], None, Rating.MISSING),
    ],
)
def test_standing_follows_the_measures(entries, share, computed):
    rating = make_rating(code="1.3", entries=entries)
    assert rating.shares == {"gender-sensitive-indicators": share}
    assert rating.standing.rating == computed


@pytest.mark.parametrize("entries", [[], [(0, 0)]])
def test_nothing_counted_leaves_every_criterion_undecided(entries):
    rating = make_rating(code="1.3", entries=entries)
    assert rating.standing.refused == frozenset()
    assert rating.undecided == 3


def test_a_measure_decides_beside_criteria_answered_by_hand():
    rating = make_rating(code="2.1", met="b", entries=[(2, 2)])
    assert rating.standing.met == {"a-half", "a-all", "b"}
    assert rating.computed_rating == Rating.MEETS


@pytest.mark.parametrize(
    ("agreed", "differs", "above"),
    [
        (None, False, False),
        (Rating.MEETS, False, False),
        (Rating.APPROACHES, True, False),
        (Rating.EXCEEDS, True, True),
    ],
)
def test_rating_knows_that_it_differs_and_on_which_side(agreed, differs, above):
    rating = make_rating(code="2.2", met="bc", rating=agreed, difference_reason="So agreed.")
    assert (rating.differs, rating.is_above_criteria) == (differs, above)


@pytest.mark.parametrize(
    ("agreed", "findings", "on_criterion", "complete"),
    [
        (Rating.APPROACHES, "Text.", "", True),
        (Rating.APPROACHES, "", "Text.", True),
        (Rating.APPROACHES, "", "", False),
        (None, "Text.", "Text.", False),
    ],
)
def test_complete_is_rated_and_explained(agreed, findings, on_criterion, complete):
    rating = make_rating(met="a", rating=agreed, findings=findings)
    rating.criterion_findings.update(finding=on_criterion)
    assert stored(rating).is_complete == complete


def test_undecided_counts_what_is_neither_met_nor_refused():
    assert make_rating(code="2.2", met="a", refused="b").undecided == 2


def test_level_statement_is_that_of_the_agreed_level():
    rating = make_rating(code="2.3", met="ab", rating=Rating.MEETS)
    assert rating.level_statement.startswith("Meets two of the following")


def test_level_statement_of_an_unrated_pi_is_none():
    assert make_rating().level_statement is None
