from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment
from assessments.models.assessment import DATES
from scorecard.form_errors import FieldErrors

DATE_LABELS = {
    "planning_due": _("PIs are chosen and assigned by"),
    "scoring_due": _("Scoring is due on"),
    "workshop_on": _("Consolidation workshop on"),
    "endorsement_due": _("Endorsed by"),
    "submission_due": _("Submitted to UN Women by"),
}
NARRATIVE = ["process", "rationale", "team_role", "unct_engagement", "comments"]


def date_input():
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AssessmentForm(FieldErrors, forms.ModelForm):
    """The narrative of the year, chapter 5 of the report, and until when what is due."""

    class Meta:
        model = Assessment
        fields = [*DATES, *NARRATIVE]
        labels = {
            **DATE_LABELS,
            "process": _("The process"),
            "rationale": _("Rationale for the chosen PIs"),
            "team_role": _("Role of the IAT and the coordinators"),
            "unct_engagement": _("Engagement of the UNCT"),
            "comments": _("Further comments, country context"),
        }
        help_texts = {
            "scoring_due": _("Stands on everybody's list of tasks and in reminders."),
            "process": _("When the team met, how it worked, how it agreed."),
            "rationale": _("Why these PIs were reassessed this year and not others."),
            "unct_engagement": _("How the heads of agency took part."),
        }
        widgets = {
            **{name: date_input() for name in DATES},
            **{name: forms.Textarea(attrs={"rows": 8}) for name in NARRATIVE},
        }

    @property
    def helper(self):
        helper = FormHelper()
        helper.layout = Layout(*self.Meta.fields, Submit("save", _("Save the text")))
        return helper


def narrative(assessment: Assessment) -> list[tuple[str, str]]:
    """Return the narrative of the year as (title, text), in the order of the form."""
    meta = AssessmentForm.Meta
    return [(meta.labels[name], getattr(assessment, name)) for name in NARRATIVE]
