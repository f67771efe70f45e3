"""The library of a team, and what is added to it or, at once, cited under a PI."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from evidence.forms import LibraryForm, LinkForm, UploadForm
from evidence.guards import may_add, may_share, require_adding, require_citing
from evidence.lookup import visible_rating, visible_team
from evidence.models import Document
from evidence.receiving import Destination, receive_files, receive_link

PAGE_LENGTH = 50


@require_GET
def document_list(request, code):
    team = visible_team(request, code)
    form = LibraryForm(request.GET, team=team)
    found = form.chosen(Document.objects.in_team(team))
    page = Paginator(found.with_uses(), PAGE_LENGTH).get_page(request.GET.get("page"))
    return render(
        request,
        "evidence/document_list.html",
        {
            "team": team,
            "form": form,
            "page": page,
            "total": Document.objects.in_team(team).count(),
            "may_add": may_add(request.user, team),
        },
    )


@require_http_methods(["GET", "POST"])
def document_upload(request, code):
    team = visible_team(request, code)
    require_adding(request.user, team)
    return _upload(request, Destination(team=team))


@require_http_methods(["GET", "POST"])
def indicator_upload(request, pk, code):
    return _upload(request, _open_place(request, pk, code))


@require_http_methods(["GET", "POST"])
def link_add(request, code):
    team = visible_team(request, code)
    require_adding(request.user, team)
    return _add_link(request, Destination(team=team))


@require_http_methods(["GET", "POST"])
def indicator_link_add(request, pk, code):
    return _add_link(request, _open_place(request, pk, code))


def _open_place(request, pk, code):
    rating = visible_rating(request, pk, code)
    require_citing(request.user, rating)
    return Destination(team=rating.assessment.team, rating=rating)


def _upload(request, destination):
    """Answer with the page or, to static/js/upload.js, with the outcomes alone."""
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    shares = may_share(request.user, destination.team)
    form = UploadForm(data, files, may_share=shares)
    place_form = destination.place_form(data)
    context = {"form": form, "place_form": place_form, "destination": destination}
    if data is not None and _are_valid(form, place_form):
        outcomes = receive_files(form, place_form, destination, by=request.user)
        page = "_outcomes" if request.htmx else "upload_result"
        return _outcomes(request, page, context, outcomes)
    page = "_upload_refused" if request.htmx else "upload_form"
    status = 200 if data is None else 422
    return render(request, f"evidence/{page}.html", context, status=status)


def _add_link(request, destination):
    data = request.POST if request.method == "POST" else None
    form = LinkForm(data, may_share=may_share(request.user, destination.team))
    place_form = destination.place_form(data)
    context = {"form": form, "place_form": place_form, "destination": destination}
    if data is not None and _are_valid(form, place_form):
        outcome = receive_link(form, place_form, destination, by=request.user)
        return _outcomes(request, "upload_result", context, [outcome])
    status = 200 if data is None else 422
    return render(request, "evidence/link_form.html", context, status=status)


def _outcomes(request, page, context, outcomes):
    stored = any(outcome.document for outcome in outcomes)
    return render(
        request,
        f"evidence/{page}.html",
        context | {"outcomes": outcomes},
        status=200 if stored else 422,
    )


def _are_valid(*forms):
    valid = [form.is_valid() for form in forms if form is not None]  # each, so that all faults show
    return all(valid)
