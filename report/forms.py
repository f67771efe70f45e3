from django import forms
from django.utils.translation import gettext_lazy as _


class YearsForm(forms.Form):
    """Which two years of a team to compare. What is sent may be anything: it is a wish."""

    year = forms.IntegerField(required=False, label=_("Year"))
    against = forms.IntegerField(required=False, label=_("compared with"))

    @property
    def chosen(self) -> dict[str, int | None]:
        """The years as far as they are numbers, None for each that is not."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}
