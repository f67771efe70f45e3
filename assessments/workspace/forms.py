from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from assessments.models import CriterionFinding, IndicatorRating, MeasureEntry
from scorecard.fields import LongTextFormField
from scorecard.models import RATING_CHOICES, Measure
from scorecard.rating import share

ANSWERS = {"yes": True, "no": False, "undecided": None}
ANSWER_CHOICES = [("yes", _("Met")), ("no", _("Not met")), ("undecided", _("Not decided"))]
MAX_COUNT = 1_000_000


class CriterionFindingForm(forms.ModelForm):
    """Whether one criterion is met, and what was found."""

    is_met = forms.TypedChoiceField(
        choices=ANSWER_CHOICES, coerce=ANSWERS.get, empty_value=None, required=False,
        widget=forms.RadioSelect, label=_("Is it met?"),
    )  # fmt: skip

    class Meta:
        model = CriterionFinding
        fields = ["is_met", "finding"]
        widgets = {"finding": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, instance, **kwargs):
        answer = next(word for word, value in ANSWERS.items() if value is instance.is_met)
        super().__init__(*args, instance=instance, initial={"is_met": answer}, **kwargs)


class MeasureEntryForm(forms.ModelForm):
    """One row of a measure. A row left empty does not count; a row emptied goes away."""

    label = LongTextFormField(max_length=200, required=False)
    numerator = forms.IntegerField(min_value=0, max_value=MAX_COUNT, required=False)
    denominator = forms.IntegerField(min_value=0, max_value=MAX_COUNT, required=False)

    class Meta:
        model = MeasureEntry
        fields = ["label", "numerator", "denominator"]

    def __init__(self, *args, measure: Measure, **kwargs):
        super().__init__(*args, **kwargs)
        self.measure = measure

    def clean(self):
        cleaned = super().clean()
        numbers = [cleaned.get("numerator"), cleaned.get("denominator")]
        if self.errors or numbers == [None, None]:
            if cleaned.get("label") and not self.errors:
                self.add_error("numerator", _("Give both numbers, or empty the row."))
        elif None in numbers:
            self.add_error("numerator", _("Give both numbers, or empty the row."))
        elif numbers[0] > numbers[1]:
            self.add_error("numerator", self._too_many(*numbers))
        return cleaned

    def _too_many(self, numerator, denominator):
        return _("%(part)s (%(numerator)s) cannot exceed %(whole)s (%(denominator)s).") % {
            "part": capfirst(self.measure.numerator_label),
            "numerator": numerator,
            "whole": self.measure.denominator_label,
            "denominator": denominator,
        }

    def _post_clean(self):
        """An empty row is no entry: only rows with numbers are made into one."""
        if self.is_filled:
            super()._post_clean()

    @property
    def values(self):
        """What was sent, as far as it is valid; before that, what is stored."""
        return self.cleaned_data if self.is_bound else self.initial

    @property
    def is_filled(self):
        return not self.errors and self.values.get("denominator") is not None

    @property
    def counts(self) -> tuple[int, int]:
        return self.values["numerator"], self.values["denominator"]

    @property
    def share(self):
        return share([self.counts]) if self.is_filled else None


class IndicatorRatingForm(forms.ModelForm):
    """The texts of one PI and, for those who record it, the agreed rating with its reasons."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    rating = forms.TypedChoiceField(
        choices=[("", _("Not yet agreed")), *RATING_CHOICES], coerce=int, empty_value=None,
        required=False, label=_("Agreed rating"),
        widget=forms.Select(attrs={"class": "form-select", "form": "pi-form"}),
    )  # fmt: skip

    class Meta:
        model = IndicatorRating
        fields = [
            "version",
            "findings",
            "means_of_verification",
            "rating",
            "difference_reason",
            "regression_reason",
        ]
        widgets = {
            "findings": forms.Textarea(attrs={"rows": 8}),
            "means_of_verification": forms.Textarea(attrs={"rows": 4}),
            "difference_reason": forms.Textarea(attrs={"rows": 3}),
            "regression_reason": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "findings": _(
                "What was done, by whom, with what result. "
                "Lists, links and tables pasted from Word stay."
            ),
            "means_of_verification": _("The documents and data that show it, one a line."),
            "difference_reason": _(
                "Needed when the agreed rating is not the one that the criteria give. "
                "Printed in the report."
            ),
            "regression_reason": _(
                "Needed when the agreed rating is lower than last time. Printed in the report."
            ),
        }

    def __init__(self, *args, may_rate, may_explain, has_previous, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_rate:
            del self.fields["rating"]
        if not may_explain:
            del self.fields["difference_reason"]
        if not (may_explain and has_previous):
            del self.fields["regression_reason"]
