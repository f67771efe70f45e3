from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment
from assessments.together import Written, conflicts_in_words
from evidence.describing import DESCRIPTION, version_of
from evidence.fields import ACCEPTED, FilesField, LinkField
from evidence.models import Citation, Document
from scorecard.fields import DayField, LineField, LongTextFormField
from scorecard.form_errors import FieldErrors
from scorecard.models import EvidenceCategory, Indicator


class DocumentForm(FieldErrors, forms.ModelForm):
    """What a document is called and says of itself."""

    title = LineField(max_length=200, label=_("Title"))
    period_from = DayField(required=False, label=_("Period covered, from"))
    period_to = DayField(required=False, label=_("Period covered, to"))

    class Meta:
        model = Document
        fields = DESCRIPTION
        help_texts = {
            "confidentiality": _(
                "Shared: everybody who signs in to this site may read it, until it is withdrawn."
            )
        }

    def __init__(self, *args, may_share, **kwargs):
        """may_share: who may not is not asked, and the document stays as shared as it is."""
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["confidentiality"]

    @property
    def facts(self) -> dict:
        """What was asked of the document, valid, by the name of its field."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}


class DocumentEditForm(DocumentForm):
    """version: what the person had before them, see describing.version_of."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, instance, may_share):
        initial = {"version": version_of(instance)}
        super().__init__(data, instance=instance, initial=initial, may_share=may_share)

    @property
    def sent(self) -> dict[str, Any]:
        """The clean values of the fields that were sent."""
        return {name: value for name, value in self.facts.items() if name in self.data}

    def of_both(self, written: Written) -> "DocumentEditForm":
        """The form with the changes of two people, to be sent again."""
        data = {**written.content, "version": written.version}
        may_share = "confidentiality" in self.fields
        return DocumentEditForm(data, instance=self.instance, may_share=may_share)

    def conflicts_in_words(self, written: Written) -> list[dict[str, str]]:
        labels = {name: field.label for name, field in self.fields.items()}
        return conflicts_in_words(written, labels)


class CitationForm(FieldErrors, forms.ModelForm):
    """Under which heading, for which criterion, where in the document."""

    page = LineField(
        max_length=30, required=False, label=_("Page"), help_text=_("For example 12, or 12-14.")
    )
    quote = LongTextFormField(
        max_length=1000,
        required=False,
        label=_("Quote"),
        help_text=_("The sentence or figure that shows it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Citation
        fields = ["category", "criterion", "page", "quote"]

    def __init__(self, *args, instance, **kwargs):
        """instance: may be unsaved, but knows its indicator_rating."""
        rating = instance.indicator_rating
        if instance.category_id is None:
            instance.category = rating.indicator.evidence_category
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["category"].queryset = EvidenceCategory.objects.filter(
            framework=rating.assessment.framework_id
        )
        self.fields["criterion"].queryset = rating.indicator.criteria.all()
        self.fields["criterion"].empty_label = _("The PI as a whole")

    def full_clean(self):
        super().full_clean()
        if self.is_bound and not self.errors and self.instance.document_id:
            try:
                self.instance.validate_constraints()
            except ValidationError as twice:
                self.add_error("criterion", twice.messages)


class PlaceForm(CitationForm):
    """Where something that is being added is cited at once."""

    class Meta(CitationForm.Meta):
        fields = ["category", "criterion"]

    page = quote = None


class UploadForm(DocumentForm):
    """Several files at once; each is called by its name until somebody gives it a title."""

    files = FilesField(
        label=_("Files"),
        help_text=_(
            "PDF, Word, Excel, PowerPoint, OpenDocument, plain text, CSV or pictures, up to 25 MB "
            "each."
        ),
    )
    title = None

    class Meta(DocumentForm.Meta):
        fields = ["period_from", "period_to", "confidentiality"]

    field_order = ["files", *Meta.fields]


class LinkForm(DocumentForm):
    link = LinkField(label=_("Address"), help_text=_("Of a page that stays, with https://."))

    class Meta(DocumentForm.Meta):
        fields = ["link", *DocumentForm.Meta.fields]

    field_order = Meta.fields


class ReplaceForm(FieldErrors, forms.Form):
    """A newer version: a file or a link."""

    file = forms.FileField(
        required=False,
        allow_empty_file=True,  # filetypes.py says it in a sentence with the name
        label=_("Newer file"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    link = LinkField(required=False, label=_("or newer address"))

    def clean(self):
        cleaned = super().clean()
        if not self.errors and bool(cleaned.get("file")) == bool(cleaned.get("link")):
            self.add_error("file", _("Choose a file or give an address, one of the two."))
        return cleaned


class LibraryForm(forms.Form):
    """Search and filters above the library."""

    NOT_CITED = "no"

    q = forms.CharField(required=False, label=_("Title"), widget=forms.SearchInput)
    indicator = forms.ChoiceField(required=False, label=_("PI"))
    category = forms.ChoiceField(required=False, label=_("Category"))
    year = forms.ChoiceField(required=False, label=_("Cited in"))
    confidentiality = forms.ChoiceField(required=False, label=_("Confidentiality"))
    cited = forms.ChoiceField(
        required=False,
        label=_("Cited"),
        choices=[("", _("Cited or not")), (NOT_CITED, _("Not cited"))],
    )

    def __init__(self, *args, team, **kwargs):
        super().__init__(*args, **kwargs)
        frameworks = list(Assessment.objects.filter(team=team).values_list("framework", "year"))
        editions = {framework for framework, _year in frameworks}
        codes = Indicator.objects.filter(dimension__framework__in=editions)
        titles = EvidenceCategory.objects.filter(framework__in=editions)
        self._offer("indicator", _("All PIs"), codes.values_list("code", flat=True))
        self._offer("category", _("All categories"), titles.values_list("title", flat=True))
        self._offer("year", _("All years"), [str(year) for _framework, year in frameworks])
        kinds = [("", _("All")), *Document.Confidentiality.choices]
        self.fields["confidentiality"].choices = kinds
        for field in self.fields.values():
            is_select = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if is_select else "form-control"

    def _offer(self, name, everything, values):
        once = dict.fromkeys(values)
        self.fields[name].choices = [("", everything), *((value, value) for value in once)]

    def chosen(self, documents):
        """Return those of the documents that the valid fields ask for."""
        asked = self.asked
        if asked.get("cited"):
            documents = documents.not_cited()
        if confidentiality := asked.get("confidentiality"):
            documents = documents.of_confidentiality(confidentiality)
        if asked.keys() & {"indicator", "category", "year"}:
            documents = documents.cited_by(self._citations())
        return documents.titled(asked.get("q", ""))

    def _citations(self):
        """All conditions bind the same citation: PI 2.1 in 2022, not 2.1 once and 2022 once."""
        asked = self.asked
        return Citation.objects.at(
            code=asked.get("indicator"), title=asked.get("category"), year=asked.get("year")
        )

    @property
    def asked(self) -> dict:
        """The fields that are filled in and valid."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
