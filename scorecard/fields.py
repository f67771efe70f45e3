"""Field types that every app shares."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from scorecard.markup import MAX_CELLS, MAX_DEPTH, shape_of
from scorecard.plain_text import printable, tidied

MAX_TEXT = 20_000  # characters; about eight printed pages


def validate_shape(text):
    """Refuse what no page could print: one such text would stop the whole report."""
    if len(text) > MAX_TEXT:
        return  # refused already
    shape = shape_of(text)
    if shape.depth > MAX_DEPTH:
        raise ValidationError(
            _(
                "The lists go %(depth)s levels deep; the limit is %(limit)s. "
                "Move the deepest points further out."
            ),
            params={"depth": shape.depth, "limit": MAX_DEPTH},
        )
    if shape.cells > MAX_CELLS:
        raise ValidationError(
            _(
                "The tables have %(cells)s cells; the limit is %(limit)s. "
                "Shorten them, or attach the long table as a document."
            ),
            params={"cells": shape.cells, "limit": MAX_CELLS},
        )


def _cleaned(text: str) -> str:
    """Put the text in order; one that will be refused as too long is not worth that work."""
    return tidied(text) if len(text) <= 2 * MAX_TEXT else printable(text)


class LongTextFormField(forms.CharField):
    """Takes out what no file format can hold before anything else looks at the text.

    Keeps the white space at the start: in a pasted table it is the empty corner.
    """

    def __init__(self, **kwargs):
        super().__init__(**{"strip": False} | kwargs)

    def to_python(self, value):
        return _cleaned(super().to_python(value))


class LongTextField(models.TextField):
    """A person's text: printable characters in light markup, at most MAX_TEXT of them."""

    default_validators = [
        MaxLengthValidator(
            MAX_TEXT,
            message=_(
                "The text has %(show_value)s characters; the limit is %(limit_value)s. "
                "Shorten it, or attach the long version as a document."
            ),
        ),
        validate_shape,
    ]

    def __init__(self, *args, blank=True, **kwargs):
        super().__init__(*args, blank=blank, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"blank": self.blank}

    def to_python(self, value):
        value = super().to_python(value)
        return _cleaned(value) if isinstance(value, str) else value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": LongTextFormField} | kwargs)


class LineField(forms.CharField):
    """One line of printable text."""

    def to_python(self, value):
        return " ".join(printable(super().to_python(value)).split())


class DayField(forms.DateField):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
