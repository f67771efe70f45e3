from django import template

from report.checks import Found

register = template.Library()


@register.inclusion_tag("report/_preflight.html")
def preflight_of(overview):
    """What the pre-flight finds on an assessment. Seven queries more than the overview took."""
    return {"found": Found.of(overview), "assessment": overview.assessment}
