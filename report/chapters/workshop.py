"""What the consolidation workshop put on record about a PI: how it voted, dissent, minute."""

from dataclasses import dataclass

from assessments.workshop.record import Record
from scorecard.plain_text import printable


@dataclass(frozen=True, kw_only=True)
class DissentShown:
    entity: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class WorkshopShown:
    """sentence reads "7 of 8 entities voted, approaches to meets; agreed: meets".

    How a single entity voted is not said: votes are printed as counts, dissent by its entity.
    """

    sentence: str
    minute: str
    dissents: tuple[DissentShown, ...]

    @classmethod
    def of(cls, record: Record | None) -> "WorkshopShown | None":
        """None for a PI without a vote, and as long as its votes are hidden."""
        if record is None or record.decisive is None:
            return None
        return cls(
            sentence=record.sentence,
            minute=printable(record.agreement.minute).strip() if record.agreement else "",
            dissents=tuple(
                DissentShown(entity=row.entity.acronym, sentence=printable(row.sentence).strip())
                for row in record.dissents
            ),
        )
