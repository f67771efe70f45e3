from django import template
from django.utils import timezone

from accounts.access import Access
from accounts.access_table import UNTIL_CONSOLIDATED, Capability
from assessments.progress import days_late
from assessments.tasks.progress_tables import Progress

register = template.Library()


@register.inclusion_tag("assessments/tasks/_due.html")
def due_of(assessment):
    """Say until when scoring is due, and how late it is; nothing once ratings are closed."""
    due = assessment.scoring_due if assessment.state in UNTIL_CONSOLIDATED else None
    today = assessment.team.day(timezone.now())
    return {"due": due, "late": days_late(due, today) if due else 0}


@register.inclusion_tag("assessments/tasks/_progress.html", takes_context=True)
def progress_of(context, overview):
    """How far the assessment has come, by PI, by entity and by dimension. Two queries."""
    assessment = overview.assessment
    mine = tuple(row for row in overview.team if row.user_id == context["user"].pk)
    access = Access(memberships=mine, state=assessment.state)
    return {
        "assessment": assessment,
        "progress": Progress.of(overview),
        "may_assign": access.allows(Capability.ASSIGN),
    }
