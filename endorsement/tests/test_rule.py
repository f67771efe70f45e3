from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from endorsement.rule import AskedSeat, Choice, Given, Rule, RuleKind, outcome, standing

ENDORSE, OBJECT, ABSTAIN = Choice
ALL = Rule(kind=RuleKind.ALL)
TWO = Rule(kind=RuleKind.QUORUM, quorum=2)
DUE = date(2022, 11, 30)
SILENCE = Rule(kind=RuleKind.NO_OBJECTION, due=DUE)
LATE = date(2022, 12, 1)


def decided(rule, *choices, today=DUE):
    """The outcome when each choice is that of one seat; None has not answered."""
    seats = [AskedSeat(key=number, asked_on=1) for number in range(len(choices))]
    made = [
        Given(seat=number, version=1, choice=choice)
        for number, choice in enumerate(choices)
        if choice
    ]
    return outcome(rule, seats, made, today=today)


@pytest.mark.parametrize(
    ("rule", "choices", "today", "is_fulfilled"),
    [
        (ALL, [ENDORSE, ENDORSE], DUE, True),
        (ALL, [ENDORSE, ABSTAIN], DUE, True),
        (ALL, [ABSTAIN, ABSTAIN], DUE, False),
        (ALL, [ENDORSE, None], DUE, False),
        (ALL, [ENDORSE, OBJECT], DUE, False),
        (ALL, [], DUE, False),
        (TWO, [ENDORSE, ENDORSE, None, OBJECT], DUE, True),
        (TWO, [ENDORSE, ABSTAIN, ABSTAIN], DUE, False),
        (TWO, [ENDORSE], DUE, False),
        (SILENCE, [None, None], DUE, False),
        (SILENCE, [None, None], LATE, True),
        (SILENCE, [ABSTAIN, ABSTAIN], LATE, True),
        (SILENCE, [None, OBJECT], LATE, False),
        (SILENCE, [ENDORSE, ENDORSE], DUE, True),
        (SILENCE, [ABSTAIN, ABSTAIN], DUE, False),
        (SILENCE, [], LATE, False),
    ],
)
def test_a_rule_is_fulfilled_by(rule, choices, today, is_fulfilled):
    assert decided(rule, *choices, today=today).is_fulfilled == is_fulfilled


def test_an_outcome_counts_where_each_seat_stands():
    counted = decided(ALL, ENDORSE, ENDORSE, OBJECT, ABSTAIN, None)
    assert (counted.endorsed, counted.objected, counted.abstained, counted.waiting) == (2, 1, 1, 1)
    assert counted.total == 5


def test_the_last_decision_of_a_seat_counts():
    seat = AskedSeat(key="UNDP", asked_on=1)
    made = [Given(seat="UNDP", version=1, choice=choice) for choice in (OBJECT, ENDORSE)]
    assert standing([seat], made) == {"UNDP": ENDORSE}


def test_a_decision_on_an_earlier_version_counts_until_the_seat_is_asked_again():
    made = [Given(seat="UNDP", version=1, choice=ENDORSE)]
    assert standing([AskedSeat(key="UNDP", asked_on=1)], made) == {"UNDP": ENDORSE}
    assert standing([AskedSeat(key="UNDP", asked_on=2)], made) == {"UNDP": None}


def test_the_decision_of_a_seat_that_is_valid_no_more_does_not_count():
    made = [Given(seat="left", version=1, choice=OBJECT)]
    assert outcome(ALL, [], made, today=DUE).total == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": RuleKind.QUORUM},
        {"kind": RuleKind.QUORUM, "quorum": 0},
        {"kind": RuleKind.ALL, "quorum": 2},
        {"kind": RuleKind.NO_OBJECTION},
    ],
)
def test_a_rule_that_says_nothing_is_refused(fields):
    with pytest.raises(ValueError, match="number above 0|a day that is named"):
        Rule(**fields)


# Properties

rules = some.sampled_from([ALL, TWO, SILENCE])
days = some.sampled_from([DUE, LATE])
keys = some.integers(min_value=0, max_value=5)
versions = some.integers(min_value=1, max_value=4)
seat_lists = some.dictionaries(keys, versions).map(
    lambda asked: [AskedSeat(key=key, asked_on=number) for key, number in asked.items()]
)
decisions = some.lists(
    some.builds(Given, seat=keys, version=versions, choice=some.sampled_from(Choice)), max_size=12
)


@given(rules, seat_lists, decisions, days)
def test_every_valid_seat_is_counted_once(rule, seats, made, today):
    assert outcome(rule, seats, made, today=today).total == len(seats)


@given(rules, seat_lists, decisions, days)
def test_what_no_valid_seat_said_on_what_it_was_asked_changes_nothing(rule, seats, made, today):
    asked_on = {seat.key: seat.asked_on for seat in seats}
    counting = [row for row in made if row.version >= asked_on.get(row.seat, 99)]
    found = outcome(rule, seats, made, today=today)
    if not found.silent_objectors:
        assert found == outcome(rule, seats, counting, today=today)


@given(seat_lists, decisions)
def test_silence_endorses_for_nobody_who_objected(seats, made):
    last = {row.seat: row.choice for row in made}
    objecting = [seat for seat in seats if last.get(seat.key) == OBJECT]
    found = outcome(SILENCE, seats, made, today=LATE)
    assert found.objected + found.silent_objectors == len(objecting)
    assert found.is_fulfilled == (bool(seats) and not objecting)


@given(some.sampled_from([ALL, SILENCE]), seat_lists, decisions, days)
def test_an_objection_that_stands_holds_up_all_but_a_quorum(rule, seats, made, today):
    found = outcome(rule, seats, made, today=today)
    assert not (found.objected and found.is_fulfilled)


@given(rules, seat_lists, decisions, days, keys)
def test_one_more_endorsement_never_undoes_an_endorsement(rule, seats, made, today, key):
    more = [*made, Given(seat=key, version=4, choice=ENDORSE)]
    if outcome(rule, seats, made, today=today).is_fulfilled:
        assert outcome(rule, seats, more, today=today).is_fulfilled


@given(rules, seat_lists, decisions, days)
def test_a_seat_asked_again_has_not_answered(rule, seats, made, today):
    again = [AskedSeat(key=seat.key, asked_on=5) for seat in seats]
    assert outcome(rule, again, made, today=today).waiting == len(seats)
