"""The rules of both editions, written out by hand from the framework's texts."""

from fractions import Fraction

import pytest

from scorecard.rating import (
    CriterionRule,
    LevelRule,
    Rating,
    Threshold,
    implied_by,
    met_criteria,
    missing_for,
    rate,
    refused_criteria,
    share,
    standing_of,
)
from scorecard.tests.factories import criteria_of, rules_of

MISSING, APPROACHES, MEETS, EXCEEDS = Rating

# PI, level, a smallest set of criteria that reaches it, and what is left when the first, the
# second ... of them is lacking. All smallest sets of a level stand here.
LEVELS_2018 = [
    ("1.1", APPROACHES, "a-majority b-some", [MISSING, MISSING]),
    ("1.1", MEETS, "a-all b-consistent", [MISSING, MISSING]),
    ("1.1", EXCEEDS, "a-all b-consistent c", [MISSING, MISSING, MEETS]),
    ("1.2", APPROACHES, "a-some", [MISSING]),
    ("1.2", MEETS, "a-all", [MISSING]),
    ("1.2", MEETS, "b", [MISSING]),
    ("1.2", EXCEEDS, "a-all b", [MEETS, MEETS]),
    ("1.3", APPROACHES, "fifth", [MISSING]),
    ("1.3", MEETS, "third", [MISSING]),
    ("1.3", EXCEEDS, "half", [MISSING]),
    ("2.1", APPROACHES, "a-half", [MISSING]),
    ("2.1", APPROACHES, "b", [MISSING]),
    ("2.1", MEETS, "a-all b", [APPROACHES, APPROACHES]),
    ("2.1", EXCEEDS, "a-all b c", [APPROACHES, APPROACHES, MEETS]),
    ("2.2", APPROACHES, "a", [MISSING]),
    ("2.2", MEETS, "b c", [MISSING, MISSING]),
    ("2.2", EXCEEDS, "b c d", [MISSING, MISSING, MEETS]),
    ("2.3", APPROACHES, "a", [MISSING]),
    ("2.3", APPROACHES, "b", [MISSING]),
    ("2.3", MEETS, "a b", [APPROACHES, APPROACHES]),
    ("2.3", MEETS, "a c", [MISSING, APPROACHES]),
    ("2.3", MEETS, "b c", [MISSING, APPROACHES]),
    ("2.3", EXCEEDS, "a b c", [MEETS, MEETS, MEETS]),
    ("3.1", APPROACHES, "a", [MISSING]),
    ("3.1", MEETS, "a b", [MISSING, APPROACHES]),
    ("3.1", MEETS, "a c", [MISSING, APPROACHES]),
    ("3.1", MEETS, "b c", [MISSING, MISSING]),
    ("3.1", EXCEEDS, "a b c", [MEETS, MEETS, MEETS]),
    ("3.2", APPROACHES, "a-one", [MISSING]),
    ("3.2", MEETS, "a-two b", [MISSING, APPROACHES]),
    ("3.2", MEETS, "a-two c", [MISSING, APPROACHES]),
    ("3.2", MEETS, "b c", [MISSING, MISSING]),
    ("3.2", EXCEEDS, "a-two b c", [MEETS, MEETS, MEETS]),
    ("4.1", APPROACHES, "a b", [MISSING, MISSING]),
    ("4.1", APPROACHES, "a c", [MISSING, MISSING]),
    ("4.1", APPROACHES, "a d", [MISSING, MISSING]),
    ("4.1", APPROACHES, "b c", [MISSING, MISSING]),
    ("4.1", APPROACHES, "b d", [MISSING, MISSING]),
    ("4.1", APPROACHES, "c d", [MISSING, MISSING]),
    ("4.1", MEETS, "a b c", [APPROACHES, APPROACHES, APPROACHES]),
    ("4.1", MEETS, "a b d", [APPROACHES, APPROACHES, APPROACHES]),
    ("4.1", MEETS, "a c d", [APPROACHES, APPROACHES, APPROACHES]),
    ("4.1", MEETS, "b c d", [APPROACHES, APPROACHES, APPROACHES]),
    ("4.1", EXCEEDS, "a b c d", [MEETS, MEETS, MEETS, MEETS]),
    ("4.2", APPROACHES, "fifty", [MISSING]),
    ("4.2", MEETS, "sixty-five", [MISSING]),
    ("4.2", EXCEEDS, "eighty", [MISSING]),
    ("4.3", APPROACHES, "a", [MISSING]),
    ("4.3", MEETS, "a b", [MISSING, APPROACHES]),
    ("4.3", EXCEEDS, "a b c", [MISSING, APPROACHES, MEETS]),
    ("5.1", APPROACHES, "a b", [MISSING, MISSING]),
    ("5.1", APPROACHES, "a c", [MISSING, MISSING]),
    ("5.1", APPROACHES, "a d", [MISSING, MISSING]),
    ("5.1", APPROACHES, "b c", [MISSING, MISSING]),
    ("5.1", APPROACHES, "b d", [MISSING, MISSING]),
    ("5.1", APPROACHES, "c d", [MISSING, MISSING]),
    ("5.1", MEETS, "a b c", [APPROACHES, APPROACHES, APPROACHES]),
    ("5.1", MEETS, "a b d", [APPROACHES, APPROACHES, APPROACHES]),
    ("5.1", MEETS, "a c d", [APPROACHES, APPROACHES, APPROACHES]),
    ("5.1", MEETS, "b c d", [APPROACHES, APPROACHES, APPROACHES]),
    ("5.1", EXCEEDS, "a b c d", [MEETS, MEETS, MEETS, MEETS]),
    ("5.2", APPROACHES, "a", [MISSING]),
    ("5.2", MEETS, "a b", [MISSING, APPROACHES]),
    ("5.2", MEETS, "a c", [MISSING, APPROACHES]),
    ("5.2", MEETS, "b c", [MISSING, MISSING]),
    ("5.2", EXCEEDS, "a b c", [MEETS, MEETS, MEETS]),
    ("6.1", APPROACHES, "a", [MISSING]),
    ("6.1", MEETS, "a b", [MISSING, APPROACHES]),
    ("6.1", EXCEEDS, "a c", [MISSING, APPROACHES]),  # who exceeded the target has met it
    ("7.1", APPROACHES, "a-some", [MISSING]),
    ("7.1", MEETS, "a-all", [MISSING]),
    ("7.1", EXCEEDS, "a-all b", [MISSING, MEETS]),
]
LEVELS_2023 = [
    ("1.1", APPROACHES, "a-half b-some", [MISSING, MISSING]),
    ("1.1", MEETS, "a-most b-consistent", [MISSING, MISSING]),
    ("1.1", EXCEEDS, "a-most b-consistent c", [MISSING, MISSING, MEETS]),
    ("1.2", APPROACHES, "a-majority", [MISSING]),
    ("1.2", MEETS, "a-all", [MISSING]),
    ("1.2", MEETS, "b", [MISSING]),
    ("1.2", EXCEEDS, "a-all b", [MEETS, MEETS]),
    ("1.3", APPROACHES, "fifth", [MISSING]),
    ("1.3", MEETS, "third", [MISSING]),
    ("1.3", EXCEEDS, "half", [MISSING]),
    ("2.1", APPROACHES, "a-half", [MISSING]),
    ("2.1", APPROACHES, "b", [MISSING]),
    ("2.1", MEETS, "a-all b", [APPROACHES, APPROACHES]),
    ("2.1", EXCEEDS, "a-all b c", [APPROACHES, APPROACHES, MEETS]),
    ("2.2", APPROACHES, "a", [MISSING]),
    ("2.2", MEETS, "b c", [MISSING, MISSING]),
    ("2.2", EXCEEDS, "b c d", [MISSING, MISSING, MEETS]),
    ("2.3", APPROACHES, "a", [MISSING]),
    ("2.3", APPROACHES, "b", [MISSING]),
    ("2.3", APPROACHES, "c", [MISSING]),
    ("2.3", MEETS, "a b", [APPROACHES, APPROACHES]),
    ("2.3", MEETS, "a c", [APPROACHES, APPROACHES]),
    ("2.3", MEETS, "b c", [APPROACHES, APPROACHES]),
    ("2.3", EXCEEDS, "a b c", [MEETS, MEETS, MEETS]),
    ("3.1", APPROACHES, "a", [MISSING]),
    ("3.1", APPROACHES, "b", [MISSING]),
    ("3.1", APPROACHES, "c", [MISSING]),
    ("3.1", MEETS, "a b", [APPROACHES, APPROACHES]),
    ("3.1", MEETS, "a c", [APPROACHES, APPROACHES]),
    ("3.1", MEETS, "b c", [APPROACHES, APPROACHES]),
    ("3.1", EXCEEDS, "a b c", [MEETS, MEETS, MEETS]),
    ("3.2", APPROACHES, "a", [MISSING]),
    ("3.2", APPROACHES, "b", [MISSING]),
    ("3.2", APPROACHES, "c", [MISSING]),
    ("3.2", MEETS, "a b", [APPROACHES, APPROACHES]),
    ("3.2", MEETS, "a c", [APPROACHES, APPROACHES]),
    ("3.2", MEETS, "b c", [APPROACHES, APPROACHES]),
    ("3.2", EXCEEDS, "a b c", [MEETS, MEETS, MEETS]),
    ("4.1", APPROACHES, "a b", [MISSING, MISSING]),
    ("4.1", APPROACHES, "a c", [MISSING, MISSING]),
    ("4.1", APPROACHES, "a d", [MISSING, MISSING]),
    ("4.1", APPROACHES, "b c", [MISSING, MISSING]),
    ("4.1", APPROACHES, "b d", [MISSING, MISSING]),
    ("4.1", APPROACHES, "c d", [MISSING, MISSING]),
    ("4.1", MEETS, "a b c", [APPROACHES, APPROACHES, APPROACHES]),
    ("4.1", MEETS, "a b d", [APPROACHES, APPROACHES, APPROACHES]),
    ("4.1", MEETS, "a c d", [APPROACHES, APPROACHES, APPROACHES]),
    ("4.1", MEETS, "b c d", [APPROACHES, APPROACHES, APPROACHES]),
    ("4.1", EXCEEDS, "a b c d", [MEETS, MEETS, MEETS, MEETS]),
    ("4.2", APPROACHES, "fifty", [MISSING]),
    ("4.2", MEETS, "sixty-five", [MISSING]),
    ("4.2", EXCEEDS, "over-eighty", [MISSING]),
    ("4.3", APPROACHES, "a", [MISSING]),
    ("4.3", MEETS, "a b c", [MISSING, APPROACHES, APPROACHES]),
    ("4.3", EXCEEDS, "a b c d e", [MISSING, APPROACHES, APPROACHES, MEETS, MEETS]),
    ("5.1", APPROACHES, "a b", [MISSING, MISSING]),
    ("5.1", APPROACHES, "a c", [MISSING, MISSING]),
    ("5.1", APPROACHES, "a d", [MISSING, MISSING]),
    ("5.1", APPROACHES, "b c", [MISSING, MISSING]),
    ("5.1", APPROACHES, "b d", [MISSING, MISSING]),
    ("5.1", APPROACHES, "c d", [MISSING, MISSING]),
    ("5.1", MEETS, "a b c", [APPROACHES, APPROACHES, APPROACHES]),
    ("5.1", MEETS, "a b d", [APPROACHES, APPROACHES, APPROACHES]),
    ("5.1", MEETS, "a c d", [APPROACHES, APPROACHES, APPROACHES]),
    ("5.1", MEETS, "b c d", [APPROACHES, APPROACHES, APPROACHES]),
    ("5.1", EXCEEDS, "a b c d", [MEETS, MEETS, MEETS, MEETS]),
    ("5.2", APPROACHES, "a", [MISSING]),
    ("5.2", MEETS, "a b", [MISSING, APPROACHES]),
    ("5.2", MEETS, "a c", [MISSING, APPROACHES]),
    ("5.2", MEETS, "b c", [MISSING, MISSING]),
    ("5.2", EXCEEDS, "a b c", [MEETS, MEETS, MEETS]),
    ("6.1", APPROACHES, "a b", [MISSING, MISSING]),
    ("6.1", MEETS, "a b c d", [MISSING, MISSING, APPROACHES, APPROACHES]),
    ("6.1", MEETS, "a b c e", [MISSING, MISSING, APPROACHES, APPROACHES]),
    ("6.1", MEETS, "a b d e", [MISSING, MISSING, APPROACHES, APPROACHES]),
    ("6.1", EXCEEDS, "a b d f", [MISSING, MISSING, APPROACHES, APPROACHES]),
    ("6.1", EXCEEDS, "a b e f", [MISSING, MISSING, APPROACHES, APPROACHES]),
    ("7.1", APPROACHES, "a", [MISSING]),
    ("7.1", MEETS, "b", [MISSING]),
    ("7.1", EXCEEDS, "b c", [MISSING, MEETS]),
]
TABLES = {"unct-swap-2018": LEVELS_2018, "unct-swap-2023": LEVELS_2023}
LEVELS = [(edition, *row) for edition, table in TABLES.items() for row in table]

