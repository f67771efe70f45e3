"""What stands in the table of all years: cells, columns, rows and the editions above them."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from report.chapters.values import ShownRating


class CellState(TextChoices):
    ASSESSED = "assessed", gettext_lazy("Assessed in this year")
    CARRIED = "carried", gettext_lazy("Carried over")
    NOT_RATED = "not-rated", gettext_lazy("Not rated")
    NOT_IN_EDITION = "not-in-edition", gettext_lazy("Not in this edition")
    NO_RECORD = "no-record", gettext_lazy("No assessment on record")


@dataclass(frozen=True, kw_only=True)
class YearCell:
    """One PI in one year. carried_from: None where the rating is not carried, or no record tells.

    begins_edition: the rating stands on other criteria than the one before it.
    """

    state: CellState
    rating: ShownRating | None = None
    carried_from: int | None = None
    begins_edition: bool = False

    @property
    def age(self) -> str:
        """From when a carried rating is; "" where it is of the year itself."""
        if self.state != CellState.CARRIED:
            return ""
        if self.carried_from is None:
            return _("year unknown")
        return _("from %(year)s") % {"year": self.carried_from}

    @property
    def without_rating(self) -> str:
        """What stands where there can be no rating; "" where one is, or is due."""
        words = {CellState.NO_RECORD: "–", CellState.NOT_IN_EDITION: _("not in this edition")}
        return words.get(self.state, "")


@dataclass(frozen=True, kw_only=True)
class YearColumn:
    """One calendar year. edition is "", and counts is empty, where no assessment is on record.

    counts: how many PIs stand at each level, highest first. assessed: how many were assessed.
    """

    year: int
    edition: str = ""
    begins_edition: bool = False
    counts: tuple[int, ...] = ()
    not_rated: int = 0
    meeting: int = 0
    assessed: int = 0
    total: int = 0


@dataclass(frozen=True, kw_only=True)
class YearRow:
    code: str
    title: str
    cells: tuple[YearCell, ...]


@dataclass(frozen=True, kw_only=True)
class YearDimension:
    number: int
    title: str
    rows: tuple[YearRow, ...]


@dataclass(frozen=True, kw_only=True)
class EditionSpan:
    """Years that stand on one edition, side by side. edition is "" for years without a record."""

    edition: str
    width: int
    begins_edition: bool
