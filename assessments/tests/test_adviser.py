import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.cycle.adviser import WEIGHTS, Facts, Reason, ranked
from scorecard.rating import Rating


def facts(code="2.2", *, rating=Rating.MEETS, last_assessed=2022, **others):
    """A PI that meets and was assessed last year: nothing speaks for it."""
    return Facts(
        code=code, rating=rating, last_assessed=last_assessed, **{"is_planning": False} | others
    )


def reasons(one, *, year=2023, cycle_began=2021):
    (advice,) = ranked([one], year=year, cycle_began=cycle_began)
    return list(advice.reasons)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, []),
        ({"rating": Rating.EXCEEDS}, []),
        ({"rating": Rating.MISSING}, [Reason.IS_MISSING]),
        ({"rating": Rating.APPROACHES}, [Reason.APPROACHES]),
        ({"rating": None}, [Reason.UNRATED]),
        ({"last_assessed": None}, [Reason.YEAR_UNKNOWN]),
        ({"last_assessed": 2020}, [Reason.NOT_IN_CYCLE]),
        ({"last_assessed": 2019}, [Reason.OLD, Reason.NOT_IN_CYCLE]),
        ({"finished_actions": 1}, [Reason.ACTION_FINISHED]),
        ({"expired_documents": 2}, [Reason.EVIDENCE_EXPIRED]),
        ({"is_planning": True}, [Reason.PLANNING_IS_SETTLED]),
        ({"is_planning": True, "last_assessed": 2020}, [Reason.NEW_CYCLE]),
        ({"is_planning": True, "last_assessed": None}, [Reason.YEAR_UNKNOWN]),
    ],
)
def test_each_fact_gives_its_reasons(known, expected):
    assert reasons(facts(**known)) == expected


def test_three_years_are_not_yet_more_than_three():
    assert Reason.OLD not in reasons(facts(last_assessed=2020), year=2023, cycle_began=2019)
    assert Reason.OLD in reasons(facts(last_assessed=2020), year=2024, cycle_began=2019)


def test_the_pi_with_the_weightiest_reasons_comes_first_and_settled_planning_last():
    rows = [
        facts("1.1", rating=Rating.MISSING, is_planning=True),
        facts("2.2"),
        facts("3.1", rating=Rating.APPROACHES),
        facts("4.1", rating=Rating.MISSING, finished_actions=1),
        facts("4.2"),
    ]
    advice = ranked(rows, year=2023, cycle_began=2021)
    assert [one.facts.code for one in advice] == ["4.1", "3.1", "2.2", "4.2", "1.1"]
    assert [one.is_against for one in advice] == [False, False, False, False, True]


def test_after_a_new_cooperation_framework_planning_comes_first():
    rows = [
        facts("1.1", last_assessed=2020, is_planning=True),
        facts("2.2", rating=Rating.MISSING, last_assessed=2020),
        facts("3.1", last_assessed=2020),
    ]
    advice = ranked(rows, year=2021, cycle_began=2021)
    assert [one.facts.code for one in advice] == ["1.1", "2.2", "3.1"]


def test_in_the_first_year_of_a_cycle_planning_is_due_even_if_its_year_is_unknown():
    found = reasons(facts(is_planning=True, last_assessed=None), year=2021, cycle_began=2021)
    assert Reason.NEW_CYCLE in found


def test_every_reason_has_a_weight():
    assert set(WEIGHTS) == set(Reason)


FACTS = st.builds(
    Facts,
    code=st.sampled_from(["1.1", "2.2", "7.1"]),
    rating=st.none() | st.sampled_from(Rating),
    last_assessed=st.none() | st.integers(2010, 2023),
    is_planning=st.booleans(),
    finished_actions=st.integers(0, 3),
    expired_documents=st.integers(0, 3),
)


@given(st.lists(FACTS, max_size=15), st.integers(2021, 2026), st.integers(2015, 2026))
def test_advice_is_given_on_every_pi_once_and_sorted(rows, year, cycle_began):
    advice = ranked(rows, year=year, cycle_began=cycle_began)
    assert sorted(map(id, rows)) == sorted(id(one.facts) for one in advice)
    weights = [one.weight for one in advice]
    assert weights == sorted(weights, reverse=True)
    assert all(len(set(one.reasons)) == len(one.reasons) for one in advice)