# The weaker of two criteria of one letter stands where a level asks for the stronger one; or
# what looks like enough is not, and the other way round.
CLOSE_CALLS = [
    ("unct-swap-2018", "1.1", "a-majority b-consistent", APPROACHES),
    ("unct-swap-2018", "1.1", "a-all b-some c", APPROACHES),
    ("unct-swap-2018", "1.1", "c", MISSING),
    ("unct-swap-2018", "1.2", "a-some b", MEETS),
    ("unct-swap-2018", "2.1", "a-half b c", APPROACHES),
    ("unct-swap-2018", "2.2", "a b c", MEETS),
    ("unct-swap-2018", "2.2", "a d", APPROACHES),
    ("unct-swap-2018", "2.2", "a b", APPROACHES),
    ("unct-swap-2018", "2.3", "c", MISSING),
    ("unct-swap-2018", "3.2", "a-one b", APPROACHES),
    ("unct-swap-2018", "3.2", "a-one b c", MEETS),
    ("unct-swap-2018", "4.3", "b c", MISSING),
    ("unct-swap-2018", "6.1", "b c", MISSING),
    ("unct-swap-2018", "7.1", "a-some b", APPROACHES),
    ("unct-swap-2023", "1.1", "a-half b-consistent c", APPROACHES),
    ("unct-swap-2023", "1.2", "a-majority b", MEETS),
    ("unct-swap-2023", "4.3", "a b d e", APPROACHES),
    ("unct-swap-2023", "6.1", "a b f", APPROACHES),
    ("unct-swap-2023", "6.1", "c d e f", MISSING),
    ("unct-swap-2023", "7.1", "a c", APPROACHES),
]

