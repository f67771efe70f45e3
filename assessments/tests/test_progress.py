"""Counting, without a database."""

from datetime import date
from fractions import Fraction

import pytest

from assessments.progress import Part, Tally, age, change, days_late, parts
from scorecard.rating import Rating

MISSING, APPROACHES, MEETS, EXCEEDS = Rating

# The table of the 2022 report of Kazakhstan: 1 missing, 3 approaches, 6 meets, 5 exceeds.
KAZAKHSTAN = [MISSING] + [APPROACHES] * 3 + [MEETS] * 6 + [EXCEEDS] * 5


@pytest.mark.parametrize(
    ("ratings", "by_rating", "not_rated", "meeting", "share"),
    [
        ([], (0, 0, 0, 0), 0, 0, None),
        ([None, None], (0, 0, 0, 0), 2, 0, None),
        ([MISSING], (1, 0, 0, 0), 0, 0, Fraction(0)),
        ([MEETS, EXCEEDS], (0, 0, 1, 1), 0, 2, Fraction(1)),
        ([None, APPROACHES, MEETS], (0, 1, 1, 0), 1, 1, Fraction(1, 2)),
        ([1, 2, 3, 4], (1, 1, 1, 1), 0, 2, Fraction(1, 2)),  # numbers, as from the database
        (KAZAKHSTAN, (1, 3, 6, 5), 0, 11, Fraction(11, 15)),
    ],
)
def test_tally(ratings, by_rating, not_rated, meeting, share):
    tally = Tally.of(ratings)
    assert tuple(tally.by_rating[level] for level in Rating) == by_rating
    assert tally.not_rated == not_rated
    assert tally.rated == sum(by_rating)
    assert tally.total == len(ratings)
    assert tally.meeting == meeting
    assert tally.share_meeting == share


def test_tally_reads_a_generator_once_and_whole():
    assert Tally.of(rating for rating in KAZAKHSTAN).total == 15


def test_tally_shows_the_best_level_first():
    best_first = Tally.of(KAZAKHSTAN).by_rating_best_first
    assert best_first == [(EXCEEDS, 5), (MEETS, 6), (APPROACHES, 3), (MISSING, 1)]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (MISSING, EXCEEDS, 3),
        (EXCEEDS, MEETS, -1),
        (MEETS, MEETS, 0),
        (None, MEETS, None),
        (MEETS, None, None),
        (None, None, None),
    ],
)
def test_change(before, now, expected):
    assert change(before, now) == expected


@pytest.mark.parametrize(
    ("last_assessed", "year", "expected"), [(2022, 2022, 0), (2019, 2022, 3), (None, 2022, None)]
)
def test_age(last_assessed, year, expected):
    assert age(last_assessed, year) == expected


@pytest.mark.parametrize(
    ("due", "days"), [("2026-11-24", 0), ("2026-11-23", 0), ("2026-11-22", 1), ("2026-10-23", 31)]
)
def test_days_late_counts_from_the_day_after_it_was_due(due, days):
    assert days_late(date.fromisoformat(due), date(2026, 11, 23)) == days


def test_parts_count_what_is_done_by_key_in_the_order_of_the_facts():
    counted = parts([("UNDP", True), ("FAO", False), ("UNDP", False)])
    assert counted == {"UNDP": Part(done=1, of=2), "FAO": Part(done=0, of=1)}
    assert list(counted) == ["UNDP", "FAO"]


def test_parts_of_nothing_are_none():
    assert parts([]) == {}
