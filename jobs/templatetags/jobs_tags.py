from django import template
from django.utils import timezone

from jobs.models import Job

register = template.Library()


@register.inclusion_tag("jobs/_recent.html", takes_context=True)
def recent_jobs(context, team):
    """What the person has had made in this team within a day, newest first. One query."""
    mine = Job.objects.visible_to(context["user"]).in_team(team).recent(now=timezone.now())
    return {"jobs": mine[:5]}
