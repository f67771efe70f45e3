"""How long reports lie with UN Women, and how often they go back. Without Django."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median


@dataclass(frozen=True, kw_only=True)
class Move:
    """One move of one assessment, by the names of the states.

    by_team: somebody of the team made it: what goes back from UN Women was not returned then, but
    reopened.
    """

    assessment: int
    before: str
    after: str
    at: datetime
    by_team: bool = False


@dataclass(frozen=True, kw_only=True)
class TurnAround:
    """days_to_answer: the median of whole days from submission to acceptance or return.

    What the team reopened before UN Women answered has no answer, and is no return.
    days_to_resubmit: from a return to the next submission. None where there was none.
    """

    submissions: int
    accepted: int
    returned: int
    days_to_answer: float | None
    days_to_resubmit: float | None

    @classmethod
    def of(cls, moves: Iterable[Move]) -> "TurnAround":
        """moves: of any number of assessments, oldest first."""
        submitted: dict[int, datetime] = {}
        returned: dict[int, datetime] = {}
        answers, again, counts = [], [], {"submitted": 0, "accepted": 0, "returned": 0}
        for move in moves:
            if move.after == "submitted":
                counts["submitted"] += 1
                submitted[move.assessment] = move.at
                if back := returned.pop(move.assessment, None):
                    again.append((move.at - back).days)
            elif move.before == "submitted" and move.by_team:
                submitted.pop(move.assessment, None)
            elif move.before == "submitted":
                counts["accepted" if move.after == "accepted" else "returned"] += 1
                answers.append((move.at - submitted.pop(move.assessment, move.at)).days)
                if move.after != "accepted":
                    returned[move.assessment] = move.at
        return cls(
            submissions=counts["submitted"],
            accepted=counts["accepted"],
            returned=counts["returned"],
            days_to_answer=median(answers) if answers else None,
            days_to_resubmit=median(again) if again else None,
        )
