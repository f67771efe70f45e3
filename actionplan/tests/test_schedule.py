"""The years of a plan, without a database."""

import pytest

from actionplan.schedule import plan_year


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
