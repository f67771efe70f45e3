"""What is asked when a document is shared, and the filters above the knowledge hub."""

from django import forms
from django.utils.translation import gettext_lazy as _

from evidence.models import Citation, Document
from scorecard.fields import LongTextFormField
from scorecard.form_errors import FieldErrors


class ShareForm(FieldErrors, forms.ModelForm):
    good_practice = LongTextFormField(
        required=False,
        label=_("Good practice"),
        help_text=_("What other teams can learn from it. You may leave this empty."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    class Meta:
        model = Document
        fields = ["good_practice"]


class HubForm(forms.Form):
    """Search and filters. They offer what is there: only what documents that are shared have."""

    q = forms.CharField(required=False, label=_("Words"), widget=forms.SearchInput)
    country = forms.ChoiceField(required=False, label=_("Country"))
    indicator = forms.ChoiceField(required=False, label=_("PI"))
    category = forms.ChoiceField(required=False, label=_("Category"))
    year = forms.ChoiceField(required=False, label=_("Year"))
    practice = forms.BooleanField(required=False, label=_("Only good practice"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        shared = Document.objects.shared()
        countries = shared.order_by("team__country").values_list("team__code", "team__country")
        places = Citation.objects.of_documents(shared).places()
        self._offer("country", _("All countries"), countries.distinct())
        self._offer("indicator", _("All PIs"), _twice(sorted({code for code, _t, _y in places})))
        self._offer("category", _("All categories"), _twice(sorted({t for _c, t, _y in places})))
        years = sorted({str(year) for _code, _title, year in places}, reverse=True)
        self._offer("year", _("All years"), _twice(years))
        for field in self.fields.values():
            field.widget.attrs["class"] = _class_of(field)

    def _offer(self, name, everything, choices):
        self.fields[name].choices = [("", everything), *choices]

    @property
    def chosen(self):
        """The shared documents that the valid fields ask for."""
        asked = self.asked
        documents = Document.objects.shared().mentioning(asked.get("q", ""))
        if "country" in asked:
            documents = documents.of_country(asked["country"])
        if "practice" in asked:
            documents = documents.with_good_practice()
        if asked.keys() & {"indicator", "category", "year"}:
            documents = documents.cited_by(
                Citation.objects.at(
                    code=asked.get("indicator"), title=asked.get("category"), year=asked.get("year")
                )
            )
        return documents

    @property
    def asked(self) -> dict:
        """The fields that are filled in and valid."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _twice(values):
    return [(value, value) for value in values]


def _class_of(field) -> str:
    if isinstance(field, forms.BooleanField):
        return "form-check-input"
    return "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
