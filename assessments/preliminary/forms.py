from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import PreliminaryRating
from assessments.workspace.forms import ANSWER_CHOICES, ANSWERS
from scorecard.models import RATING_CHOICES, Criterion


class PreliminaryRatingForm(forms.ModelForm):
    """One person's ticks, rating and comment: a field for each criterion that people answer."""

    rating = forms.TypedChoiceField(
        choices=[("", _("Not given yet")), *RATING_CHOICES], coerce=int, empty_value=None,
        required=False, label=_("My rating"),
        widget=forms.Select(attrs={"class": "form-select", "form": "preliminary-form"}),
    )  # fmt: skip

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = PreliminaryRating
        fields = ["rating", "comment"]
        widgets = {"comment": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "comment": _("Needed when your rating is not the one that your ticks give."),
        }

    def __init__(self, *args, criteria: list[Criterion], answers: dict[str, bool | None], **kwargs):
        """answers: what is stored, by criterion key; a key without an entry is undecided."""
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        words = {value: word for word, value in ANSWERS.items()}
        for criterion in criteria:
            self.fields[_name(criterion)] = forms.TypedChoiceField(
                choices=ANSWER_CHOICES, coerce=ANSWERS.get, empty_value=None, required=False,
                widget=forms.RadioSelect, label=_("Is it met?"),
                initial=words[answers.get(criterion.key)],
            )  # fmt: skip

    def field_of(self, criterion):
        return self[_name(criterion)] if criterion in self.criteria else None

    @property
    def answers(self) -> dict[str, bool | None]:
        """What was sent, as far as it is valid, by criterion key; before that, what is stored."""
        if self.is_bound:
            sent = self.cleaned_data
            return {row.key: sent.get(_name(row)) for row in self.criteria}
        return {row.key: ANSWERS[self[_name(row)].value()] for row in self.criteria}


def _name(criterion):
    return f"criterion-{criterion.key}"
