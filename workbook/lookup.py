"""What an address names, as far as the person may see it."""

from django.shortcuts import get_object_or_404

from accounts.access import access_of
from workbook.models import ImportRun


def visible_scoring_run(request, pk):
    """Return an upload for an assessment, and what the person may do there. Raises Http404."""
    runs = ImportRun.objects.visible_to(request.user).of_assessments()
    runs = runs.select_related(
        "team",
        "assessment__team",
        "assessment__framework",
        "assessment__cooperation_framework",
        "uploaded_by",
        "decided_by",
    )
    run = get_object_or_404(runs, pk=pk)
    return run, access_of(request.user, run.team, state=run.assessment.state)
