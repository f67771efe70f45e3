"""Writes what a document is called and says of itself beside others who write it too."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from assessments import together
from assessments.together import Written
from evidence import sharing
from evidence.guards import require_changing
from evidence.models import Document

DESCRIPTION = ["title", "period_from", "period_to", "confidentiality"]


def version_of(document: Document) -> str:
    """What a person has before them, for the form to send back."""
    return together.version_of(document, DESCRIPTION)


@transaction.atomic
def describe(document: Document, sent: Mapping[str, Any], *, version: str, by) -> Written:
    """Write what one person changed, all of it or nothing; not, too, where the period loses its
    order.

    sent: clean values of the fields that were sent.
    version: what version_of gave when the person opened the form.

    Raises PermissionDenied or WrongState where the person may not change the document any more.
    """
    current = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    require_changing(by, current)

    def save(changed):
        current.save(update_fields=changed)
        if "confidentiality" in changed:
            sharing.decide(current, by=by)

    return together.write(current, sent, names=DESCRIPTION, version=version, save=save)
