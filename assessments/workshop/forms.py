from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Entity, User
from scorecard.fields import LongTextFormField
from scorecard.models import RATING_CHOICES

LATE = [
    (15, _("15 minutes")),
    (60, _("1 hour")),
    (4 * 60, _("4 hours")),
    (24 * 60, _("1 day")),
    (3 * 24 * 60, _("3 days")),
]
MAX_SENTENCE = 500


class VoteForm(forms.Form):
    """The vote of one of the entities for which the person votes."""

    entity = forms.ModelChoiceField(Entity.objects.all())
    rating = forms.TypedChoiceField(choices=RATING_CHOICES, coerce=int)


class AgreedForm(forms.Form):
    """The rating that the team agrees on, its short minute, and the reasons it may need."""

    agreed = forms.TypedChoiceField(
        choices=RATING_CHOICES, coerce=int, widget=forms.RadioSelect, label=_("Agreed rating")
    )
    minute = LongTextFormField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=_("Short minute"),
        help_text=_("Needed when the agreed rating is not the median of the votes."),
    )
    difference_reason = LongTextFormField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=_("Reason for the difference"),
        help_text=_("Needed when it is not what the criteria give. Printed in the report."),
    )
    regression_reason = LongTextFormField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=_("Reason for the lower rating"),
        help_text=_("Needed when it is lower than last time. Printed in the report."),
    )

    def __init__(self, *args, has_previous, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_previous:
            del self.fields["regression_reason"]

    @property
    def reasons(self) -> dict[str, str]:
        names = [name for name in self.cleaned_data if name.endswith("_reason")]
        return {name: self.cleaned_data[name] for name in names}

    def refuse(self, problems):
        """problems: a sentence by the field that lacks something."""
        for name, sentence in problems.items():
            self.add_error(name if name in self.fields else "agreed", sentence)


class DissentForm(forms.Form):
    """What an entity holds against the rating, in one sentence."""

    entity = forms.ModelChoiceField(Entity.objects.none(), label=_("Entity"))
    sentence = LongTextFormField(
        max_length=MAX_SENTENCE,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=_("What it holds instead, and why"),
    )

    def __init__(self, *args, entities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["entity"].queryset = Entity.objects.filter(
            pk__in=[entity.pk for entity in entities]
        )


class LateForm(forms.Form):
    """For how long entities without a vote may still give theirs."""

    minutes = forms.TypedChoiceField(choices=LATE, coerce=int, label=_("Late votes for"))

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.cleaned_data["minutes"])


class DelegateForm(forms.Form):
    """Who votes for an entity that has nobody there."""

    entity = forms.ModelChoiceField(Entity.objects.none(), label=_("Entity"))
    person = forms.ModelChoiceField(User.objects.none(), label=_("Delegate"))

    def __init__(self, *args, entities, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["entity"].queryset = entities
        self.fields["person"].queryset = people


class JoinForm(forms.Form):
    """The code that the Room shows."""

    code = forms.CharField(
        max_length=12,
        label=_("Code"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_code(self):
        return self.cleaned_data["code"].replace(" ", "").replace("-", "").upper()
