from django import template

from report.checks import Found

register = template.Library()


@register.inclusion_tag("report/_preflight.html")
def preflight_of(overview, may_mend):
    """What the pre-flight finds on an assessment. Seven queries at most."""
    return {"found": Found.of(overview, may_mend=may_mend), "assessment": overview.assessment}
