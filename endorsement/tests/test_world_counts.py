"""Counting over many teams."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endorsement.world.counts import Count, Rise, Status, heat, risen, share, status_of, total

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("is_handed_in", "due", "status"),
    [
        (True, date(2020, 1, 1), Status.SUBMITTED),
        (False, date(2026, 11, 26), Status.OVERDUE),
        (False, date(2026, 11, 27), Status.NOT_SUBMITTED),
        (False, None, Status.NOT_SUBMITTED),
    ],
)
def test_a_report_is_late_from_the_day_after_its_last(is_handed_in, due, status):
    assert status_of(is_handed_in=is_handed_in, due=due, today=TODAY) == status


def test_counts_add_up_field_by_field():
    whole = total([Count(rated=3, meeting=2, proved=1), Count(rated=1, meeting=1, older=1)])
    assert whole == Count(rated=4, meeting=3, proved=1, older=1)
    assert whole.share_meeting == Fraction(3, 4)
    assert whole.share_proved == Fraction(1, 4)


def test_what_has_no_recorded_year_is_neither_old_nor_young():
    assert Count(rated=10, older=2, unknown=6).share_old == Fraction(1, 2)
    assert Count(rated=6, unknown=6).share_old is None


def test_of_nothing_there_is_no_share():
    assert share(0, 0) is None
    assert Count().share_meeting is None
    assert heat(0, 0) is None


@pytest.mark.parametrize(
    ("part", "step"), [(0, 1), (2, 1), (3, 2), (6, 3), (9, 4), (12, 5), (15, 5)]
)
def test_the_heat_map_has_five_even_steps(part, step):
    assert heat(part, 15) == step


@given(st.integers(1, 100), st.data())
def test_a_greater_share_is_never_cooler(whole, data):
    part = data.draw(st.integers(0, whole - 1))
    assert 1 <= heat(part, whole) <= heat(part + 1, whole) <= 5


def rated(meeting, of=15):
    return {str(code): code < meeting for code in range(of)}


def test_those_that_rose_come_first_to_last_and_no_other():
    before = {"a": rated(5), "b": rated(5), "c": rated(5), "d": rated(9)}
    now = {"a": rated(7), "b": rated(9), "c": rated(5), "d": rated(8), "e": rated(15)}
    assert risen(before, now, most=10) == [
        Rise(key="b", both=15, before=5, now=9),
        Rise(key="a", both=15, before=5, now=7),
    ]
    assert [rise.key for rise in risen(before, now, most=1)] == ["b"]


def test_only_what_was_rated_in_both_years_has_risen():
    before = {"a": {"1.1": False, "1.2": True}, "b": {"1.1": True}}
    now = {"a": {"1.1": True, "2.1": True}, "b": {"1.1": True, "1.2": True, "2.1": True}}
    assert risen(before, now, most=10) == [Rise(key="a", both=1, before=0, now=1)]
