"""What an address names, as far as the person may see it, and what they may do there."""

from django.shortcuts import get_object_or_404

from accounts.access_table import Capability
from assessments.lookup import visible_assessment
from endorsement.models import ReportVersion, Seat


def visible_seat(request, pk):
    """Return a seat of the person's own team, and what they may do there. Raises Http404."""
    seat = get_object_or_404(
        Seat.objects.select_related("entity", "membership__user", "membership__entity"), pk=pk
    )
    seat.assessment, access = visible_assessment(request, seat.assessment_id)
    access.require_sight(Capability.VIEW_WORK)
    return seat, access


def visible_version(request, pk, number):
    """Return one version of an assessment's report. Raises Http404."""
    assessment, access = visible_assessment(request, pk)
    version = get_object_or_404(ReportVersion.objects.of(assessment), number=number)
    version.assessment = assessment
    return version, access