# Edition, PI, what is ticked, the share in percent of its one measure, rating.
EDGES = [
    ("unct-swap-2018", "1.3", "", "19.99", MISSING),
    ("unct-swap-2018", "1.3", "", "20", APPROACHES),
    ("unct-swap-2018", "1.3", "", "32.99", APPROACHES),
    ("unct-swap-2018", "1.3", "", "33", MEETS),
    ("unct-swap-2018", "1.3", "", "50", MEETS),
    ("unct-swap-2018", "1.3", "", "50.01", EXCEEDS),
    ("unct-swap-2018", "2.1", "", "49.99", MISSING),
    ("unct-swap-2018", "2.1", "", "50", APPROACHES),
    ("unct-swap-2018", "2.1", "", "100", APPROACHES),
    ("unct-swap-2018", "2.1", "b", "0", APPROACHES),
    ("unct-swap-2018", "2.1", "b", "99.99", APPROACHES),
    ("unct-swap-2018", "2.1", "b", "100", MEETS),
    ("unct-swap-2018", "2.1", "b c", "99.99", APPROACHES),
    ("unct-swap-2018", "2.1", "b c", "100", EXCEEDS),
    ("unct-swap-2018", "4.2", "", "49.99", MISSING),
    ("unct-swap-2018", "4.2", "", "50", APPROACHES),
    ("unct-swap-2018", "4.2", "", "64.99", APPROACHES),
    ("unct-swap-2018", "4.2", "", "65", MEETS),
    ("unct-swap-2018", "4.2", "", "79.99", MEETS),
    ("unct-swap-2018", "4.2", "", "80", EXCEEDS),
    ("unct-swap-2018", "5.1", "a b", "49.99", APPROACHES),
    ("unct-swap-2018", "5.1", "a b", "50", MEETS),
    ("unct-swap-2023", "1.1", "b-some", "49.99", MISSING),
    ("unct-swap-2023", "1.1", "b-some", "50", APPROACHES),
    ("unct-swap-2023", "1.1", "b-consistent", "79.99", APPROACHES),
    ("unct-swap-2023", "1.1", "b-consistent", "80", MEETS),
    ("unct-swap-2023", "1.3", "", "19.99", MISSING),
    ("unct-swap-2023", "1.3", "", "20", APPROACHES),
    ("unct-swap-2023", "1.3", "", "32.99", APPROACHES),
    ("unct-swap-2023", "1.3", "", "33", MEETS),
    ("unct-swap-2023", "1.3", "", "50", MEETS),
    ("unct-swap-2023", "1.3", "", "50.01", EXCEEDS),
    ("unct-swap-2023", "2.1", "", "49.99", MISSING),
    ("unct-swap-2023", "2.1", "b", "99.99", APPROACHES),
    ("unct-swap-2023", "2.1", "b", "100", MEETS),
    ("unct-swap-2023", "4.1", "b c", "59.99", APPROACHES),
    ("unct-swap-2023", "4.1", "b c", "60", MEETS),
    ("unct-swap-2023", "4.2", "", "64.99", APPROACHES),
    ("unct-swap-2023", "4.2", "", "65", MEETS),
    ("unct-swap-2023", "4.2", "", "80", MEETS),
    ("unct-swap-2023", "4.2", "", "80.01", EXCEEDS),
    ("unct-swap-2023", "5.1", "a b", "49.99", APPROACHES),
    ("unct-swap-2023", "5.1", "a b", "50", MEETS),
]


