"""What the table of invitations cannot hold."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.tests.factories import make_invitation, make_user

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=99)


def test_the_table_holds_one_open_invitation_of_an_address_to_a_role():
    open_one = make_invitation(email="amina@example.org")
    with pytest.raises(IntegrityError):
        make_invitation(team=open_one.team, email="amina@example.org")


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"role": "friend"}, "invitation_role_is_known"),
        ({"email": "Capital@example.org"}, "invitation_email_is_lower_case"),
        ({"accepted_at": timezone.now()}, "invitation_acceptance_is_complete"),
        ({"revoked_at": timezone.now()}, "invitation_revocation_is_complete"),
        (
            {"expires_at": timezone.now() - timedelta(days=9)},
            "invitation_expires_after_it_was_made",
        ),
    ],
)
def test_half_an_invitation_is_refused(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        make_invitation(**fields)


@pytest.mark.parametrize(
    ("name", "constraint"),
    [
        ("accepted_by", "invitation_acceptance_is_complete"),
        ("revoked_by", "invitation_revocation_is_complete"),
    ],
)
def test_who_without_when_is_refused(name, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        make_invitation(**{name: make_user()})


def test_accepted_and_withdrawn_is_refused():
    who, when = make_user(), timezone.now()
    with pytest.raises(IntegrityError, match="invitation_is_accepted_or_revoked_not_both"):
        make_invitation(accepted_by=who, accepted_at=when, revoked_by=who, revoked_at=when)
