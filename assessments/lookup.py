"""What an address names, as far as the person may see it, and what they may do there."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.access import access_of
from accounts.models import CountryTeam
from assessments.models import Agreement, Assessment


def visible_team(request, code):
    """Return a team of the person's own or, to a reviewer, one that has handed in. Raises Http404.

    Its assessments are not all visible: ask Assessment.objects.visible_to for those.
    """
    seen = Assessment.objects.visible_to(request.user).values("team")
    own = CountryTeam.objects.visible_to(request.user).values("pk")
    return get_object_or_404(CountryTeam, Q(pk__in=own) | Q(pk__in=seen), code=code)


def visible_assessment(request, pk):
    """Return an assessment and what the person may do in it now. Raises Http404."""
    assessments = Assessment.objects.visible_to(request.user).with_context()
    assessment = get_object_or_404(assessments, pk=pk)
    return assessment, access_of(request.user, assessment.team, state=assessment.state)


def visible_rating(request, pk, code):
    """Return one PI of an assessment in detail, and what the person may do. Raises Http404.

    Its is_decided says whether the workshop agreed on the rating.
    """
    assessment, access = visible_assessment(request, pk)
    ratings = assessment.indicator_ratings.annotate(is_decided=Agreement.objects.deciding())
    found = ratings.filter(indicator__code=code).in_detail(assessment.framework)
    if not found:
        raise Http404(f"No PI {code}")
    found[0].assessment = assessment
    return found[0], access
