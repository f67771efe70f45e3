"""What happens to invented teams obeys the rules that real ones obey."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endorsement.world_data.careers import ENDORSED, MINIMUM, career, edition_of

CODES = ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1", "3.2", "4.1", "4.2", "4.3", "5.1",
         "5.2", "6.1", "7.1"]  # fmt: skip
YEARS = range(2019, 2027)
seeds = st.integers(min_value=0, max_value=10_000)


def make_career(seed):
    return career(Random(seed), codes=CODES, years=YEARS)


@given(seeds)
def test_the_same_seed_makes_the_same_career(seed):
    assert make_career(seed) == make_career(seed)


@given(seeds)
def test_a_cycle_begins_with_all_pis_and_goes_on_with_five_or_more(seed):
    for year in make_career(seed):
        reassessed = sum(pi.is_reassessed for pi in year.pis.values())
        assert list(year.pis) == CODES
        assert year.is_comprehensive == (year.year == year.cycle)
        assert reassessed == 15 if year.is_comprehensive else MINIMUM <= reassessed < 15


@given(seeds)
def test_a_rating_is_carried_from_an_endorsed_year_of_the_same_cycle_or_from_before(seed):
    years = make_career(seed)
    by_year = {year.year: year for year in years}
    for year in years:
        for code, pi in year.pis.items():
            if pi.is_reassessed or pi.origin is None:
                continue
            assert year.cycle <= pi.origin < year.year
            if pi.origin >= YEARS[0]:
                origin = by_year[pi.origin]
                assert origin.state in ENDORSED
                assert origin.pis[code].is_reassessed
                assert origin.pis[code].rating == pi.rating


@given(seeds)
def test_what_is_endorsed_is_rated(seed):
    for year in make_career(seed):
        if year.state in ENDORSED:
            assert all(pi.rating for pi in year.pis.values() if pi.is_reassessed)


@pytest.mark.parametrize(
    ("cycle", "edition"),
    [(2019, "unct-swap-2018"), (2023, "unct-swap-2018"), (2024, "unct-swap-2023")],
)
def test_a_cycle_stays_on_the_edition_with_which_it_began(cycle, edition):
    assert edition_of(cycle) == edition
