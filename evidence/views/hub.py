"""The knowledge hub: what teams share, for everybody who signs in."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evidence import sharing
from evidence.guards import require_sharing
from evidence.hub_forms import HubForm, ShareForm
from evidence.lookup import visible_document
from evidence.models import Document
from evidence.views.documents import download

PAGE_LENGTH = 30


@require_GET
def hub(request):
    form = HubForm(request.GET)
    page = Paginator(form.chosen.for_hub(), PAGE_LENGTH).get_page(request.GET.get("page"))
    return render(request, "evidence/hub.html", {"form": form, "page": page})


@require_GET
def hub_download(request, pk):
    """For everybody, as long as it is shared: asked anew each time."""
    document = get_object_or_404(Document.objects.shared().select_related("team"), pk=pk)
    return redirect(document.link) if document.is_link else download(request, document)


@require_http_methods(["GET", "POST"])
def document_share(request, pk):
    document = visible_document(request, pk)
    require_sharing(request.user, document.team)
    form = ShareForm(request.POST if request.method == "POST" else None, instance=document)
    if form.is_bound and form.is_valid():
        sharing.share(document, **form.cleaned_data, by=request.user)
        messages.success(request, _("“%(title)s” is in the knowledge hub.") % {"title": document})
        return redirect(document)
    status = 422 if form.is_bound else 200
    context = {"document": document, "form": form}
    return render(request, "evidence/document_share.html", context, status=status)


@require_POST
def document_withdraw(request, pk):
    document = visible_document(request, pk)
    sharing.withdraw(document, by=request.user)
    messages.success(
        request, _("“%(title)s” is no longer in the knowledge hub.") % {"title": document}
    )
    return redirect(document)
