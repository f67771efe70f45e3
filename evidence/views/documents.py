"""One document: its page, its files, and what is done to it."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import audit
from accounts.access import access_of
from accounts.access_table import Capability
from evidence import library, sharing
from evidence.describing import describe
from evidence.forms import DocumentEditForm, ReplaceForm
from evidence.guards import (
    may_change,
    may_share,
    require_changing,
    require_sight_of_work,
    with_permission,
)
from evidence.lookup import visible_document
from scorecard.downloads import to_save


@require_GET
def document_detail(request, pk):
    document = visible_document(request, pk)
    access = access_of(request.user, document.team, state=None)
    sees_work = access.allows(Capability.VIEW_WORK)
    return render(
        request,
        "evidence/document_detail.html",
        {
            "document": document,
            "citations": with_permission(request.user, document),
            "earlier_versions": document.earlier_versions.select_related("uploaded_by")
            if sees_work
            else [],
            "may_view_work": sees_work,
            "may_change": may_change(request.user, document),
            "may_share": access.allows(Capability.SHARE_EVIDENCE),
        },
    )


@require_http_methods(["GET", "POST"])
def document_edit(request, pk):
    document = visible_document(request, pk)
    require_changing(request.user, document)
    shares = may_share(request.user, document.team)
    form = DocumentEditForm(request.POST or None, instance=document, may_share=shares)
    if request.method == "GET":
        return _show_form(request, form)
    if not form.is_valid():
        return _show_form(request, form, status=422)
    version = form.cleaned_data["version"]
    written = describe(document, form.sent, version=version, by=request.user)
    if written.is_saved:
        messages.success(request, _("“%(title)s” was saved.") % {"title": written.content["title"]})
        return redirect(document)
    conflicts = form.conflicts_in_words(written)
    return _show_form(request, form.of_both(written), conflicts=conflicts, status=409)


def _show_form(request, form, *, conflicts=(), status=200):
    context = {"document": form.instance, "form": form, "conflicts": conflicts}
    return render(request, "evidence/document_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def document_replace(request, pk):
    document = visible_document(request, pk)
    require_changing(request.user, document)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ReplaceForm(data, files)
    is_held_back = sharing.holds_back(document, by=request.user)
    if form.is_bound and form.is_valid():
        try:
            library.replace(document, **form.cleaned_data, by=request.user)
        except library.DocumentRefused as refusal:
            form.add_error("file" if form.cleaned_data["file"] else "link", str(refusal))
        else:
            messages.success(request, _("The newer version was stored; citations stay."))
            return redirect(document)
    status = 422 if form.is_bound else 200
    context = {"document": document, "form": form, "is_held_back": is_held_back}
    return render(request, "evidence/document_replace.html", context, status=status)


@require_http_methods(["GET", "POST"])
def document_delete(request, pk):
    document = visible_document(request, pk)
    require_changing(request.user, document)
    if request.method == "GET":
        return render(request, "evidence/document_confirm_delete.html", {"document": document})
    try:
        library.delete(document, by=request.user)
    except library.DocumentRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(document)
    messages.success(request, _("“%(title)s” was deleted.") % {"title": document.title})
    return redirect("evidence:library", document.team.code)


@require_GET
def document_download(request, pk):
    document = visible_document(request, pk)
    return redirect(document) if document.is_link else download(request, document)


@require_GET
def version_download(request, pk, version):
    document = visible_document(request, pk)
    require_sight_of_work(request.user, document.team)
    earlier = get_object_or_404(document.earlier_versions, version=version)
    return redirect(document) if earlier.is_link else download(request, earlier)


def download(request, content):
    """Hand out the file. Who reads evidence is noted, so this GET adds an entry to the log."""
    response = _attachment(content)
    audit.record(
        team=content.team,
        action=audit.Action.DOWNLOAD,
        by=request.user,
        object=str(content),
        detail=content.original_name,
    )
    return response


def _attachment(content):
    try:
        file = content.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404(f"{content.file.name} is missing from the store") from missing
    return to_save(FileResponse(file, content_type=content.content_type), content.original_name)
