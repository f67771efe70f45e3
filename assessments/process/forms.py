from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment
from assessments.models.assessment import DATES
from assessments.process.describing import DESCRIPTION, NARRATIVE, version_of
from assessments.together import Written
from scorecard.form_errors import FieldErrors

DATE_LABELS = {
    "planning_due": _("PIs are chosen and assigned by"),
    "scoring_due": _("Scoring is due on"),
    "workshop_on": _("Consolidation workshop on"),
    "endorsement_due": _("Endorsed by"),
    "submission_due": _("Submitted to UN Women by"),
}


def date_input():
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def refuse_far_days(form: forms.ModelForm, year: int):
    """Refuse what can only be a slip of the hand: days long before the year, or far ahead."""
    first, last = date(year - 1, 1, 1), date(max(year, timezone.localdate().year) + 2, 12, 31)
    for name in DATES:
        day = form.cleaned_data.get(name)
        if day is not None and not first <= day <= last:
            words = {
                "day": date_format(day),
                "first": date_format(first),
                "last": date_format(last),
            }
            sentence = gettext("%(day)s is too far away. Choose a day from %(first)s to %(last)s.")
            form.add_error(name, sentence % words)


class AssessmentForm(FieldErrors, forms.ModelForm):
    """The narrative of the year, chapter 5 of the report, and until when what is due.

    version: what the person had before them, see describing.version_of.
    """

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Assessment
        fields = [*NARRATIVE, *DATES]
        labels = {
            **DATE_LABELS,
            "process": _("The process"),
            "rationale": _("Rationale for the chosen PIs"),
            "team_role": _("Role of the IAT and the coordinators"),
            "unct_engagement": _("Engagement of the UNCT"),
            "comments": _("Further comments, country context"),
        }
        help_texts = {
            "process": _("When the team met, how it worked, how it agreed."),
            "rationale": _("Why these PIs were reassessed this year and not others."),
            "unct_engagement": _("How the heads of agency took part."),
        }
        widgets = {
            **{name: date_input() for name in DATES},
            **{name: forms.Textarea(attrs={"rows": 8}) for name in NARRATIVE},
        }

    def __init__(self, data=None, *, instance):
        super().__init__(data, instance=instance, initial={"version": version_of(instance)})

    def clean(self):
        cleaned = super().clean()
        refuse_far_days(self, self.instance.year)
        return cleaned

    @property
    def helper(self):
        helper = FormHelper()
        helper.form_tag = False
        dates = Fieldset(_("The dates of the year"), *DATES, css_class="field-grid")
        helper.layout = Layout("version", *NARRATIVE, dates)
        return helper

    @property
    def sent(self) -> dict[str, Any]:
        """The clean values of the fields that were sent."""
        return {name: self.cleaned_data[name] for name in DESCRIPTION if name in self.data}

    @classmethod
    def of_both(cls, written: Written, assessment: Assessment) -> "AssessmentForm":
        """The form with the changes of two people, to be sent again."""
        return cls({**written.content, "version": written.version}, instance=assessment)


def narrative(assessment: Assessment) -> list[tuple[str, str]]:
    """Return the narrative of the year as (title, text), in the order of the form."""
    meta = AssessmentForm.Meta
    return [(meta.labels[name], getattr(assessment, name)) for name in NARRATIVE]
