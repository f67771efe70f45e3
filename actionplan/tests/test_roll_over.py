"""What becomes of the open points of a plan, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplan.roll_over import Decision, Fate, Problem, outcome, problems

KEEP = Decision(fate=Fate.KEEP)
DROP = Decision(fate=Fate.DROP, reason="No funds.")


def merge(into):
    return Decision(fate=Fate.MERGE, into=into)


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ({1: KEEP, 2: KEEP}, {}),
        ({1: KEEP, 2: merge(1)}, {}),
        ({1: DROP, 2: DROP}, {}),
        ({1: KEEP}, {2: Problem.UNDECIDED}),
        ({1: KEEP, 2: KEEP, 3: KEEP}, {3: Problem.NOT_OPEN}),
        ({1: KEEP, 2: merge(None)}, {2: Problem.INTO_NOTHING}),
        ({1: KEEP, 2: merge(2)}, {2: Problem.INTO_ITSELF}),
        ({1: DROP, 2: merge(1)}, {2: Problem.INTO_NOT_KEPT}),
        ({1: merge(2), 2: merge(1)}, {1: Problem.INTO_NOT_KEPT, 2: Problem.INTO_NOT_KEPT}),
        ({1: KEEP, 2: merge(9)}, {2: Problem.INTO_NOT_KEPT}),
        ({1: KEEP, 2: Decision(fate=Fate.DROP)}, {2: Problem.NO_REASON}),
        ({1: KEEP, 2: Decision(fate=Fate.DROP, reason=" \n")}, {2: Problem.NO_REASON}),
    ],
)
def test_a_decision_holds_or_says_why_not(decisions, expected):
    assert problems({1, 2}, decisions) == expected


def test_the_next_plan_keeps_the_order_and_knows_what_was_merged():
    result = outcome({1, 2, 3, 4}, {4: merge(2), 3: DROP, 2: KEEP, 1: merge(2)})
    assert [(new.kept, new.merged) for new in result.new] == [(2, (1, 4))]
    assert result.dropped == ((3, "No funds."),)


def test_decisions_that_do_not_hold_have_no_outcome():
    with pytest.raises(ValueError, match="do not hold"):
        outcome({1, 2}, {1: KEEP})


@st.composite
def decided(draw):
    """Any open points with any decisions that hold."""
    numbers = draw(st.frozensets(st.integers(1, 60), max_size=12))
    kept = draw(st.frozensets(st.sampled_from(sorted(numbers)))) if numbers else frozenset()
    others = [DROP, *(merge(number) for number in sorted(kept))]
    return numbers, {
        number: KEEP if number in kept else draw(st.sampled_from(others)) for number in numbers
    }


@given(decided())
def test_every_open_point_goes_on_once_or_is_dropped_for_a_reason(case):
    numbers, decisions = case
    assert problems(numbers, decisions) == {}
    result = outcome(numbers, decisions)
    went_on = [number for new in result.new for number in (new.kept, *new.merged)]
    dropped = [number for number, _reason in result.dropped]
    assert sorted(went_on + dropped) == sorted(numbers)
    assert all(reason for _number, reason in result.dropped)


@given(decided(), st.data())
def test_no_point_can_be_left_out(case, data):
    numbers, decisions = case
    if decisions:
        forgotten = data.draw(st.sampled_from(sorted(decisions)))
        del decisions[forgotten]
        assert problems(numbers, decisions)[forgotten] == Problem.UNDECIDED
