from django import template

from evidence.guards import may_cite
from evidence.models import Citation

register = template.Library()


@register.inclusion_tag("evidence/_citations.html")
def citations_of(rating, access=None):
    """The documents cited under a PI; for a carried rating, under the one it carries from.

    access: what the reader may do there; without it nothing is offered.
    """
    return {
        "rating": rating,
        "citations": Citation.objects.for_ratings([rating.source]),
        "may_cite": access is not None and may_cite(access, rating),
    }


@register.simple_tag
def expired_documents_of(ratings, year):
    """By PI code, how many documents behind a rating cover a period that was over before a year."""
    return Citation.objects.for_ratings(ratings).expired_before(year)


@register.simple_tag
def number_of_documents(rating):
    """How many documents are cited under a PI; each once, wherever it is cited there."""
    cited = Citation.objects.for_ratings([rating.source])
    return len({citation.document_id for citation in cited})
