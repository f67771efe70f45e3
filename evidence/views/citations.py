"""Citing a document under a PI, and changing or taking away what is cited there."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from evidence import citing
from evidence.forms import CitationForm
from evidence.guards import require_citing
from evidence.lookup import visible_citation, visible_rating
from evidence.models import Citation, Document

FOUND_AT_MOST = 20


@require_GET
def indicator_cite(request, pk, code):
    """Search the team's library for a document to cite."""
    rating = visible_rating(request, pk, code)
    require_citing(request.user, rating)
    words = request.GET.get("q", "")
    found = Document.objects.in_team(rating.assessment.team).titled(words)
    return render(
        request,
        "evidence/cite_list.html",
        {
            "rating": rating,
            "words": words,
            "count": found.count(),
            "documents": found.with_uses()[:FOUND_AT_MOST],
        },
    )


@require_http_methods(["GET", "POST"])
def document_cite(request, pk, code, document_pk):
    rating = visible_rating(request, pk, code)
    require_citing(request.user, rating)
    documents = Document.objects.in_team(rating.assessment.team)
    document = get_object_or_404(documents, pk=document_pk)
    citation = Citation(indicator_rating=rating, document=document)
    return _edit(request, citation, save=citing.cite)


@require_http_methods(["GET", "POST"])
def citation_edit(request, pk):
    citation = visible_citation(request, pk)
    require_citing(request.user, citation.indicator_rating)
    return _edit(request, citation, save=citing.change)


def _edit(request, citation, *, save):
    form = CitationForm(request.POST if request.method == "POST" else None, instance=citation)
    if form.is_bound and form.is_valid():
        try:
            save(citation, by=request.user)
        except citing.CitationRefused as refusal:
            form.add_error("criterion", str(refusal))
        else:
            values = {"title": citation.document, "code": citation.indicator_rating.indicator.code}
            messages.success(request, _("“%(title)s” is cited under PI %(code)s.") % values)
            return redirect(citation.indicator_rating)
    status = 422 if form.is_bound else 200
    context = {"citation": citation, "rating": citation.indicator_rating, "form": form}
    return render(request, "evidence/citation_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def citation_remove(request, pk):
    citation = visible_citation(request, pk)
    rating = citation.indicator_rating
    require_citing(request.user, rating)
    if request.method == "GET":
        context = {"citation": citation, "rating": rating}
        return render(request, "evidence/citation_confirm_delete.html", context)
    citing.remove(citation, by=request.user)
    values = {"title": citation.document, "code": rating.indicator.code}
    messages.success(request, _("“%(title)s” is no longer cited under PI %(code)s.") % values)
    return redirect(rating)
