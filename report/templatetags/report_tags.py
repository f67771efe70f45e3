from django import template
from django.db.models import Count, Sum

from evidence.models import Document
from report.bundle import cited_documents
from report.formats import FORMATS

register = template.Library()

MADE_AT_ONCE = ["xlsx", "csv", "evidence-csv", "json"]
MADE_ON_REQUEST = ["pdf", "docx"]


@register.inclusion_tag("report/_downloads.html", takes_context=True)
def downloads_of(context, assessment):
    """The files that the report comes as, and what was made for the person lately. 2 queries."""
    documents = cited_documents(assessment) & Document.objects.visible_to(context["user"])
    counted = documents.order_by().aggregate(count=Count("pk"), size=Sum("size"))
    return {
        "user": context["user"],
        "csrf_token": context.get("csrf_token"),
        "assessment": assessment,
        "on_request": [(key, FORMATS[key]) for key in MADE_ON_REQUEST],
        "at_once": [(f"report:{key}", FORMATS[key]) for key in MADE_AT_ONCE],
        "documents": counted["count"],
        "size": counted["size"] or 0,
    }
