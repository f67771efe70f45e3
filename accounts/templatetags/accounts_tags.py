from django import template

from accounts.browsers import browser_name
from accounts.outbox.notice import Failing
from scorecard.form_errors import WHOLE_PAGE, errors_of

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
    first = next((field.id_for_label for field in form.visible_fields()), WHOLE_PAGE)
    errors = errors_of(form)
    return {"errors": [(first if id == WHOLE_PAGE else id, text) for id, text in errors]}


@register.inclusion_tag("accounts/_mail_notice.html")
def mail_notice(team):
    """That mails to the people of a team wait, why and until when; nothing where all left."""
    return {"failing": Failing.of(team)}
