"""The workshop that an address names, as far as the person may see it or lead it."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access_table import Capability
from assessments.lookup import visible_assessment
from assessments.models import Workshop


def seen_workshop(request, pk) -> Workshop:
    """Return the workshop of an assessment of the person's own team, in one query.

    Raises Http404, or PermissionDenied for whoever sees the assessment and not how the team works.
    """
    workshop = own_workshops(request.user).filter(assessment=pk).first()
    if workshop is None:
        _assessment, access = visible_assessment(request, pk)
        access.require(Capability.VIEW_WORK)
        raise Http404("The workshop has not been started.")
    return workshop


def own_workshops(user):
    return Workshop.objects.of_teams_of(user).with_stage()


def workshop_for(request, pk, capability) -> Workshop:
    """Return the workshop if the person may do this there now; else raise what refuses it."""
    assessment, access = visible_assessment(request, pk)
    access.require(capability)
    return get_object_or_404(Workshop.objects.with_stage(), assessment=assessment)


def rating_of(workshop, code):
    """One PI of the assessment, with what its save asks for. Raises Http404."""
    ratings = workshop.assessment.indicator_ratings
    found = get_object_or_404(ratings.select_related("indicator"), indicator__code=code)
    found.assessment = workshop.assessment
    return found
