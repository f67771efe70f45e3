from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from endorsement.models import Decision, Delegation, EndorsementRule
from endorsement.officers import possible_officers
from scorecard.fields import DayField, LongTextFormField
from scorecard.form_errors import FieldErrors
from scorecard.models import Indicator

Kind = EndorsementRule.Kind
MAX_COMMENT = 4000  # characters; the record prints it whole


def note_field(help_text):
    return LongTextFormField(
        max_length=MAX_COMMENT,
        required=False,
        label=_("A word to the heads of agency"),
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


RULES = [
    (Kind.ALL, _("Everybody decides, and nobody objects")),
    (Kind.QUORUM, _("So many endorse, whatever the others decide (quorum)")),
    (Kind.NO_OBJECTION, _("Nobody objects by the last day (silent procedure)")),
]


class RequestForm(FieldErrors, forms.ModelForm):
    """The rule under which the heads of agency decide, and a word to them."""

    due = DayField(
        required=False,
        label=_("Decide by"),
        help_text=_("The last day, by the team’s calendar. The mail and the reminders name it."),
    )
    is_raised = forms.BooleanField(
        required=False,
        label=_("Ask everybody again, even if the changes are editorial"),
    )
    note = note_field(_("Stands in the mail. Leave it empty if there is nothing to add."))

    class Meta:
        model = EndorsementRule
        fields = ["kind", "quorum", "due"]
        widgets = {"kind": forms.RadioSelect}
        help_texts = {"quorum": _("Only with the second rule.")}

    def __init__(self, *args, today, seat_count, is_first, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.seat_count = today, seat_count
        self.fields["kind"].choices = RULES
        if is_first:
            del self.fields["is_raised"]

    def clean_due(self):
        due = self.cleaned_data["due"]
        if due and due <= self.today:
            raise ValidationError(
                gettext("Choose a day after today, so that there is time to decide.")
            )
        return due

    def clean(self):
        data = super().clean()
        if data.get("kind") != Kind.QUORUM:
            data["quorum"] = None
        elif data.get("quorum") and data["quorum"] > self.seat_count:
            message = gettext("The team has %(count)s seats: choose at most so many.")
            self.add_error("quorum", message % {"count": self.seat_count})
        if data.get("kind") == Kind.NO_OBJECTION and not data.get("due") and "due" in data:
            self.add_error("due", gettext("Say by which day an objection has to come."))
        if data.get("kind") == Kind.QUORUM and not data.get("quorum") and "quorum" in data:
            self.add_error("quorum", gettext("Say how many have to endorse."))
        return data


class NewVersionForm(FieldErrors, forms.Form):
    due = DayField(
        required=False,
        label=_("Decide by"),
        help_text=_("A new last day. Leave it empty to keep the present one."),
    )
    is_raised = RequestForm.base_fields["is_raised"]
    note = note_field(_("What changed and why. Stands in the mail and beside the version."))

    def __init__(self, *args, today, rule, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.rule = today, rule

    clean_due = RequestForm.clean_due

    def clean(self):
        """Who is asked again must have a day left on which to object."""
        data = super().clean()
        is_over = self.rule.due is not None and self.rule.due <= self.today
        if is_over and not data.get("due") and "due" in data:
            self.add_error("due", gettext("The last day is over: give a new one."))
        return data


class DecisionForm(FieldErrors, forms.Form):
    """One form for three buttons; what an objection needs is asked when it is one."""

    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)
    comment = LongTextFormField(
        max_length=MAX_COMMENT,
        required=False,
        label=_("Your comment"),
        help_text=_("Printed in the report’s record. An objection needs it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    indicators = forms.ModelMultipleChoiceField(
        Indicator.objects.none(),
        required=False,
        label=_("PIs you object to"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, framework, kind=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["indicators"].queryset = Indicator.objects.of_framework(framework)

    def clean(self):
        data = super().clean()
        if self.kind == Decision.Kind.OBJECT:
            if not data.get("comment") and "comment" in data:
                self.add_error(
                    "comment", gettext("Say what you object to, so that it can be mended.")
                )
            if not data.get("indicators") and "indicators" in data:
                self.add_error("indicators", gettext("Name at least one PI that you object to."))
        return data


class DelegationForm(FieldErrors, forms.ModelForm):
    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"))

    class Meta:
        model = Delegation
        fields = ["officer", "first_day", "last_day"]
        help_texts = {
            "officer": _(
                "A member of the assessment team, or another head of agency. Whoever is missing "
                "here is invited first, by the coordinator. Coordinators and observers do not "
                "decide."
            )
        }

    def __init__(self, *args, seat, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = possible_officers(seat)

    def clean(self):
        data = super().clean()
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", gettext("The last day is before the first."))
        return data
