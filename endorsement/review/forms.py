from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import CountryTeam
from endorsement.forms import MAX_COMMENT
from endorsement.models import Query, ReportingYear
from endorsement.review.queue import Stage
from scorecard.fields import DayField, LongTextFormField
from scorecard.form_errors import FieldErrors
from scorecard.models import Indicator
from scorecard.statements import short_name


def text_field(label, help_text="", *, required=True):
    return LongTextFormField(
        max_length=MAX_COMMENT,
        required=required,
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class QueryForm(FieldErrors, forms.ModelForm):
    """One field names the PI or the criterion, so that no criterion of another PI can be chosen."""

    about = forms.ChoiceField(label=_("About"))
    text = text_field(_("What do you ask?"))
    due = DayField(required=False, label=_("Answer by"))

    class Meta:
        model = Query
        fields = ["proposed_rating", "due"]

    def __init__(self, *args, framework, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        indicators = Indicator.objects.of_framework(framework).with_rules()
        self.subjects = {}
        self.fields["about"].choices = [
            (str(indicator), list(self._choices_of(indicator))) for indicator in indicators
        ]
        self.order_fields(["about", "text", "proposed_rating", "due"])

    def _choices_of(self, indicator):
        self.subjects[indicator.code] = (indicator, None)
        yield indicator.code, gettext("PI %(code)s as a whole") % {"code": indicator.code}
        for criterion in indicator.criteria.all():
            value = f"{indicator.code}:{criterion.key}"
            self.subjects[value] = (indicator, criterion)
            yield value, f"{indicator.code} {short_name(criterion)}"

    def clean_due(self):
        due = self.cleaned_data["due"]
        if due and due < self.today:
            raise ValidationError(gettext("Choose today or a later day."))
        return due

    @property
    def facts(self) -> dict:
        """What was asked, as endorsement/review/transitions.py takes it."""
        data = dict(self.cleaned_data)
        data["indicator"], data["criterion"] = self.subjects[data.pop("about")]
        return data


class MessageForm(FieldErrors, forms.Form):
    text = text_field(_("Your message"))


class ReasonForm(FieldErrors, forms.Form):
    reason = text_field(
        _("What has to be mended?"),
        _("Goes to the coordinators by mail. The queries stand beside it."),
    )


class AcceptForm(FieldErrors, forms.Form):
    comment = text_field(_("A word to the team"), required=False)


class DueForm(FieldErrors, forms.ModelForm):
    due = DayField(label=_("Reports are due on"))

    class Meta:
        model = ReportingYear
        fields = ["due"]


class QueueForm(forms.Form):
    """Filters above the queue. What is unknown binds nothing."""

    year = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=_("Year"))
    region = forms.ChoiceField(
        required=False,
        label=_("Region"),
        choices=[("", _("All regions")), *CountryTeam.Region.choices],
    )
    stage = forms.ChoiceField(
        required=False, label=_("Stage"), choices=[("", _("All")), *Stage.choices]
    )

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, year) for year in years]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    @property
    def asked(self) -> dict:
        self.is_valid()
        empty = {"year": None, "region": "", "stage": ""}
        return empty | {name: value for name, value in self.cleaned_data.items() if value}