def rate_from(edition, code, keys):
    return rate(implied_by(keys, criteria_of(edition, code)), rules_of(edition, code))


def standing(edition, code, *, ticked="", refused="", **shares):
    return standing_of(
        ticked=ticked.split(),
        refused=refused.split(),
        shares=shares,
        rules=rules_of(edition, code),
        criteria=criteria_of(edition, code),
    )


def only_measure(edition, code):
    thresholds = (row.threshold for row in criteria_of(edition, code).values() if row.threshold)
    (measure,) = {threshold.measure for threshold in thresholds}
    return measure


def sets(*texts):
    return [frozenset(text.split()) for text in texts]


# Levels


@pytest.mark.parametrize(("edition", "code", "level", "met", "short"), LEVELS)
def test_a_smallest_set_of_criteria_reaches_the_level(edition, code, level, met, short):
    assert rate_from(edition, code, met.split()) == level


@pytest.mark.parametrize(("edition", "code", "level", "met", "short"), LEVELS)
def test_each_way_of_falling_one_short_misses_the_level(edition, code, level, met, short):
    for lacking, left in zip(met.split(), short, strict=True):
        assert rate_from(edition, code, set(met.split()) - {lacking}) == left < level, lacking


@pytest.mark.parametrize("edition", TABLES)
def test_the_table_holds_every_level_of_every_indicator(edition):
    assert len({(code, level) for code, level, *_ in TABLES[edition]}) == 45


