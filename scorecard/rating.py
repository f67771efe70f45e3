"""How a rating follows from criteria: the rule of the whole product, without Django.

Source: UNCT-SWAP Gender Equality Scorecard, Framework & Technical Guidance, as held in the
framework files (fixtures/unct-swap-*.yaml).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from itertools import combinations


class Rating(IntEnum):
    """The four levels, lowest first. An ordinal scale: compare, count, never average.

    Starts at 1 so that no rating is falsy; "not rated yet" is None.
    """

    MISSING = 1
    APPROACHES = 2
    MEETS = 3
    EXCEEDS = 4


@dataclass(frozen=True, kw_only=True)
class LevelRule:
    """At least so many of these criteria, on top of a lower level where `includes` names one."""

    codes: frozenset[str]
    at_least: int
    includes: Rating | None = None

    def __post_init__(self):
        if not 1 <= self.at_least <= len(self.codes):
            raise ValueError(f"A level must ask for something that can be met; got {self}.")
        if self.includes == Rating.MISSING:
            raise ValueError(f"MISSING asks for nothing and cannot be included; got {self}.")


@dataclass(frozen=True, kw_only=True)
class Threshold:
    """The share from which a measure decides a criterion.

    percent: 0..100. strict: the share must be more than that, not just as much.
    """

    measure: str
    percent: Fraction
    strict: bool = False

    def __post_init__(self):
        if not 0 <= self.percent <= 100:
            raise ValueError(f"A threshold lies between 0 and 100 percent; got {self.percent}.")

    def is_reached_by(self, share: Fraction) -> bool:
        reached = share * 100
        return reached > self.percent if self.strict else reached >= self.percent


@dataclass(frozen=True, kw_only=True)
class CriterionRule:
    """What decides one criterion (a tick, or a measure's share) and which weaker ones it proves."""

    key: str
    implies: frozenset[str] = frozenset()
    threshold: Threshold | None = None


Rules = Mapping[Rating, LevelRule]
Criteria = Mapping[str, CriterionRule]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where an indicator stands: what is met and refused, the rating so far, the best reachable.

    What is neither met nor refused is undecided.
    """

    met: frozenset[str]
    refused: frozenset[str]
    rating: Rating
    best_reachable: Rating

    @property
    def is_blank(self) -> bool:
        """Nothing is decided: the rating is MISSING, and yet nobody has said so."""
        return not (self.met or self.refused)


def share(entries: Iterable[tuple[int, int]]) -> Fraction | None:
    """Return the sum of numerators over the sum of denominators; None when there is nothing to
    divide by.

    An exact fraction, so that 33 of 100 is 33 percent and not a hair less. A part of nothing
    (15/0) says nothing and is left out.

    Raises ValueError for a negative number or a numerator above its denominator.
    """
    numerators = denominators = 0
    for numerator, denominator in entries:
        if numerator < 0 or denominator < 0:
            raise ValueError(f"{numerator}/{denominator}: neither number may be below 0.")
        if denominator == 0:
            continue
        if numerator > denominator:
            raise ValueError(f"{numerator}/{denominator}: the first cannot exceed the second.")
        numerators += numerator
        denominators += denominator
    return Fraction(numerators, denominators) if denominators else None


def rate(met: Collection[str], rules: Rules) -> Rating:
    """Return the highest level whose own rule holds, else MISSING.

    A level presupposes a lower one only where its rule includes it.

    met: keys of the criteria found met, for example {"a", "c"}.
    rules: one LevelRule for each level above MISSING that the indicator defines.

    Raises ValueError for a key that no level mentions, so that a typing error in a
    fixture cannot lower a rating in silence.
    """
    known = _known(rules)
    if unknown := set(met) - known:
        raise ValueError(f"Unknown criteria {sorted(unknown)}; the indicator has {sorted(known)}.")
    return max((level for level in rules if _holds(level, met, rules)), default=Rating.MISSING)


def met_criteria(
    ticked: Collection[str], shares: Mapping[str, Fraction | None], criteria: Criteria
) -> frozenset[str]:
    """Return the criteria that are met: ticked ones, those a share decides, all that they imply.

    ticked: keys ticked by hand. A tick on a criterion that a measure decides has no effect.
    shares: share by measure key, 0..1; None or no entry decides nothing.
    """
    by_hand = _decided_by_hand(ticked, criteria)
    return implied_by(by_hand | _decided(shares, criteria, reached=True), criteria)


def refused_criteria(
    refused: Collection[str], shares: Mapping[str, Fraction | None], criteria: Criteria
) -> frozenset[str]:
    """Return the criteria that are not met: answered no, or whose share is known and too small."""
    by_hand = _decided_by_hand(refused, criteria)
    return frozenset(by_hand | _decided(shares, criteria, reached=False))


def standing_of(
    *,
    ticked: Collection[str],
    refused: Collection[str],
    shares: Mapping[str, Fraction | None],
    rules: Rules,
    criteria: Criteria,
) -> Standing:
    """Return the rating so far and the best that the undecided criteria leave within reach.

    ticked, refused: keys answered yes and no by hand. What is in neither is undecided.
    A refused one that a met one implies is met; one that implies a refused one is refused.
    """
    met = met_criteria(ticked, shares, criteria)
    no = refused_criteria(refused, shares, criteria) - met
    no |= {key for key in criteria.keys() - met if implied_by({key}, criteria) & no}
    possible = criteria.keys() - met - no
    return Standing(
        met=met,
        refused=no,
        rating=rate(met, rules),
        best_reachable=rate(met | possible, rules),
    )


def missing_for(
    level: Rating, met: Collection[str], rules: Rules, criteria: Criteria
) -> tuple[frozenset[str], ...]:
    """Return the smallest sets of criteria each of which, met in addition, reaches the level.

    Smallest in what they ask for: no set asks for more than another one of the answer, and a
    set names no criterion that another of its own implies. Empty when the level's rule holds.
    Ordered by the number of criteria, then by key.
    """
    met = implied_by(met, criteria)
    if level == Rating.MISSING or _holds(level, met, rules):
        return ()
    open_keys = sorted(_known(rules) - met)
    enough: dict[frozenset[str], frozenset[str]] = {}  # what a set brings with it: the set
    for size in range(1, len(open_keys) + 1):
        for chosen in map(frozenset, combinations(open_keys, size)):
            brings = implied_by(met | chosen, criteria)
            if _holds(level, brings, rules) and not any(less <= brings for less in enough):
                enough[brings] = chosen
    smallest = [
        chosen for brings, chosen in enough.items() if not any(less < brings for less in enough)
    ]
    return tuple(sorted(smallest, key=lambda keys: (len(keys), sorted(keys))))


def implied_by(keys: Collection[str], criteria: Criteria) -> frozenset[str]:
    """Return the keys with all that they imply, directly or through others."""
    closed: set[str] = set()
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key not in closed:
            closed.add(key)
            waiting.extend(criteria[key].implies)
    return frozenset(closed)


def _known(rules: Rules) -> frozenset[str]:
    return frozenset().union(*(rule.codes for rule in rules.values()))


def _holds(level: Rating, met: Collection[str], rules: Rules) -> bool:
    rule = rules[level]
    enough = len(rule.codes & set(met)) >= rule.at_least
    return enough and (rule.includes is None or _holds(rule.includes, met, rules))


def _decided_by_hand(answered: Collection[str], criteria: Criteria) -> set[str]:
    if unknown := set(answered) - criteria.keys():
        raise ValueError(f"Unknown criteria {sorted(unknown)}; there are {sorted(criteria)}.")
    return {key for key in answered if criteria[key].threshold is None}


def _decided(
    shares: Mapping[str, Fraction | None], criteria: Criteria, *, reached: bool
) -> set[str]:
    """Keys of the criteria whose share is known and reaches (or does not reach) the threshold."""
    return {
        key
        for key, criterion in criteria.items()
        if criterion.threshold is not None
        and (value := shares.get(criterion.threshold.measure)) is not None
        and criterion.threshold.is_reached_by(value) == reached
    }
