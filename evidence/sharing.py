"""Sharing a document to the knowledge hub, and withdrawing it: at any time, and at once."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from evidence.guards import may_share, require_sharing
from evidence.models import Document

Confidentiality = Document.Confidentiality


@transaction.atomic
def share(document: Document, *, good_practice: str, by):
    """Let everybody who signs in read it. What the team's reports say of it stays with the team."""
    return _set(document, Confidentiality.SHARED, good_practice=good_practice, by=by)


@transaction.atomic
def withdraw(document: Document, *, by):
    """Let only the team read it again. The note stays, for the next time."""
    return _set(document, Confidentiality.TEAM, good_practice=None, by=by)


def _set(document, confidentiality, *, good_practice, by):
    require_sharing(by, document.team)
    document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    is_new = document.confidentiality != confidentiality
    document.confidentiality = confidentiality
    if good_practice is not None:
        document.good_practice = good_practice
    document.save(update_fields=["confidentiality", "good_practice"])
    if is_new:
        decide(document, by=by)
    return document


def decide(document, *, by):
    """Write into the team's log that the document was shared or withdrawn.

    Every way there leads through here, in the transaction that saves the document. Raises
    PermissionDenied, which undoes it, unless the person decides what the team shares.
    """
    require_sharing(by, document.team)
    _note(document, by=by)


def holds_back(document, *, by) -> bool:
    """Whether a newer version that the person puts in ends the sharing of the document.

    Nobody has decided yet that this content is for all teams.
    """
    return document.is_shared and not may_share(by, document.team)


def hold_back(document, *, by):
    """Withdraw the document, in the transaction that gives it its newer version."""
    document.confidentiality = Confidentiality.TEAM
    document.save(update_fields=["confidentiality"])
    _note(document, by=by)


def _note(document, *, by):
    audit.record(
        team=document.team,
        action=audit.Action.SHARING,
        by=by,
        object=document,
        detail=_("shared to the knowledge hub")
        if document.is_shared
        else _("withdrawn from the knowledge hub"),
    )
