"""A document that an action point was verified with stays, whoever tidies the library up."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from accounts.tests.factories import make_entity, make_membership, make_user
from actionplan.tests.factories import make_plan, make_point
from evidence.models import Document
from evidence.tests.factories import make_document

pytestmark = pytest.mark.django_db


def test_a_document_that_verifies_an_action_point_is_not_deleted(client):
    plan = make_plan()
    document = make_document(team=plan.team)
    now = timezone.now()
    make_point(
        plan=plan,
        status="done",
        claimed_by=make_user(),
        claimed_entity=make_entity(),
        claimed_at=now,
        verified_by=make_user(),
        verified_entity=make_entity(acronym="WHO"),
        verified_at=now,
        verification=document,
    )
    coordinator = make_membership(team=plan.team, role=Membership.Role.COORDINATOR)
    client.force_login(coordinator.user)
    response = client.post(reverse("evidence:delete", args=[document.pk]), follow=True)
    text = " ".join(response.content.decode().split())
    assert "is still needed: 1. Agree on joint messages." in text
    assert Document.objects.filter(pk=document.pk).exists()
    assert document.file.storage.exists(document.file.name)
