"""What happens to one invented team, year by year. Without Django; one seed, one world."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from scorecard.rating import Rating

CYCLE = 5  # years of a Cooperation Framework
EDITIONS = {2024: "unct-swap-2023"}  # from the first cycle that begins in this year or later
FIRST_EDITION = "unct-swap-2018"
MINIMUM = 5  # PIs that an annual assessment reassesses
FIRST_LEVELS = {
    Rating.MISSING: 24,
    Rating.APPROACHES: 38,
    Rating.MEETS: 29,
    Rating.EXCEEDS: 9,
}
# In what state a year's assessment stands: of the running year, of the one before, of the rest.
RUNNING = {"planning": 8, "scoring": 26, "consolidation": 20, "endorsement": 12, "endorsed": 8,
           "submitted": 21, "accepted": 5}  # fmt: skip
JUST_PAST = {"consolidation": 5, "endorsement": 4, "endorsed": 5, "submitted": 22, "accepted": 64}
LONG_PAST = {"scoring": 1, "consolidation": 2, "endorsement": 2, "submitted": 3, "accepted": 92}
ENDORSED = {"endorsed", "submitted", "accepted"}
NOT_RATED_YET = {"planning", "scoring"}
SKIPPED = 0.03  # of the years in between


@dataclass(frozen=True, kw_only=True)
class PiYear:
    """One PI in one year. origin: the year really assessed; rating None where nothing is known."""

    is_reassessed: bool
    rating: Rating | None
    origin: int | None = None


@dataclass(frozen=True, kw_only=True)
class TeamYear:
    year: int
    cycle: int  # the year in which it began
    edition: str
    is_comprehensive: bool
    state: str
    pis: dict[str, PiYear]


def edition_of(cycle: int) -> str:
    begun = [year for year in EDITIONS if year <= cycle]
    return EDITIONS[max(begun)] if begun else FIRST_EDITION


def career(rng: Random, *, codes: Sequence[str], years: Sequence[int]) -> list[TeamYear]:
    """Return what one team did in these years, which follow each other; the last one runs.

    A year that was never begun is left out. A rating is carried over from the last endorsed year
    of the same cycle; one from before the first year has its year only.
    """
    career, strength = [], rng.gauss(0, 0.8)
    cycle = years[0] - rng.randrange(CYCLE)
    before = cycle if cycle < years[0] else None  # the year in which all were assessed
    known = {code: (before, _first_level(rng, strength)) for code in codes}
    for year in years:
        if year == cycle + CYCLE:
            cycle, known = year, {code: (None, level) for code, (_year, level) in known.items()}
        is_comprehensive = year == cycle
        if not is_comprehensive and year != years[-1] and rng.random() < SKIPPED:
            continue
        state = _pick(rng, _states(year, years))
        now = _ratings(rng, known, state, is_comprehensive=is_comprehensive)
        if state in ENDORSED:
            known |= {code: (year, pi.rating) for code, pi in now.items() if pi.is_reassessed}
        career.append(
            TeamYear(
                year=year,
                cycle=cycle,
                edition=edition_of(cycle),
                is_comprehensive=is_comprehensive,
                state=state,
                pis=now,
            )
        )
    return career


def _states(year, years):
    if year == years[-1]:
        return RUNNING
    return JUST_PAST if year == years[-1] - 1 else LONG_PAST


def _ratings(rng, known, state, *, is_comprehensive) -> dict[str, PiYear]:
    chosen = set(known) if is_comprehensive else _chosen(rng, known)
    ratings = {}
    for code, (year, level) in known.items():
        if code in chosen:
            rated = state not in NOT_RATED_YET or (state == "scoring" and rng.random() < 0.3)
            ratings[code] = PiYear(
                is_reassessed=True, rating=_next_level(rng, level) if rated else None
            )
        elif year is None:  # never assessed on this edition
            ratings[code] = PiYear(is_reassessed=False, rating=None)
        else:
            ratings[code] = PiYear(is_reassessed=False, rating=level, origin=year)
    return ratings


def _chosen(rng, known) -> set[str]:
    """Five PIs or a few more: what is weak or was not looked at for long comes first."""
    count = MINIMUM + rng.choice([0, 0, 0, 1, 1, 2, 3])
    order = sorted(known, key=lambda code: (known[code][0] or 0, known[code][1], rng.random()))
    return set(rng.sample(order[: count + 4], count))


def _first_level(rng, strength) -> Rating:
    return _shifted(_pick(rng, FIRST_LEVELS), round(strength * rng.random()))


def _next_level(rng, level) -> Rating:
    step = rng.random()
    if step < 0.07:
        return _shifted(level, -1)
    return _shifted(level, 1) if step > 0.5 + 0.12 * level else level


def _shifted(level, by) -> Rating:
    return Rating(min(max(level + by, Rating.MISSING), Rating.EXCEEDS))


def _pick(rng, weights):
    return rng.choices(list(weights), weights=list(weights.values()))[0]
