"""The daily mail: all news of a person since the last one, in one."""

from functools import partial
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import Mail
from accounts.outbox.posting import rendered
from accounts.outbox.sending import send

EVENT = "daily"


def gather(*, day=None, at=None) -> list[Mail]:
    """Put the news of the days before into one mail a person, and send it after the transaction.

    day: today; what was written down today waits for tomorrow. So whoever runs this often makes
    one mail a day all the same.
    """
    at = at or timezone.now()
    day = day or timezone.localdate(at)
    with transaction.atomic():
        held = Mail.objects.held_until(day).select_for_update(of=("self",))
        held = held.select_related("recipient").order_by("recipient", "created_at", "pk")
        digests = [
            _digest(person, list(news), at=at)
            for person, news in groupby(held, key=lambda mail: mail.recipient)
        ]
        if digests:
            transaction.on_commit(partial(send, [mail.pk for mail in digests]))
    return digests


def _digest(person, news, *, at) -> Mail:
    subject, text = rendered(EVENT, {"person": person, "news": news, "site": settings.SITE_URL})
    teams = {mail.team_id for mail in news}
    digest = Mail.objects.create(
        team_id=teams.pop() if len(teams) == 1 else None,
        recipient=person,
        event=EVENT,
        subject=subject,
        text=text,
        created_at=at,
        next_try_at=at,
    )
    Mail.objects.filter(pk__in=[mail.pk for mail in news]).update(state=Mail.State.IN_DIGEST)
    return digest
