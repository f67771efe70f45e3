"""Forms of the action plan: filters above it, its activities and its moves."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Entity
from actionplan.board import Concern
from actionplan.models import ActionPoint, Activity
from scorecard.fields import LongTextFormField
from scorecard.form_errors import FieldErrors


class FilterForm(forms.Form):
    """The filters above a plan. Sent by GET, so that a filtered plan has an address."""

    entity = forms.ModelChoiceField(
        Entity.objects.none(),
        required=False,
        label=_("Entity"),
        empty_label=_("All entities"),
        to_field_name="acronym",
    )
    status = forms.ChoiceField(
        required=False,
        label=_("Status"),
        choices=[("", _("All")), *ActionPoint.Status.choices],
    )
    year = forms.TypedChoiceField(required=False, label=_("Due in"), coerce=int, empty_value=None)
    pi = forms.ChoiceField(required=False, label=_("PI"))
    concern = forms.ChoiceField(
        required=False,
        label=_("To look at"),
        choices=[("", _("All")), *Concern.choices],
    )

    def __init__(self, *args, points, **kwargs):
        """points: all of the plan, as of_cycle fetches them."""
        super().__init__(*args, **kwargs)
        entities = {pk for point in points for pk in point.entities}
        self.fields["entity"].queryset = Entity.objects.filter(pk__in=entities)
        codes = dict.fromkeys(point.indicator.code for point in points)
        years = sorted({point.due.year for point in points if point.due})
        self.fields["pi"].choices = [("", gettext("All PIs")), *((code, code) for code in codes)]
        self.fields["year"].choices = [
            ("", gettext("All years")),
            *((year, year) for year in years),
        ]
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    @property
    def asked(self) -> dict:
        """The fields that are filled in and valid."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def chosen(self, rows):
        """Return those rows of a board that the valid fields ask for."""
        return [row for row in rows if self._asks_for(row)]

    def _asks_for(self, row):
        point, asked = row.point, self.asked
        return all(
            [
                "entity" not in asked or asked["entity"].pk in point.entities,
                "status" not in asked or point.status == asked["status"],
                "year" not in asked or (bool(point.due) and point.due.year == asked["year"]),
                "pi" not in asked or point.indicator.code == asked["pi"],
                "concern" not in asked or asked["concern"] in row.concerns,
            ]
        )


class Versioned(FieldErrors):
    """A form that says which version the person had before them."""

    def show_version(self, version):
        """Let the form, shown again after a conflict, go on from what is stored now."""
        self.data = self.data.copy()
        self.data["version"] = version


class ActivityForm(Versioned, forms.ModelForm):
    """What was undertaken in one year. version: of the text that the person had before them."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = Activity
        fields = ["text", "no_action"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "no_action": _(
                "Two such years running are pointed out to everybody who reads the plan."
            )
        }


class AdditionForm(FieldErrors, forms.Form):
    """What came to light after the year's report was closed."""

    text = LongTextFormField(label=_("What to add"), widget=forms.Textarea(attrs={"rows": 4}))


class ClaimForm(FieldErrors, forms.Form):
    comment = LongTextFormField(
        required=False,
        max_length=1000,
        label=_("What shows that it is done?"),
        help_text=_("For whoever verifies it: where to look, whom to ask."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class VerifyForm(FieldErrors, forms.Form):
    document = forms.ModelChoiceField(
        None,
        label=_("The document that shows it"),
        empty_label=_("Choose a document of the team"),
    )
    comment = LongTextFormField(
        required=False,
        max_length=1000,
        label=_("Comment"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, team, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = team.documents.all()


class ReasonForm(FieldErrors, forms.Form):
    reason = LongTextFormField(
        max_length=1000,
        label=_("Why?"),
        error_messages={"required": _("Say why.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
