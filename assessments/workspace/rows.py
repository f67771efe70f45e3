"""What the workspace of a PI is made of: its criteria, its levels, its measures."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms

from assessments.models import MeasureEntry
from assessments.workspace.forms import CriterionFindingForm, MeasureEntryForm
from scorecard import rating as engine
from scorecard.form_errors import WHOLE_PAGE, errors_of
from scorecard.models import Criterion, Measure
from scorecard.rating import Rating

MAX_ROWS = 50


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

    @classmethod
    def of(cls, measure: Measure, entries: Iterable[MeasureEntry], *, data=None) -> "MeasureTable":
        """entries: of all measures of the PI. data: what a person sent; None shows the entries."""
        own = [row for row in entries if row.measure_id == measure.pk]
        blank = 1 if measure.breakdown or not own else 0
        factory = forms.formset_factory(
            MeasureEntryForm, extra=blank, max_num=MAX_ROWS, validate_max=True
        )
        initial = [
            {"label": row.label, "numerator": row.numerator, "denominator": row.denominator}
            for row in own
        ]
        formset = factory(
            data,
            prefix=f"measure-{measure.key}",
            form_kwargs={"measure": measure},
            # A new row that was stored meanwhile must not count as one that was left empty.
            initial=initial if data is None else None,
        )
        return cls(measure=measure, entries=own, formset=formset)

    @property
    def forms(self):
        return self.formset.forms

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every refused number as (id of the field, sentence)."""
        found = [error for form in self.forms for error in errors_of(form)]
        return found + [(WHOLE_PAGE, sentence) for sentence in self.formset.non_form_errors()]

    @property
    def counts(self) -> tuple[int, int]:
        """Numerators and denominators of the rows that can be counted, summed."""
        counts = [form.counts for form in self.forms if form.is_filled] or [(0, 0)]
        return tuple(map(sum, zip(*counts, strict=True)))

    @property
    def share(self):
        return engine.share([self.counts])
