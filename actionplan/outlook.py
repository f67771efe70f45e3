"""What the PIs reach once some action points are done. Without Django."""

from collections.abc import Collection
from dataclasses import dataclass

from scorecard.rating import Criteria, Rating, Rules, implied_by, rate


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """A PI as its criteria give it now, and with those that the action points would close."""

    now: Rating
    then: Rating
    closed: frozenset[str]  # criteria not met now that would be met then

    @property
    def rises(self) -> bool:
        return self.then > self.now


def outlook(
    met: Collection[str], closes: Collection[str], *, rules: Rules, criteria: Criteria
) -> Outlook:
    """Return what a PI reaches when the criteria in `closes` are met as well.

    A criterion that a measure decides counts as met too: the action is to raise the share.

    Raises ValueError for a criterion that the PI does not have.
    """
    if unknown := set(closes) - criteria.keys():
        raise ValueError(f"Unknown criteria {sorted(unknown)}; there are {sorted(criteria)}.")
    before = implied_by(met, criteria)
    after = implied_by(before | set(closes), criteria)
    return Outlook(now=rate(before, rules), then=rate(after, rules), closed=after - before)
