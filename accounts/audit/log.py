"""Adding to the log of a team, and checking that nobody tampered with it."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.audit import chain
from accounts.models import AuditEntry, AuditHead, Membership

Action = AuditEntry.Action
ON_THE_SERVER = "A command on the server"


@transaction.atomic
def record(*, team, action, by, object, detail="", at=None) -> AuditEntry:
    """Add one entry to the team's log, in the transaction of the change that it tells of.

    by: the person; None for a command on the server.
    object: what was read, taken out, decided or changed, in words.

    Call it last: the team's log is locked from here to the end of the transaction.
    """
    head = _locked_head(team)
    entry = AuditEntry(
        team=team,
        number=head.number + 1,
        at=at or timezone.now(),
        by=by,
        by_name=by.name if by else ON_THE_SERVER,
        by_entity=_entity_of(by, team),
        action=action,
        object=str(object)[: AuditEntry._meta.get_field("object").max_length],
        detail=detail,
        previous=head.code,
    )
    entry.code = chain.code_of(
        entry.content, number=entry.number, previous=entry.previous, key=_key()
    )
    entry.save()
    head.number, head.code = entry.number, entry.code
    head.save(update_fields=["number", "code"])
    return entry


def _locked_head(team) -> AuditHead:
    locked = AuditHead.objects.select_for_update().filter(team=team)
    if head := locked.first():
        return head
    AuditHead.objects.get_or_create(team=team)
    return locked.get()


def _entity_of(by, team) -> str:
    if by is None:
        return ""
    mine = Membership.objects.active().filter(team=team, user=by).order_by("pk")
    return mine.values_list("entity__acronym", flat=True).first() or ""


def faults_of(team) -> list[str]:
    """Return one sentence for each place where the team's log was tampered with; [] for none."""
    head = AuditHead.objects.filter(team=team).first()
    last = (head.number, head.code) if head else (0, chain.START)
    entries = AuditEntry.objects.in_team(team).order_by("number").iterator()
    return list(chain.faults(map(_link, entries), key=_key(), last=last))


def code_of_entry(team, number: int) -> str | None:
    """The code that an entry has now, to be compared with one written down elsewhere."""
    entries = AuditEntry.objects.in_team(team).filter(number=number)
    return entries.values_list("code", flat=True).first()


def _link(entry) -> chain.Link:
    return chain.Link(
        number=entry.number, content=entry.content, previous=entry.previous, code=entry.code
    )


def _key() -> bytes:
    return settings.AUDIT_KEY.encode()
