from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry
from accounts.models.audit import shown_name


class LogForm(forms.Form):
    """Filters above the log of a team."""

    action = forms.ChoiceField(
        required=False, label=_("What"), choices=[("", _("All")), *AuditEntry.Action.choices]
    )
    person = forms.ChoiceField(required=False, label=_("Who"))
    year = forms.ChoiceField(required=False, label=_("Year"))

    def __init__(self, *args, entries, **kwargs):
        super().__init__(*args, **kwargs)
        self._entries = entries
        years = [str(day.year) for day in entries.years()]
        self._offer("person", _("Everybody"), {name: shown_name(name) for name in entries.names()})
        self._offer("year", _("All years"), dict(zip(years, years, strict=True)))
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    def _offer(self, name, everything, choices):
        self.fields[name].choices = [("", everything), *choices.items()]

    @property
    def chosen(self):
        """The entries that the valid fields ask for."""
        chosen, asked = self._entries, self.asked
        if "action" in asked:
            chosen = chosen.of_action(asked["action"])
        if "person" in asked:
            chosen = chosen.by_person(asked["person"])
        if "year" in asked:
            chosen = chosen.in_year(int(asked["year"]))
        return chosen

    @property
    def asked(self) -> dict:
        """The fields that are filled in and valid."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