@pytest.mark.parametrize("edition", TABLES)
def test_missing_for_names_exactly_the_sets_of_the_table_when_nothing_is_met(edition):
    by_hand = {}
    for code, level, met, _short in TABLES[edition]:
        by_hand.setdefault((code, level), set()).add(frozenset(met.split()))
    for (code, level), smallest in by_hand.items():
        named = missing_for(level, (), rules_of(edition, code), criteria_of(edition, code))
        assert set(named) == smallest, (code, level)


@pytest.mark.parametrize(("edition", "code", "met", "rating"), CLOSE_CALLS)
def test_close_calls_are_decided_by_the_rule_of_the_level_itself(edition, code, met, rating):
    assert rate_from(edition, code, met.split()) == rating


@pytest.mark.parametrize("edition", TABLES)
def test_nothing_met_is_missing_and_everything_met_exceeds(edition):
    for code in {row[0] for row in TABLES[edition]}:
        assert rate((), rules_of(edition, code)) == MISSING
        assert rate(criteria_of(edition, code).keys(), rules_of(edition, code)) == EXCEEDS


def test_a_key_that_no_level_mentions_is_refused():
    with pytest.raises(ValueError, match=r"Unknown criteria \['e'\]; the indicator has \['a', 'b'"):
        rate({"a", "e"}, rules_of("unct-swap-2018", "4.1"))


# Measures


@pytest.mark.parametrize(("edition", "code", "ticked", "percent", "rating"), EDGES)
def test_the_edge_of_a_band_belongs_to_the_level_that_the_text_gives_it(
    edition, code, ticked, percent, rating
):
    shares = {only_measure(edition, code): Fraction(percent) / 100}
    assert standing(edition, code, ticked=ticked, **shares).rating == rating


