"""A member with open work and a coordinator, on a site whose address is known."""

import pytest

from accounts.models import Membership
from accounts.tests.factories import make_entity, make_membership
from assessments.tests.factories import make_quiet_assessment, make_rating

SITE = "https://scorecard.example.org"


@pytest.fixture
def site(settings):
    settings.SITE_URL = SITE


@pytest.fixture
def assessment():
    return make_quiet_assessment()


@pytest.fixture
def member(assessment):
    membership = make_membership(team=assessment.team)
    make_rating(assessment=assessment, met="ab", refused="d", assigned=[membership], rating=1,
                difference_reason="So.")  # fmt: skip
    return membership


@pytest.fixture
def coordinator(member, assessment):
    return make_membership(
        team=assessment.team, role=Membership.Role.COORDINATOR, entity=make_entity(acronym="FAO")
    )
