"""What everybody in a workshop looks at: the PI, how far its vote is, the votes once revealed."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from accounts.models import Entity
from assessments.edition import indicators_of
from assessments.models import Workshop
from assessments.workshop.ballots import RoundShown, rounds_of
from assessments.workshop.moves import ALLOWED_FROM
from scorecard.models import Indicator
from scorecard.rating import Rating


class Phase(StrEnum):
    GATHERING = "gathering"  # no PI taken up yet
    READY = "ready"  # a PI, no round yet
    VOTING = "voting"
    REVEALED = "revealed"
    AGREED = "agreed"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The workshop at one version. rounds: those of the current PI, in order."""

    workshop: Workshop
    rounds: list[RoundShown]

    @classmethod
    def of(cls, workshop: Workshop, *, mine: Collection[Entity] = ()) -> "Stage":
        """workshop: from with_stage(). mine: whose own votes the reader may see. One query."""
        rounds = rounds_of([workshop.current_id], mine=mine) if workshop.current_id else []
        return cls(workshop=workshop, rounds=rounds)

    @property
    def phase(self) -> Phase:
        if is_over(self.workshop):
            return Phase.CLOSED
        if self.workshop.current_id is None:
            return Phase.GATHERING
        if self.last is None:
            return Phase.READY
        if not self.last.round.is_revealed:
            return Phase.VOTING
        return Phase.AGREED if self.last.agreed else Phase.REVEALED

    @property
    def key(self) -> str:
        """Differs when a page has to be laid out anew, not only filled with news."""
        code = self.indicator.code if self.indicator else ""
        return f"{code}-{len(self.rounds)}-{self.phase}"

    @cached_property
    def indicator(self) -> Indicator | None:
        """The current PI with its criteria; read from the edition that the process keeps."""
        if self.workshop.current_id is None:
            return None
        return indicators_of(self.workshop.assessment.framework)[self.workshop.current_indicator]

    @property
    def last(self) -> RoundShown | None:
        return self.rounds[-1] if self.rounds else None

    @property
    def agreed(self) -> Rating | None:
        """What the workshop agreed on for this PI, after whichever round."""
        return next((row.agreed for row in reversed(self.rounds) if row.agreed), None)


def is_over(workshop: Workshop) -> bool:
    """Closed, or the assessment has left the state in which workshops take place."""
    return not workshop.is_open or workshop.assessment.state != ALLOWED_FROM
