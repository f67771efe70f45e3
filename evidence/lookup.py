"""What an address names, as far as the person may see it: all of these raise Http404."""

from django.shortcuts import get_object_or_404

from accounts.models import CountryTeam
from assessments.lookup import visible_assessment
from evidence.models import Citation, Document


def visible_team(request, code):
    return get_object_or_404(CountryTeam.objects.visible_to(request.user), code=code)


def visible_rating(request, pk, code):
    """Return one PI of an assessment with what its pages name."""
    assessment, _access = visible_assessment(request, pk)
    ratings = assessment.indicator_ratings.with_overview().select_related(
        "indicator__evidence_category", "indicator__dimension", "assessment__team"
    )
    return get_object_or_404(ratings, indicator__code=code)


def visible_document(request, pk):
    return get_object_or_404(Document.objects.visible_to(request.user).with_uses(), pk=pk)


def visible_citation(request, pk):
    citations = Citation.objects.visible_to(request.user).with_places()
    return get_object_or_404(citations.select_related("document__team"), pk=pk)
