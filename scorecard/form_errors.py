"""What the summary on top of a form needs of it."""


class FieldErrors:
    """For the summary on top of the page."""

    @property
    def field_errors(self):
        """Every refused field as (id of the field, sentence)."""
        return [
            (self._place_of(name), sentence)
            for name, sentences in self.errors.items()
            for sentence in sentences
        ]

    def _place_of(self, name):
        """The field; the first of several boxes; the page for what concerns the whole form."""
        if name not in self.fields:
            return "content"
        return self[name].id_for_label or f"{self[name].auto_id}_0"
