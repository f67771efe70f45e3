"""What the workspace of a PI is made of: its criteria, its levels, its measures."""

from dataclasses import dataclass

from django import forms

from assessments.models import MeasureEntry
from assessments.workspace.forms import CriterionFindingForm
from scorecard import rating as engine
from scorecard.models import Criterion, Measure
from scorecard.rating import Rating


@dataclass(frozen=True, kw_only=True)
class CriterionRow:
    """One criterion with its form, or without one where a measure decides it."""

    criterion: Criterion
    form: CriterionFindingForm | None
    finding: str
    is_met: bool
    is_refused: bool
    counts_towards: list[Rating]


@dataclass(frozen=True, kw_only=True)
class MeasureTable:
    """One measure with its rows."""

    measure: Measure
    entries: list[MeasureEntry]
    formset: forms.BaseFormSet

    @property
    def forms(self):
        return self.formset.forms

    @property
    def counts(self) -> tuple[int, int]:
        """Numerators and denominators of the rows that can be counted, summed."""
        counts = [form.counts for form in self.forms if form.is_filled] or [(0, 0)]
        return tuple(map(sum, zip(*counts, strict=True)))

    @property
    def share(self):
        return engine.share([self.counts])
