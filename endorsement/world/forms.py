from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import CountryTeam
from endorsement.world.figures import Scope


class ScopeForm(forms.Form):
    """Filters above the overview of all teams. What is unknown binds nothing."""

    region = forms.ChoiceField(
        required=False,
        label=_("Region"),
        choices=[("", _("All regions")), *CountryTeam.Region.choices],
    )
    edition = forms.ChoiceField(required=False, label=_("Edition"))
    year = forms.ChoiceField(required=False, label=_("Year"))

    def __init__(self, *args, editions, years, **kwargs):
        super().__init__(*args, **kwargs)
        self._offer("edition", _("All editions"), editions)
        self._offer("year", _("All years"), [str(year) for year in reversed(years)])
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    def _offer(self, name, everything, values):
        self.fields[name].choices = [("", everything), *((value, value) for value in values)]

    @property
    def asked(self) -> dict:
        """The fields that are filled in and valid."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def scope(self) -> Scope:
        asked = self.asked
        year = asked.get("year")
        return Scope(
            region=asked.get("region", ""),
            edition=asked.get("edition", ""),
            year=int(year) if year else None,
        )
