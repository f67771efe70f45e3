from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from evidence.names import shown_name
from scorecard.form_errors import FieldErrors
from workbook.reasons import BookRefused
from workbook.receiving import receive
from workbook.sentences import NO_FILE, sentence


class WorkbookForm(FieldErrors, forms.Form):
    """One workbook. Once valid: its content and file_name."""

    file = forms.FileField(
        label=_("Workbook"),
        help_text=_("An Excel workbook (.xlsx), up to 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        max_length=1000,
        error_messages={"required": NO_FILE, "missing": NO_FILE, "empty": NO_FILE},
        allow_empty_file=True,
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        self.file_name = shown_name(upload.name)
        try:
            self.content = receive(upload, name=self.file_name, size=upload.size)
        except BookRefused as refusal:
            raise ValidationError(sentence(refusal, name=self.file_name)) from refusal
        return upload


class DecisionForm(forms.Form):
    """What the person saw, and which version of each field in conflict they want."""

    digest = forms.CharField(max_length=16)

    @property
    def choices(self) -> dict[str, str]:
        prefix = "choice-"
        return {
            name.removeprefix(prefix): value
            for name, value in self.data.items()
            if name.startswith(prefix)
        }
