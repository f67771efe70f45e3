"""What the summary on top of a form needs of it."""

WHOLE_PAGE = "content"  # the id of what concerns no single field


def errors_of(form) -> list[tuple[str, str]]:
    """Every refused field as (id of the field, sentence).

    On top a sentence stands apart from its field, so that one which could be said of any ("Enter a
    valid date.") names its field.
    """
    return [
        (_place_of(form, name), _in_full(form, name, sentence))
        for name, sentences in form.errors.items()
        for sentence in sentences
    ]


class FieldErrors:
    """For the summary on top of the page."""

    @property
    def field_errors(self):
        """Every refused field as (id of the field, sentence)."""
        return errors_of(self)


def _place_of(form, name):
    """The field; the first of several boxes; the page for what concerns the whole form."""
    if name not in form.fields:
        return WHOLE_PAGE
    return form[name].id_for_label or f"{form[name].auto_id}_0"


def _in_full(form, name, sentence):
    field = form.fields.get(name)
    said_of_any = {
        str(text)
        for kind in type(field).__mro__
        for text in getattr(kind, "default_error_messages", {}).values()
    }
    return f"{form[name].label}: {sentence}" if sentence in said_of_any else sentence
