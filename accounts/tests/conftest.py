import pytest

from accounts.models import Membership
from accounts.tests.factories import make_membership, make_team


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def coordinator(client, team):
    """The coordinator of the team, signed in."""
    user = make_membership(team=team, role=Membership.Role.COORDINATOR).user
    client.force_login(user)
    return user
