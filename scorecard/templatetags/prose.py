from django import template
from django.utils.safestring import mark_safe

from scorecard import markup

register = template.Library()


@register.filter
def prose(text):
    """Show a person's text as paragraphs, lists, tables and links, on page and paper alike."""
    return mark_safe(markup.html(text))


@register.inclusion_tag("scorecard/_preview_button.html")
def preview_of(field):
    """A button that shows how the text of a field will look. Hidden without JavaScript."""
    return {"field": field}
