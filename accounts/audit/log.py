"""Adding to the log of a team, and checking that nobody tampered with it."""

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.audit import chain
from accounts.audit.chain import Fault, FaultKind
from accounts.models import AuditEntry, AuditHead, CountryTeam, Membership
from accounts.models.audit import ON_THE_SERVER

Action = AuditEntry.Action
FAULTS = {
    FaultKind.MISSING: gettext_lazy("Entry %(first)s is missing."),
    FaultKind.NOT_NEXT: gettext_lazy("Entry %(first)s does not follow from the one before it."),
    FaultKind.ALTERED: gettext_lazy("Entry %(first)s was altered."),
    FaultKind.NOT_NEWEST: gettext_lazy(
        "Entry %(first)s is not the one that was noted as the newest."
    ),
}


@transaction.atomic
def record(*, team, action, by, object, detail="", at=None) -> AuditEntry:
    """Add one entry to the team's log, in the transaction of the change that it tells of.

    by: the person; None for a command on the server.
    object: what was read, taken out, decided or changed, in words.

    Call it last: the team's log is locked from here to the end of the transaction.
    """
    head = _locked_head(team)
    facts = {"action": action, "object": object, "detail": detail, "at": at or timezone.now()}
    entry = _next_entry(head, by=by, entity=_entities_of(by, [team]).get(team.pk, ""), **facts)
    entry.save()
    head.save(update_fields=["number", "code"])
    return entry


@transaction.atomic
def record_in_each(objects: Mapping[CountryTeam, str], *, action, by):
    """Add an entry to the logs of several teams, with what it names in each. Five queries."""
    AuditHead.objects.bulk_create([AuditHead(team=team) for team in objects], ignore_conflicts=True)
    # In the order of their keys, so that two who do this at once do not wait for each other.
    heads = list(AuditHead.objects.select_for_update().filter(team__in=objects).order_by("team_id"))
    named = {team.pk: words for team, words in objects.items()}
    entities, at = _entities_of(by, objects), timezone.now()
    AuditEntry.objects.bulk_create(
        _next_entry(
            head,
            by=by,
            entity=entities.get(head.team_id, ""),
            action=action,
            object=named[head.team_id],
            detail="",
            at=at,
        )
        for head in heads
    )
    AuditHead.objects.bulk_update(heads, ["number", "code"])


def _next_entry(head, *, by, entity, action, object, detail, at) -> AuditEntry:
    """The entry, unsaved, and the head with its number and code."""
    entry = AuditEntry(
        team_id=head.team_id,
        number=head.number + 1,
        at=at,
        by=by,
        by_name=by.name if by else ON_THE_SERVER,
        by_entity=entity,
        action=action,
        object=str(object)[: AuditEntry._meta.get_field("object").max_length],
        detail=detail,
        previous=head.code,
    )
    entry.code = chain.code_of(
        entry.content, number=entry.number, previous=entry.previous, key=_key()
    )
    head.number, head.code = entry.number, entry.code
    return entry


def _locked_head(team) -> AuditHead:
    locked = AuditHead.objects.select_for_update().filter(team=team)
    if head := locked.first():
        return head
    AuditHead.objects.get_or_create(team=team)
    return locked.get()


def _entities_of(by, teams) -> dict[int, str]:
    """For whom a person serves in each team, the first where there are several. By its key."""
    if by is None:
        return {}
    mine = Membership.objects.active().filter(team__in=teams, user=by).order_by("-pk")
    return dict(mine.values_list("team", "entity__acronym"))


def faults_of(team) -> list[str]:
    """Return one sentence for each place where the team's log was tampered with; [] for none."""
    head = AuditHead.objects.filter(team=team).first()
    last = (head.number, head.code) if head else (0, chain.START)
    entries = AuditEntry.objects.in_team(team).order_by("number").iterator()
    return [_sentence(fault) for fault in chain.faults(map(_link, entries), key=_key(), last=last)]


def _sentence(fault: Fault) -> str:
    numbers = {"first": fault.first, "last": fault.last}
    if fault.first != fault.last:  # only missing ones stand together
        return _("Entries %(first)s to %(last)s are missing.") % numbers
    return FAULTS[fault.kind] % numbers


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
