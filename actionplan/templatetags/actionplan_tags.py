from django import template

from actionplan.models import ActionPoint

register = template.Library()


@register.inclusion_tag("actionplan/_action_points.html")
def action_points_of(rating):
    """The action points of the cycle under one PI, with what was done this year and before."""
    points = ActionPoint.objects.of_cycle(rating.assessment.cooperation_framework_id)
    return {"action_points": points.filter(indicator__code=rating.indicator.code)}
