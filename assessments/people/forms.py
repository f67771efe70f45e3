from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Membership
from assessments.people.hand_over import open_ratings_of, receivers_for


class ReceiverField(forms.ModelChoiceField):
    def label_from_instance(self, membership):
        return f"{membership.user}, {membership.entity} ({membership.get_role_display()})"


def receiver_field(membership):
    return ReceiverField(
        queryset=receivers_for(membership),
        label=_("Who takes over the PIs?"),
        empty_label=_("Choose a member"),
        required=False,
        error_messages={
            "invalid_choice": _("This person does not serve in the team any more. Choose another.")
        },
    )


class EndForm(forms.Form):
    """Who takes over, where something is to be taken over."""

    def __init__(self, *args, membership, button, **kwargs):
        super().__init__(*args, **kwargs)
        self.ratings = list(open_ratings_of(membership))
        self.button = button
        if self.ratings:
            self.fields["receiver"] = receiver_field(membership)
            self.fields["receiver"].required = True

    @property
    def helper(self):
        helper = FormHelper()
        helper.attrs = {"novalidate": ""}
        helper.layout = Layout(*self.fields, Submit("end", self.button, css_class="btn-danger"))
        return helper


class RoleForm(forms.ModelForm):
    class Meta:
        model = Membership
        fields = ["role", "entity"]

    def __init__(self, *args, instance, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        self.ratings = list(open_ratings_of(instance))
        if self.ratings:
            self.fields["receiver"] = receiver_field(instance)
            self.fields["receiver"].help_text = gettext_lazy(
                "Needed only for a role outside the IAT."
            )

    @property
    def helper(self):
        helper = FormHelper()
        helper.attrs = {"novalidate": ""}
        helper.layout = Layout(*self.fields, Submit("save", _("Change the role")))
        return helper

    def clean(self):
        cleaned = super().clean()
        takes_pis_away = not Membership(role=cleaned.get("role")).is_of_assessment_team
        if self.ratings and takes_pis_away and not cleaned.get("receiver"):
            self.add_error(
                "receiver", _("In this role one has no PIs. Choose who takes them over.")
            )
        return cleaned