def test_thirty_eight_of_seventy_eight_indicators_meet():
    of_kazakhstan = share([(15, 16), (15, 29), (8, 33)])

    assert of_kazakhstan == Fraction(38, 78)
    shares = {"gender-sensitive-indicators": of_kazakhstan}
    assert standing("unct-swap-2018", "1.3", **shares).rating == MEETS


@pytest.mark.parametrize("entries", [[], [(0, 0)], [(0, 0), (0, 0)], [(15, 0)]])
def test_a_share_of_nothing_is_none_and_decides_nothing(entries):
    assert share(entries) is None
    undecided = standing("unct-swap-2018", "1.3", **{"gender-sensitive-indicators": share(entries)})
    assert (undecided.rating, undecided.best_reachable) == (MISSING, EXCEEDS)


def test_a_share_adds_up_parts_of_different_size():
    assert share([(1, 1), (0, 99)]) == Fraction(1, 100)


def test_a_part_of_nothing_is_left_out_of_the_share():
    assert share([(0, 0), (1, 3)]) == Fraction(1, 3)
    assert share([(15, 0), (1, 3)]) == Fraction(1, 3)


@pytest.mark.parametrize("entry", [(-1, 5), (1, -5), (-5, -1)])
def test_a_share_below_zero_is_refused(entry):
    with pytest.raises(ValueError, match="neither number may be below 0"):
        share([(1, 2), entry])


@pytest.mark.parametrize("entry", [(20, 16), (2, 1)])
def test_a_numerator_above_its_denominator_is_refused(entry):
    with pytest.raises(ValueError, match="the first cannot exceed the second"):
        share([entry])


def test_a_tick_on_a_criterion_that_a_measure_decides_has_no_effect():
    ticked = standing("unct-swap-2018", "1.3", ticked="half")
    assert (ticked.met, ticked.rating) == (frozenset(), MISSING)


@pytest.mark.parametrize("decide", [met_criteria, refused_criteria])
def test_an_answer_to_an_unknown_criterion_is_refused(decide):
    with pytest.raises(ValueError, match=r"Unknown criteria \['z'\]; there are \['a', 'b', 'c'\]"):
        decide({"z"}, {}, criteria_of("unct-swap-2018", "5.2"))


# Standing


def test_the_undecided_leave_their_level_within_reach():
    open_still = standing("unct-swap-2018", "2.2", ticked="b c")
    assert (open_still.rating, open_still.best_reachable) == (MEETS, EXCEEDS)


def test_a_refused_criterion_closes_the_level_that_needs_it():
    refused = standing("unct-swap-2018", "2.2", ticked="b c", refused="d")
    assert (refused.rating, refused.best_reachable) == (MEETS, MEETS)


def test_everything_refused_leaves_missing_only():
    refused = standing("unct-swap-2018", "4.3", refused="a b c")
    assert (refused.rating, refused.best_reachable) == (MISSING, MISSING)


def test_a_met_criterion_proves_the_weaker_one_although_it_was_refused():
    contradicted = standing("unct-swap-2018", "7.1", ticked="a-all", refused="a-some")
    assert (contradicted.met, contradicted.refused) == ({"a-all", "a-some"}, frozenset())
    assert contradicted.rating == MEETS


def test_a_refused_weaker_criterion_closes_the_stronger_one():
    refused = standing("unct-swap-2018", "7.1", ticked="b", refused="a-some")
    assert refused.refused == {"a-some", "a-all"}
    assert (refused.rating, refused.best_reachable) == (MISSING, MISSING)


def test_a_refused_weaker_criterion_closes_the_stronger_one_through_others():
    criteria = {
        "some": CriterionRule(key="some"),
        "most": CriterionRule(key="most", implies=frozenset({"some"})),
        "all": CriterionRule(key="all", implies=frozenset({"most"})),
    }
    rules = {MEETS: LevelRule(codes=frozenset(criteria), at_least=1)}
    refused = standing_of(ticked=(), refused={"some"}, shares={}, rules=rules, criteria=criteria)
    assert refused.best_reachable == MISSING


def test_a_refused_criterion_that_is_proved_closes_nothing():
    criteria = {
        "some": CriterionRule(key="some"),
        "often": CriterionRule(key="often", implies=frozenset({"some"})),
        "always": CriterionRule(key="always", implies=frozenset({"some"})),
    }
    rules = {MEETS: LevelRule(codes=frozenset(criteria), at_least=3)}
    proved = standing_of(
        ticked={"often"}, refused={"some"}, shares={}, rules=rules, criteria=criteria
    )
    assert (proved.rating, proved.best_reachable) == (MISSING, MEETS)


