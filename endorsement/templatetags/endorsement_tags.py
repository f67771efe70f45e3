from django import template

register = template.Library()


@register.inclusion_tag("endorsement/_record.html")
def record_of_endorsement(record):
    """The annex of a report that was put before the heads of agency; nothing for a draft."""
    return {"record": record}
