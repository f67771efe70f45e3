from django import template

register = template.Library()


@register.inclusion_tag("endorsement/_submission.html", takes_context=True)
def submission_of(context, assessment):
    """What was handed in to UN Women, and the coordinator's next step."""
    return {"assessment": assessment}
