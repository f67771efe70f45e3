"""A PI in consolidation, who gives a preliminary rating of it, and what their form sends."""

import pytest
from django.urls import reverse

from accounts.models import Membership
from accounts.tests.factories import make_membership
from assessments.tests.factories import make_assessment, make_rating


@pytest.fixture
def rating():
    return make_rating(assessment=make_assessment(state="consolidation"), code="2.2")


@pytest.fixture
def member(rating):
    return make_membership(team=rating.assessment.team)


@pytest.fixture
def coordinator(rating):
    return make_membership(team=rating.assessment.team, role=Membership.Role.COORDINATOR)


def address(rating, name="preliminary"):
    return reverse(f"assessments:{name}", args=[rating.assessment_id, rating.indicator.code])


def sent(**fields):
    return {"version": 0, "rating": "", "comment": ""} | fields


def move_to(rating, state):
    rating.assessment.state = state
    rating.assessment.save(update_fields=["state"])
