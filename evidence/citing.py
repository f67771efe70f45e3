"""What ties documents to PIs. Who may and when is asked again under the lock of the assessment."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessments.models import Assessment
from evidence.guards import require_citing
from evidence.models import Citation

CHANGEABLE = ["category", "criterion", "page", "quote"]


class CitationRefused(Exception):
    """The citation was not saved; the text says why."""


def cite(citation: Citation, *, by) -> Citation:
    """Save a new citation. Raises CitationRefused when it stands there already."""
    try:
        with transaction.atomic():
            _require_open(citation, by)
            citation.save(force_insert=True)
    except IntegrityError as twice:
        raise CitationRefused(
            _("“%(title)s” is cited there already.") % {"title": citation.document.title}
        ) from twice
    return citation


@transaction.atomic
def change(citation: Citation, *, by) -> Citation:
    _require_open(citation, by)
    citation.save(update_fields=CHANGEABLE)
    return citation


@transaction.atomic
def remove(citation: Citation, *, by):
    """Take the document away from the PI. The document itself stays in the library."""
    _require_open(citation, by)
    citation.delete()


def _require_open(citation, by):
    rating = citation.indicator_rating
    Assessment.objects.select_for_update(of=("self",)).get(pk=rating.assessment_id)
    require_citing(by, rating)
