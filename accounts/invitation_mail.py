"""Mailing the links of invitations: at once, and again while no mail server takes them.

A link stands in its mail and nowhere else. So each further try makes a new one; the one before
reached nobody.
"""

from django.db import transaction
from django.utils import timezone

from accounts import mail
from accounts.models import Invitation
from accounts.outbox.schedule import CLAIM, pause_after


def deliver(tokens, *, site):
    """Mail the links, {pk: token}, and note which the mail server took."""
    messages = {}
    for invitation in Invitation.objects.with_context().filter(pk__in=tokens):
        messages[invitation.pk] = mail.message(
            "invitation",
            to=invitation.email,
            invitation=invitation,
            token=tokens[invitation.pk],
            site=site,
        )
    sent = mail.send(list(messages.values()))
    for invitation in Invitation.objects.filter(pk__in=tokens):
        _note(invitation, is_sent=messages[invitation.pk] in sent)


def retry(*, site, at=None) -> list[Invitation]:
    """Try those again that are due, and return them as they stand after that."""
    at = at or timezone.now()
    due = Invitation.objects.to_be_tried(at).values_list("pk", flat=True)
    tokens = {pk: token for pk in due if (token := _claimed(pk, at=at))}
    deliver(tokens, site=site)
    return list(Invitation.objects.filter(pk__in=tokens))


@transaction.atomic
def _claimed(pk, *, at) -> str | None:
    """Make a new link, and leave it to this run; None where another took it or it is closed."""
    rows = Invitation.objects.to_be_tried(at).select_for_update(of=("self",))
    invitation = rows.filter(pk=pk).first()
    if invitation is None:
        return None
    token = invitation.renew(at=at)
    invitation.next_try_at = at + CLAIM
    invitation.save(update_fields=["token_digest", "expires_at", "sent_at", "next_try_at"])
    return token


def _note(invitation, *, is_sent):
    now = timezone.now()
    if is_sent:
        invitation.sent_at, invitation.next_try_at = now, None
    else:
        invitation.attempts += 1
        pause = pause_after(invitation.attempts)
        invitation.next_try_at = pause and now + pause
    invitation.save(update_fields=["sent_at", "attempts", "next_try_at"])
