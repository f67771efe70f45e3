"""The workspace of one PI, and what its page asks for while a person writes."""

from functools import partial

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.lookup import visible_rating
from assessments.overview import previous_ratings
from assessments.workspace.content import label, stored_content
from assessments.workspace.form import IndicatorWorkspace
from assessments.workspace.saving import save_sent


@require_http_methods(["GET", "POST"])
def indicator_edit(request, pk, code):
    workspace = open_workspace(request, pk, code)
    if request.method == "GET":
        return _show(request, workspace)
    workspace.require_writing()
    reopen = partial(open_workspace, request, pk, code)
    saved = save_sent(workspace, request.POST, reopen=reopen, by=request.user)
    if saved.submission.conflicts:
        return _show(request, saved.workspace, conflicts=saved.submission.conflicts, status=409)
    if not saved.is_saved:
        return _show(request, saved.workspace, status=422)
    messages.success(request, _("PI %(code)s saved.") % {"code": code})
    return redirect(workspace.rating)


@require_POST
def indicator_autosave(request, pk, code):
    """Save some fields as they are typed; answers JSON for static/js/autosave.js."""
    reopen = partial(open_workspace, request, pk, code)
    workspace = reopen()
    workspace.require_writing()
    saved = save_sent(workspace, request.POST, reopen=reopen, by=request.user, in_parts=True)
    return JsonResponse(saved.as_json(), status=saved.status)


@require_POST
def indicator_computed(request, pk, code):
    """What the form gives as it stands, for the page to show while a person fills it in."""
    workspace = open_workspace(request, pk, code, data=request.POST)
    workspace.require_writing()
    return render(request, "assessments/_computed.html", {"workspace": workspace, "is_live": True})


def open_workspace(request, pk, code, *, data=None):
    """Return the workspace of a PI that the person may see; 404 for any other."""
    rating, access = visible_rating(request, pk, code)
    previous = previous_ratings(rating.assessment).get(code)
    return IndicatorWorkspace(
        rating,
        access=access,
        previous=previous,
        data=data,
        is_decided=rating.is_decided,
    )


def _show(request, workspace, *, conflicts=(), status=200):
    assessment = workspace.rating.assessment
    page = "indicator_rating_form" if workspace.may_write else "indicator_rating_detail"
    return render(
        request,
        f"assessments/{page}.html",
        {
            "assessment": assessment,
            "rating": workspace.rating,
            "workspace": workspace,
            "ratings": assessment.indicator_ratings.with_overview(),
            "conflicts": conflicts,
            "draft_key": f"{request.user.pk}:{workspace.rating.pk}",
            "labels": _labels(workspace.rating),
        },
        status=status,
    )


def _labels(rating):
    """Every field of the PI as (name, label)."""
    return [(name, label(name, rating.indicator)) for name in stored_content(rating)]
