"""People and teams for tests. The default is the boring valid case."""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from accounts.models import (
    CooperationFramework,
    CountryTeam,
    Entity,
    Invitation,
    Membership,
    PeopleEvent,
    User,
)

PASSWORD = "a long enough password"
_numbers = count(1)


def make_user(*, email=None, name="Aigerim S.", password=PASSWORD, **fields):
    """A person who can sign in and belongs to no team."""
    email = email or f"person{next(_numbers)}@example.org"
    return User.objects.create_user(email, password, name=name, **fields)


def make_entity(*, acronym="UNDP", name="United Nations Development Programme"):
    """The entity of this acronym; made only once."""
    return Entity.objects.get_or_create(acronym=acronym, defaults={"name": name})[0]


def make_team(*, code="KAZ", country="Kazakhstan", **fields):
    return CountryTeam.objects.create(code=code, country=country, **fields)


def make_cycle(*, team=None, title="Cooperation Framework", first_year=2021, last_year=2025):
    return CooperationFramework.objects.create(
        team=team or make_team(), title=title, first_year=first_year, last_year=last_year
    )


def make_membership(*, team=None, user=None, role=Membership.Role.MEMBER, entity=None):
    """Somebody's role in a team, on behalf of UNDP."""
    return Membership.objects.create(
        team=team or make_team(),
        user=user or make_user(),
        role=role,
        entity=entity or make_entity(),
    )


def make_invitation(*, team=None, email=None, role=Membership.Role.MEMBER, by=None, **fields):
    """An invitation that was sent a day ago and waits. Its token stands in invitation.token."""
    at = fields.pop("at", timezone.now() - timedelta(days=1))
    invitation = Invitation(
        team=team or make_team(),
        email=email or f"invited{next(_numbers)}@example.org",
        role=role,
        entity=make_entity(),
        invited_by=by or make_user(name="Coordinating Person"),
        invited_at=at,
    )
    invitation.token = invitation.renew(at=at)
    invitation.sent_at = at
    for name, value in fields.items():
        setattr(invitation, name, value)
    invitation.save()
    return invitation


def make_event(*, team=None, kind=PeopleEvent.Kind.JOINED, **fields):
    """Somebody joined a team as an IAT member."""
    defaults = {
        "person": "Amina B.",
        "role": Membership.Role.MEMBER,
        "entity": "UNDP",
        "at": timezone.now(),
    }
    by = fields.pop("by", None) or make_user()
    return PeopleEvent.objects.create(
        team=team or make_team(), kind=kind, by=by, **defaults | fields
    )
