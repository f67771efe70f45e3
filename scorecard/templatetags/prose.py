from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from scorecard import markup

register = template.Library()


@register.filter
def prose(text):
    """Show a person's text as paragraphs, lists, tables and links, on page and paper alike."""
    html = mark_safe(markup.html(text))
    return format_html("{}{}", _note_above(), html) if isinstance(text, markup.AsTyped) else html


def _note_above():
    note = _("The layout of this text could not be printed, so it stands here as it was typed.")
    return format_html('<p class="as-typed-note">{}</p>', note)


@register.inclusion_tag("scorecard/_preview_button.html")
def preview_of(field):
    """A button that shows how the text of a field will look. Hidden without JavaScript."""
    return {"field": field}
