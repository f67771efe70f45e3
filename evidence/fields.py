"""Form fields: a line, a day, a link, and any number of files."""

from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from evidence.filetypes import MAX_BYTES, TYPES
from evidence.sentences import NO_FILE

ACCEPTED = ",".join(f".{extension}" for extension in [*TYPES, "jpeg"])
MAX_LINK = 500


class LinkField(forms.URLField):
    """An address on the web that carries nobody's password."""

    default_validators = [URLValidator(schemes=["http", "https"])]
    default_error_messages = {
        "invalid": _(
            "This is no address of a web page: copy the whole of it from the browser, "
            "beginning with https://."
        )
    }

    def __init__(self, **kwargs):
        super().__init__(max_length=MAX_LINK, assume_scheme="https", **kwargs)

    def clean(self, value):
        link = super().clean(value)
        if "@" in urlsplit(link).netloc:
            raise ValidationError(
                _("The link contains a user name or a password: take it out, then add the link.")
            )
        return link


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name, [])


class FilesField(forms.FileField):
    """Any number of files, each to be checked by itself so that one refusal stops no other."""

    widget = FilesInput(attrs={"accept": ACCEPTED, "data-max-bytes": MAX_BYTES})

    def clean(self, data, initial=None):
        if not data:
            raise ValidationError(NO_FILE)
        return data
