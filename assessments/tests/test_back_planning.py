from dataclasses import astuple
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.cycle.back_planning import DAYS_NEEDED, Dates, back_planned, is_tight

DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))
LONG_BEFORE = date(2022, 9, 1)


def test_dates_are_counted_back_from_the_submission():
    assert back_planned(date(2022, 12, 16), LONG_BEFORE) == Dates(
        planning_due=date(2022, 10, 28),
        scoring_due=date(2022, 11, 18),
        workshop_on=date(2022, 11, 25),
        endorsement_due=date(2022, 12, 9),
        submission_due=date(2022, 12, 16),
    )


@pytest.mark.parametrize("submission_due", [date(2022, 12, 17), date(2022, 12, 18)])
def test_a_day_at_the_weekend_becomes_the_friday_before(submission_due):
    dates = back_planned(submission_due, LONG_BEFORE)
    assert dates.workshop_on == date(2022, 11, 25)
    assert dates.submission_due == submission_due  # what a person chose stays


def test_with_half_the_time_left_all_steps_are_half_as_long():
    dates = back_planned(date(2022, 12, 16), date(2022, 11, 22))
    assert dates.planning_due == date(2022, 11, 22)
    assert dates.scoring_due == date(2022, 12, 2)
    assert dates.endorsement_due == date(2022, 12, 13)


def test_a_submission_in_the_past_leaves_everything_due_on_that_day():
    assert set(astuple(back_planned(date(2022, 12, 16), date(2023, 1, 5)))) == {date(2022, 12, 16)}


def test_less_time_than_the_work_takes_is_tight():
    submission = date(2022, 12, 16)
    assert not is_tight(submission, submission - timedelta(days=DAYS_NEEDED))
    assert is_tight(submission, submission - timedelta(days=DAYS_NEEDED - 1))


@given(submission_due=DAYS, today=DAYS)
def test_dates_follow_each_other_from_today_to_the_submission(submission_due, today):
    dates = astuple(back_planned(submission_due, today))
    assert list(dates) == sorted(dates)
    assert min(dates) >= min(today, submission_due)
    assert dates[-1] == submission_due


@given(submission_due=DAYS)
def test_with_time_enough_every_day_before_the_submission_is_a_working_day(submission_due):
    dates = astuple(back_planned(submission_due, submission_due - timedelta(days=100)))
    assert all(day.weekday() < 5 for day in dates[:-1])
