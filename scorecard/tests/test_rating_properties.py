"""What holds for every rule set: those of both editions, and any other that could be loaded."""

from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from scorecard.framework_file import MAX_CRITERIA
from scorecard.rating import (
    CriterionRule,
    LevelRule,
    Rating,
    implied_by,
    missing_for,
    rate,
    standing_of,
)
from scorecard.tests.factories import EDITIONS, criteria_of, framework_content, rules_of

RULED = [Rating.APPROACHES, Rating.MEETS, Rating.EXCEEDS]
SHIPPED = [
    (rules_of(edition, row["code"]), criteria_of(edition, row["code"]))
    for edition in EDITIONS
    for dimension in framework_content(edition)["dimensions"]
    for row in dimension["indicators"]
]


@st.composite
def invented_indicators(draw):
    """Rules and criteria as load_framework would let them in, of at most six criteria."""
    keys = "abcdef"[: draw(st.integers(1, 6))]
    criteria = {
        key: CriterionRule(key=key, implies=draw(st.frozensets(st.sampled_from(keys[:place]))))
        if place
        else CriterionRule(key=key)
        for place, key in enumerate(keys)
    }
    rules = {}
    for level in RULED:
        codes = draw(st.frozensets(st.sampled_from(keys), min_size=1))
        if level == Rating.EXCEEDS:  # every criterion is used
            codes |= set(keys) - frozenset().union(*(rule.codes for rule in rules.values()))
        lower = st.sampled_from([None, *(row for row in rules)])
        rules[level] = LevelRule(
            codes=codes, at_least=draw(st.integers(1, len(codes))), includes=draw(lower)
        )
    return rules, criteria


indicators = st.sampled_from(SHIPPED) | invented_indicators()


@st.composite
def indicators_and_met(draw):
    rules, criteria = draw(indicators)
    return rules, criteria, implied_by(draw(some_of(criteria)), criteria)


def some_of(keys):
    return st.frozensets(st.sampled_from(sorted(keys)))


def subsets(keys):
    return chain.from_iterable(combinations(sorted(keys), size) for size in range(len(keys) + 1))


@given(indicators_and_met(), st.data())
def test_one_more_criterion_never_lowers_a_rating(indicator, data):
    rules, criteria, met = indicator
    one_more = implied_by(met | {data.draw(st.sampled_from(sorted(criteria)))}, criteria)
    assert rate(one_more, rules) >= rate(met, rules)


@given(indicators_and_met(), st.sampled_from(RULED))
def test_every_set_that_is_named_as_missing_is_enough(indicator, level):
    rules, criteria, met = indicator
    for lacking in missing_for(level, met, rules, criteria):
        assert rate(implied_by(met | lacking, criteria), rules) >= level


@given(indicators_and_met(), st.sampled_from(RULED))
def test_no_set_that_is_named_as_missing_could_be_smaller(indicator, level):
    rules, criteria, met = indicator
    alone = {level: rules[level]} | {lower: rules[lower] for lower in rules if lower < level}
    for lacking in missing_for(level, met, rules, criteria):
        for fewer in subsets(lacking):
            if len(fewer) < len(lacking):
                codes = implied_by(met | set(fewer), criteria)
                assert rate(codes & _known(alone), alone) < level


@given(indicators_and_met(), st.sampled_from(RULED))
def test_no_set_that_is_named_as_missing_asks_for_more_than_another(indicator, level):
    rules, criteria, met = indicator
    brings = [
        implied_by(met | lacking, criteria) for lacking in missing_for(level, met, rules, criteria)
    ]
    assert not any(less < more for less in brings for more in brings)
    assert len(set(brings)) == len(brings)


@given(indicators_and_met(), st.sampled_from(RULED))
def test_whatever_is_enough_contains_a_set_that_is_named_as_missing(indicator, level):
    rules, criteria, met = indicator
    named = missing_for(level, met, rules, criteria)
    alone = {level: rules[level]} | {lower: rules[lower] for lower in rules if lower < level}
    for chosen in subsets(criteria):
        brings = implied_by(met | set(chosen), criteria)
        if rate(brings & _known(alone), alone) == level:
            assert not named or any(implied_by(met | least, criteria) <= brings for least in named)


@given(indicators_and_met(), st.randoms(), st.sampled_from(RULED))
def test_the_order_in_which_rules_and_criteria_are_given_does_not_matter(indicator, random, level):
    rules, criteria, met = indicator
    mixed_rules, mixed_criteria, mixed_met = (
        dict(random.sample(list(rules.items()), len(rules))),
        dict(random.sample(list(criteria.items()), len(criteria))),
        random.sample(sorted(met), len(met)),
    )
    assert rate(mixed_met, mixed_rules) == rate(met, rules)
    assert missing_for(level, mixed_met, mixed_rules, mixed_criteria) == missing_for(
        level, met, rules, criteria
    )


@given(indicators, st.data())
def test_the_rating_lies_between_what_is_met_and_what_is_reachable(indicator, data):
    rules, criteria = indicator
    ticked = data.draw(some_of(criteria))
    refused = data.draw(some_of(criteria)) - ticked
    answers = {"refused": refused, "shares": {}, "rules": rules, "criteria": by_hand(criteria)}
    now = standing_of(ticked=ticked, **answers)
    later_ticks = data.draw(some_of(criteria)) - refused
    consistent = {key for key in later_ticks if not implied_by({key}, criteria) & refused - now.met}
    later = standing_of(ticked=ticked | consistent, **answers)

    assert now.rating <= later.rating <= later.best_reachable <= now.best_reachable


@given(indicators, st.data())
def test_ticking_everything_that_is_open_reaches_the_best(indicator, data):
    rules, criteria = indicator
    refused = data.draw(some_of(criteria))
    open_still = {key for key in criteria if not implied_by({key}, criteria) & refused}
    answers = {"refused": refused, "shares": {}, "rules": rules, "criteria": by_hand(criteria)}
    now = standing_of(ticked=(), **answers)
    assert standing_of(ticked=open_still, **answers).rating == now.best_reachable


def test_the_largest_indicator_that_a_file_may_hold_can_still_be_answered():
    keys = "abcdefghijklmnop"[:MAX_CRITERIA]
    criteria = {key: CriterionRule(key=key) for key in keys}
    rules = {Rating.MEETS: LevelRule(codes=frozenset(keys), at_least=MAX_CRITERIA // 2)}
    assert len(missing_for(Rating.MEETS, (), rules, criteria)) == 252


def by_hand(criteria):
    """The same criteria without their measures: every one decided by a tick."""
    return {key: CriterionRule(key=key, implies=row.implies) for key, row in criteria.items()}


def _known(rules):
    return frozenset().union(*(rule.codes for rule in rules.values()))
