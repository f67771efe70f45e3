from django import template

from accounts.browsers import browser_name
from accounts.outbox.notice import Failing

register = template.Library()
register.filter("browser_name", browser_name)


@register.filter
def without_placeholder(field):
    """The same form field without the grey text that repeats its label."""
    field.field.widget.attrs.pop("placeholder", None)
    return field


@register.inclusion_tag("accounts/_error_summary.html")
def error_summary(form):
    """What is wrong with a form, on top of it, each sentence with a link to its field."""
    first = next((field.id_for_label for field in form.visible_fields()), "content")
    errors = [(first, sentence) for sentence in form.non_field_errors()]
    for name in form.fields:
        errors += [(form[name].id_for_label, sentence) for sentence in _sentences(form, name)]
    return {"errors": errors}


@register.inclusion_tag("accounts/_mail_notice.html")
def mail_notice(team):
    """That mails to the people of a team wait, why and until when; nothing where all left."""
    return {"failing": Failing.of(team)}


def _sentences(form, name):
    """The errors of a field; those that do not say which field they mean, with its label."""
    for error in form.errors.as_data().get(name, []):
        for sentence in error.messages:
            yield f"{form[name].label}: {sentence}" if error.code == "required" else sentence