def test_a_share_too_small_refuses_and_a_share_large_enough_meets():
    known = standing("unct-swap-2018", "4.2", **{"positive-survey-rating": Fraction(73, 100)})
    assert (known.met, known.refused) == ({"sixty-five", "fifty"}, {"eighty"})
    assert (known.rating, known.best_reachable) == (MEETS, MEETS)


def test_the_count_of_undecided_criteria_bounds_what_is_reachable():
    half_refused = standing("unct-swap-2018", "4.1", ticked="a", refused="b c")
    assert (half_refused.rating, half_refused.best_reachable) == (MISSING, APPROACHES)


# Missing for a level


@pytest.mark.parametrize(
    ("edition", "code", "level", "met", "lacking"),
    [
        ("unct-swap-2018", "1.1", MEETS, "a-majority b-some", ["a-all b-consistent"]),
        ("unct-swap-2018", "1.1", EXCEEDS, "a-all b-consistent", ["c"]),
        ("unct-swap-2018", "1.2", EXCEEDS, "a-some", ["a-all b"]),
        ("unct-swap-2018", "1.2", MEETS, "b", []),
        ("unct-swap-2018", "2.2", EXCEEDS, "a b", ["c d"]),
        ("unct-swap-2018", "3.2", MEETS, "a-one b", ["a-two", "c"]),
        ("unct-swap-2018", "4.1", MEETS, "c", ["a b", "a d", "b d"]),
        ("unct-swap-2018", "6.1", EXCEEDS, "a", ["c"]),
        ("unct-swap-2018", "6.1", EXCEEDS, "a b", ["c"]),
        ("unct-swap-2018", "6.1", MEETS, "a", ["b"]),
        ("unct-swap-2018", "7.1", EXCEEDS, "a-all b", []),
        ("unct-swap-2023", "6.1", MEETS, "a b", ["c d", "c e", "d e"]),
        ("unct-swap-2023", "6.1", MEETS, "a b c", ["d", "e"]),
        ("unct-swap-2023", "6.1", MEETS, "a b f", ["d", "e"]),
        ("unct-swap-2023", "6.1", EXCEEDS, "a b", ["d f", "e f"]),
        ("unct-swap-2023", "6.1", EXCEEDS, "a b d e", ["f"]),
        ("unct-swap-2023", "6.1", EXCEEDS, "d e", ["a b f"]),
    ],
)
def test_missing_for_names_the_smallest_sets_in_order(edition, code, level, met, lacking):
    rules, criteria = rules_of(edition, code), criteria_of(edition, code)
    assert list(missing_for(level, met.split(), rules, criteria)) == sets(*lacking)


def test_nothing_is_missing_for_missing():
    rules, criteria = rules_of("unct-swap-2018", "2.2"), criteria_of("unct-swap-2018", "2.2")
    assert missing_for(MISSING, (), rules, criteria) == ()


# What a rule refuses to be


@pytest.mark.parametrize(
    "rule",
    [
        {"codes": frozenset("ab"), "at_least": 0},
        {"codes": frozenset("ab"), "at_least": -1},
        {"codes": frozenset("ab"), "at_least": 3},
        {"codes": frozenset(), "at_least": 0},
        {"codes": frozenset(), "at_least": 1},
    ],
)
def test_a_level_that_cannot_be_met_or_asks_for_nothing_is_refused(rule):
    with pytest.raises(ValueError, match="must ask for something that can be met"):
        LevelRule(**rule)


def test_a_level_that_includes_missing_is_refused():
    with pytest.raises(ValueError, match="MISSING asks for nothing"):
        LevelRule(codes=frozenset("a"), at_least=1, includes=MISSING)


@pytest.mark.parametrize("percent", [Fraction(-1, 100), Fraction(10001, 100)])
def test_a_threshold_outside_0_to_100_percent_is_refused(percent):
    with pytest.raises(ValueError, match="between 0 and 100 percent"):
        Threshold(measure="share", percent=percent)


def test_no_rating_is_falsy_and_the_order_is_that_of_the_guidance():
    assert all(Rating)
    assert sorted(Rating) == [MISSING, APPROACHES, MEETS, EXCEEDS]
