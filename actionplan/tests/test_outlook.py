"""What-if on the rules of PI 2.2: approaches (a) or (b)..., without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplan.outlook import outlook
from scorecard.rating import CriterionRule, LevelRule, Rating, Threshold

RULES = {
    Rating.APPROACHES: LevelRule(codes=frozenset("abc"), at_least=1),
    Rating.MEETS: LevelRule(codes=frozenset("abc"), at_least=2),
    Rating.EXCEEDS: LevelRule(codes=frozenset("d"), at_least=1, includes=Rating.MEETS),
}
CRITERIA = {
    "a": CriterionRule(key="a"),
    "b": CriterionRule(key="b"),
    "c": CriterionRule(key="c", implies=frozenset("b")),
    "d": CriterionRule(key="d", threshold=Threshold(measure="share", percent=50)),
}
KEYS = st.frozensets(st.sampled_from("abcd"), max_size=4)


def of(met, closes):
    return outlook(met, closes, rules=RULES, criteria=CRITERIA)


def test_without_action_points_nothing_changes():
    found = of("a", "")
    assert (found.now, found.then, found.rises) == (Rating.APPROACHES, Rating.APPROACHES, False)


def test_a_closed_criterion_raises_the_rating():
    found = of("a", "b")
    assert (found.now, found.then, found.closed) == (Rating.APPROACHES, Rating.MEETS, {"b"})


def test_a_closed_criterion_proves_what_it_implies():
    assert of("", "c").then == Rating.MEETS
    assert of("", "c").closed == {"b", "c"}


def test_a_criterion_that_a_measure_decides_counts_too():
    assert of("ab", "d").then == Rating.EXCEEDS


def test_a_criterion_met_already_closes_nothing():
    assert of("ab", "a").closed == frozenset()


def test_a_criterion_of_another_pi_is_refused():
    with pytest.raises(ValueError, match="Unknown criteria"):
        of("a", "x")


@given(met=KEYS, closes=KEYS, more=KEYS)
def test_more_action_points_never_lower_what_is_reached(met, closes, more):
    assert of(met, closes).now <= of(met, closes).then <= of(met, closes | more).then
