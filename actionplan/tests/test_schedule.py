"""The years of a plan, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from actionplan.schedule import (
    STANDSTILL,
    Bar,
    bar,
    idle_years,
    is_escalated,
    is_overdue,
    months_late,
    plan_year,
)

DAYS = st.dates(min_value=date(2010, 1, 1), max_value=date(2040, 12, 31))
YEARS = st.integers(2015, 2035)


# The report of Kazakhstan, 2022: a plan from 2019 on, whose heading says "Year 4 (2022)".
@pytest.mark.parametrize(
    ("year", "first_year", "expected"),
    [(2019, 2019, 1), (2020, 2019, 2), (2022, 2019, 4), (2021, 2021, 1), (2025, 2021, 5)],
)
def test_first_year_of_the_plan_is_year_1(year, first_year, expected):
    assert plan_year(year, first_year) == expected


def test_a_year_before_the_plan_is_refused_with_both_years():
    with pytest.raises(ValueError, match="2018 is before the plan begins in 2019"):
        plan_year(2018, 2019)


@pytest.mark.parametrize(
    ("due", "today", "overdue", "months"),
    [
        (None, date(2022, 6, 1), False, 0),
        (date(2022, 6, 1), date(2022, 6, 1), False, 0),
        (date(2022, 6, 1), date(2022, 6, 2), True, 0),
        (date(2022, 6, 1), date(2022, 7, 1), True, 1),
        (date(2022, 1, 31), date(2022, 2, 28), True, 0),
        (date(2022, 1, 31), date(2022, 3, 1), True, 1),
        (date(2021, 12, 15), date(2022, 12, 14), True, 11),
        (date(2021, 12, 15), date(2022, 12, 15), True, 12),
        (date(2023, 1, 1), date(2022, 6, 1), False, 0),
    ],
)
def test_an_action_is_late_from_the_day_after_and_counted_in_whole_months(
    due, today, overdue, months
):
    assert is_overdue(due, today) == overdue
    assert months_late(due, today) == months


@given(due=DAYS, today=DAYS)
def test_months_late_never_fall_as_time_goes_on(due, today):
    assert 0 <= months_late(due, today) <= months_late(due, today + timedelta(days=1))


@pytest.mark.parametrize(
    ("no_action", "years"),
    [
        ({}, 0),
        ({2022: False}, 0),
        ({2022: True}, 1),
        ({2021: True, 2022: True}, 2),
        ({2020: True, 2021: True, 2022: False}, 0),
        ({2020: True, 2022: True}, 1),  # of 2021 nothing is known
        ({2019: True, 2020: False, 2021: True, 2022: True}, 2),
    ],
)
def test_idle_years_are_counted_back_from_the_last_record(no_action, years):
    assert idle_years(no_action) == years
    assert is_escalated(no_action) == (years >= STANDSTILL)


@given(st.dictionaries(st.integers(2015, 2030), st.booleans()))
def test_an_action_in_the_last_year_recorded_ends_every_escalation(no_action):
    assume(no_action)
    assert not is_escalated(no_action | {max(no_action): False})


@pytest.mark.parametrize(
    ("start", "due", "expected"),
    [
        (None, None, None),
        (date(2021, 1, 5), date(2021, 3, 31), (0, 3, False, False)),
        (date(2022, 12, 1), date(2022, 12, 1), (23, 24, False, False)),
        (None, date(2021, 2, 1), (1, 2, True, False)),
        (date(2022, 1, 1), None, (12, 24, False, True)),
        (date(2019, 5, 1), date(2021, 2, 1), (0, 2, True, False)),
        (date(2022, 7, 1), date(2030, 2, 1), (18, 24, False, True)),
        (date(2018, 1, 1), date(2019, 1, 1), (0, 1, True, True)),  # all of it before
        (date(2029, 1, 1), date(2030, 1, 1), (23, 24, True, True)),  # all of it after
    ],
)
def test_bars_are_drawn_in_months_within_the_years(start, due, expected):
    drawn = bar(start, due, first_year=2021, last_year=2022)
    assert (drawn and (drawn.begins, drawn.ends, drawn.open_start, drawn.open_end)) == expected


@given(start=st.none() | DAYS, due=st.none() | DAYS, first=YEARS, length=st.integers(0, 9))
def test_every_bar_lies_within_the_drawing(start, due, first, length):
    assume(start is None or due is None or start <= due)
    drawn = bar(start, due, first_year=first, last_year=first + length)
    assert (drawn is None) == (start is None and due is None)
    assert drawn is None or 0 <= drawn.begins < drawn.ends <= (length + 1) * 12


@given(start=DAYS, days=st.integers(0, 1500), earlier=st.integers(0, 3))
def test_dates_within_the_drawing_are_drawn_where_they_are(start, days, earlier):
    due, first = start + timedelta(days=days), start.year - earlier
    drawn = bar(start, due, first_year=first, last_year=due.year)
    assert (drawn.open_start, drawn.open_end) == (False, False)
    assert divmod(drawn.begins, 12) == (start.year - first, start.month - 1)
    assert divmod(drawn.ends - 1, 12) == (due.year - first, due.month - 1)


def test_dates_and_years_in_the_wrong_order_are_refused():
    with pytest.raises(ValueError, match="cannot start on 2022-02-01"):
        bar(date(2022, 2, 1), date(2022, 1, 1), first_year=2021, last_year=2022)
    with pytest.raises(ValueError, match="2023 is after 2022"):
        bar(date(2022, 2, 1), None, first_year=2023, last_year=2022)
    with pytest.raises(ValueError, match="at least one month"):
        Bar(begins=3, ends=3, open_start=False, open_end=False)
