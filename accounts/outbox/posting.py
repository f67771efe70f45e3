"""Writing mails down, together with the change that they tell of."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import CountryTeam, Mail, User
from accounts.outbox.events import Event
from accounts.outbox.sending import send
from accounts.site import present_site

News = User.News


def notify(
    event: Event,
    *,
    to: Iterable[User],
    team: CountryTeam | None,
    link: str = "",
    site: str = "",
    at=None,
    **context,
) -> list[Mail]:
    """Tell these people of an event, each once, by a mail that leaves after the transaction.

    Those who may not sign in get none; of news, each as much as they chose.
    link: the path of the page where one acts; the template has it as {{ url }}.
    site: scheme and host for links; without it, as accounts/site.py says.
    context: what the template of the event needs beside person, url and site.
    """
    at = at or timezone.now()
    site = site.rstrip("/") or present_site()
    page = {"site": site, "url": f"{site}{link}" if link else "", **context}
    states = {person: _state_for(event, person) for person in _by_age(to)}
    mails = [
        _mail(event, person, page, team=team, state=state, at=at)
        for person, state in states.items()
        if state
    ]
    Mail.objects.bulk_create(mails)
    if due := [mail.pk for mail in mails if mail.state == Mail.State.WAITING]:
        transaction.on_commit(partial(send, due))
    return mails


def _by_age(people) -> list[User]:
    """Each once, and only those who may sign in."""
    return sorted({person for person in people if person.is_active}, key=lambda row: row.pk)


def _mail(event, person, page, *, team, state, at) -> Mail:
    subject, text = rendered(event, {"person": person, **page})
    return Mail(
        team=team,
        recipient=person,
        event=event,
        subject=subject,
        text=text,
        link=page["url"],
        state=state,
        created_at=at,
        next_try_at=at if state == Mail.State.WAITING else None,
    )


def rendered(template: str, context) -> tuple[str, str]:
    """Return subject and text of templates/mail/<template>.txt: its first line, and the rest."""
    subject, text = render_to_string(f"mail/{template}.txt", context).strip().split("\n", 1)
    subject = " ".join(subject.split())
    return subject[: Mail._meta.get_field("subject").max_length], text.strip() + "\n"


def _state_for(event, person) -> Mail.State | None:
    if not event.can_wait or person.news == News.AT_ONCE:
        return Mail.State.WAITING
    return Mail.State.HELD if person.news == News.DAILY else None
