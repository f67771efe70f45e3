from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from scorecard.form_errors import FieldErrors
from scorecard.models import Framework
from workbook.history.choices import Choices
from workbook.history.mapping import MAY_REPEAT, Column, Role

FIRST_YEAR, LAST_YEAR = 1990, 2100
ROLE_LABELS = {
    "": _("Not read"),
    Role.PI: _("PI"),
    Role.YEAR: _("Year"),
    Role.RATING: _("Rating"),
    Role.RATING_OF_YEAR: _("Rating in the year of the heading"),
    Role.LAST_ASSESSED: _("Year in which it was last assessed"),
    Role.FINDINGS: _("Findings and explanation"),
    Role.MEANS: _("Means of verification"),
    Role.ACTION: _("Action point"),
    Role.ACTIVITY: _("What was undertaken"),
    Role.ACTIVITY_OF_YEAR: _("What was undertaken in the year of the heading"),
}


class PlaceForm(forms.Form):
    """Which sheet, and which row has the names of its columns. Sent by GET: it only shows."""

    sheet = forms.ChoiceField(label=_("Sheet"))
    head = forms.IntegerField(
        label=_("Row with the names of the columns"), min_value=1, max_value=2000, required=False
    )

    def __init__(self, *args, titles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(title, title) for title in titles]
        self.fields["sheet"].widget.attrs["class"] = "form-select"
        self.fields["head"].widget.attrs["class"] = "form-control"


class MappingForm(FieldErrors, forms.Form):
    """What each column is, and what holds for all rows."""

    framework = forms.ModelChoiceField(
        Framework.objects.none(),
        label=_("Edition of the framework"),
        empty_label=None,
        help_text=_("The one that the ratings were given by."),
    )
    year = forms.IntegerField(
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        label=_("Year of all rows"),
        help_text=_("Where no column says the year."),
    )
    cycle = forms.ModelChoiceField(
        None,
        required=False,
        label=_("Cooperation Framework of the action plan"),
        empty_label=_("No action plan"),
    )

    def __init__(self, *args, team, columns: list[Column], merged: str = "", **kwargs):
        """merged: cells of the table that are merged, "" for none."""
        super().__init__(*args, **kwargs)
        self.merged = merged
        self.columns = columns
        self.fields["framework"].queryset = Framework.objects.latest_revisions()
        self.fields["cycle"].queryset = team.cooperation_frameworks.all()
        for column in columns:
            self.fields[self.name_of(column)] = forms.ChoiceField(
                required=False,
                label=column.name or gettext("Column without a name"),
                choices=[
                    (role, label)
                    for role, label in ROLE_LABELS.items()
                    if column.year or role not in MAY_REPEAT
                ],
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    @staticmethod
    def name_of(column: Column) -> str:
        return f"column-{column.number}"

    @property
    def rows(self) -> list[tuple[Column, forms.BoundField]]:
        return [(column, self[self.name_of(column)]) for column in self.columns]

    @property
    def roles(self) -> dict[int, Role]:
        chosen = {column.number: self.cleaned_data[self.name_of(column)] for column in self.columns}
        return {number: Role(role) for number, role in chosen.items() if role}

    def clean(self):
        cleaned = super().clean()
        if self.merged:
            sentence = gettext(
                "Cells are merged in the table (%(cells)s): undo that and upload it again."
            )
            self.add_error(None, sentence % {"cells": self.merged})
        if self.errors:
            return cleaned
        roles = list(self.roles.values())
        for column in self.columns:
            role = cleaned[self.name_of(column)]
            if role and role not in MAY_REPEAT and roles.count(role) > 1:
                self.add_error(
                    self.name_of(column),
                    gettext("Two columns are “%(role)s”: choose one.")
                    % {"role": ROLE_LABELS[role]},
                )
        self._clean_needed(roles)
        return cleaned

    def _clean_needed(self, roles):
        said = {Role.RATING, Role.RATING_OF_YEAR, Role.ACTION}
        if Role.PI not in roles:
            self.add_error(None, gettext("Say which column holds the PI."))
        if not said & set(roles):
            self.add_error(None, gettext("Say which column holds ratings, or action points."))
        by_row = {Role.RATING, Role.ACTIVITY} & set(roles)
        if by_row and Role.YEAR not in roles and not self.cleaned_data.get("year"):
            self.add_error("year", gettext("Give the year, or say which column holds it."))
        if Role.ACTION in roles and not self.cleaned_data.get("cycle"):
            self.add_error("cycle", gettext("Choose the Cooperation Framework of the action plan."))

    def choices(self, *, sheet: str, head_row: int) -> Choices:
        cleaned = self.cleaned_data
        return Choices(
            sheet=sheet,
            head_row=head_row,
            year=cleaned["year"],
            framework=cleaned["framework"].pk,
            cycle=cleaned["cycle"].pk if cleaned["cycle"] else None,
            roles=self.roles,
        )
