"""What the summary on top of a form needs of it."""


class FieldErrors:
    """For the summary on top of the page."""

    @property
    def field_errors(self):
        """Every refused field as (id of the field, sentence)."""
        return [
            (self[name].id_for_label if name in self.fields else "content", sentence)
            for name, sentences in self.errors.items()
            for sentence in sentences
        ]
