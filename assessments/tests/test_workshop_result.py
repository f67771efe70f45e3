"""What the votes of a round say, for any votes."""

from statistics import median_high, median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.workshop.result import APART, Result
from scorecard.rating import Rating

VOTES = st.dictionaries(st.text(min_size=1, max_size=4), st.sampled_from(Rating), min_size=1)


def result(**votes):
    return Result(votes={name: Rating(vote) for name, vote in votes.items()})


def test_no_votes_have_no_result():
    with pytest.raises(ValueError, match="at least one vote"):
        Result(votes={})


@given(VOTES)
def test_every_vote_is_counted_once_at_its_level(votes):
    shown = Result(votes=votes)
    assert sum(shown.counts.values()) == len(votes)
    assert list(shown.counts) == list(Rating)
    assert all(votes[name] == level for level, names in shown.by_rating.items() for name in names)


@given(VOTES)
def test_the_median_is_one_of_the_votes_or_lies_between_two(votes):
    shown = Result(votes=votes)
    ordered = [int(vote) for vote in votes.values()]
    assert shown.median == (median_low(ordered), median_high(ordered))
    assert shown.lowest <= shown.median[0] <= shown.median[1] <= shown.highest
    if len(votes) % 2:
        assert shown.median[0] == shown.median[1]


@given(VOTES)
def test_whoever_stands_two_levels_from_another_is_named_and_nobody_else(votes):
    named = {name for names in Result(votes=votes).apart.values() for name in names}
    for name, vote in votes.items():
        farthest = max(abs(vote - other) for other in votes.values())
        assert (name in named) == (farthest >= APART)


@given(VOTES)
def test_a_unanimous_round_is_one_level_and_nobody_stands_apart(votes):
    shown = Result(votes=votes)
    assert shown.is_unanimous == (len(set(votes.values())) == 1)
    if shown.is_unanimous:
        assert shown.median == (shown.lowest, shown.lowest)
        assert shown.apart == {}


@pytest.mark.parametrize(
    ("votes", "apart"),
    [
        ({"A": 1, "B": 2, "C": 3}, {Rating.MISSING: ["A"], Rating.MEETS: ["C"]}),
        ({"A": 2, "B": 3}, {}),
        ({"A": 1, "B": 2, "C": 4}, {1: ["A"], 2: ["B"], 4: ["C"]}),
        ({"A": 4}, {}),
    ],
)
def test_levels_apart_are_counted_between_the_entities(votes, apart):
    assert result(**votes).apart == apart


def test_a_rating_between_the_two_middle_votes_is_within_the_median():
    shown = result(A=2, B=2, C=4, D=4)
    assert [shown.is_within_median(level) for level in Rating] == [False, True, True, True]
