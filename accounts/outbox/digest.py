"""The daily mail: all news of a person since the last one, in one."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from accounts.clock import zone_of
from accounts.models import Mail
from accounts.outbox.posting import rendered
from accounts.outbox.sending import send
from accounts.site import present_site

EVENT = "daily"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """What the daily mail holds of one mail. gist: all between its greeting and its link."""

    at: datetime
    subject: str
    gist: str
    link: str

    @classmethod
    def of(cls, mail: Mail) -> "Piece":
        _greeting, _blank, text = mail.text.partition("\n\n")
        gist = text.strip().removesuffix(mail.link).strip()
        return cls(at=mail.created_at, subject=mail.subject, gist=gist, link=mail.link)


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
    page = {"person": person, "news": [Piece.of(mail) for mail in news], "site": _site(news)}
    with timezone.override(zone_of(person)):
        subject, text = rendered(EVENT, page)
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


def _site(news) -> str:
    """Without SITE_URL the queue knows no address; the links have the one they were made under."""
    links = [urlsplit(mail.link) for mail in news if urlsplit(mail.link).netloc]
    return present_site() or (f"{links[-1].scheme}://{links[-1].netloc}" if links else "")
