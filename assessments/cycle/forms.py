"""Short forms of the cycle: a reason, and where a rating from before this product comes from."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.models import IndicatorRating
from scorecard.fields import MAX_TEXT, LongTextFormField, validate_shape
from scorecard.form_errors import FieldErrors
from scorecard.models import RATING_CHOICES

FIRST_YEAR = 2000


class ReasonForm(FieldErrors, forms.Form):
    """Why something is done, in words that are kept and shown."""

    reason = LongTextFormField(
        max_length=MAX_TEXT,
        validators=[validate_shape],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why; the reason is kept and shown.")},
    )

    def __init__(self, data=None, *, label, button, initial=""):
        super().__init__(data, initial={"reason": initial})
        self.fields["reason"].label = label
        self.button = button

    @property
    def helper(self):
        helper = FormHelper()
        helper.attrs = {"novalidate": ""}
        helper.layout = Layout("reason", Submit("save", self.button))
        return helper


class EarlierRatingForm(FieldErrors, forms.ModelForm):
    """A rating from before this product: what it was, when, and where that is written."""

    class Meta:
        model = IndicatorRating
        fields = ["rating", "origin_year", "origin_note"]
        labels = {
            "rating": _("Rating"),
            "origin_year": _("Year in which it was assessed"),
            "origin_note": _("Where this is written"),
        }
        help_texts = {
            "origin_year": _("Leave it empty where no record tells; the report then says so."),
            "origin_note": _("For example: annual progress report 2019, page 12."),
        }

    def __init__(self, data=None, *, instance):
        super().__init__(data, instance=instance)
        self.fields["rating"].choices = [("", _("Not recorded")), *RATING_CHOICES]
        self.before = instance.assessment.year

    @property
    def helper(self):
        helper = FormHelper()
        helper.attrs = {"novalidate": ""}
        helper.layout = Layout(*self.Meta.fields, Submit("save", gettext("Record the rating")))
        return helper

    def clean_origin_year(self):
        year = self.cleaned_data["origin_year"]
        if year is not None and not FIRST_YEAR <= year < self.before:
            raise forms.ValidationError(
                gettext("Write a year from %(first)s to %(last)s, or leave it empty.")
                % {"first": FIRST_YEAR, "last": self.before - 1}
            )
        return year

    def _get_validation_exclusions(self):
        """The reason for a difference is written by the transition, not in this form."""
        return super()._get_validation_exclusions() | {"computed_rating"}
