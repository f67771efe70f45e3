"""How a refusal of the access table reaches the person: a page with the reason."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.urls import path

from accounts.access import WrongState
from scorecard.urls import urlpatterns as site


@login_not_required
def raise_wrong_state(request):
    raise WrongState("This cannot be changed while the assessment is in “Endorsed”.")


@login_not_required
def raise_permission_denied(request):
    raise PermissionDenied("Ask the coordinator.")


@login_not_required
def raise_permission_denied_without_a_word(request):
    raise PermissionDenied


@login_not_required
def raise_another_fault(request):
    raise ValueError("A fault of the program.")


urlpatterns = [
    *site,
    path("wrong-state/", raise_wrong_state),
    path("denied/", raise_permission_denied),
    path("denied-without-a-word/", raise_permission_denied_without_a_word),
    path("fault/", raise_another_fault),
]

pytestmark = pytest.mark.urls(__name__)


def test_wrong_state_is_answered_409_with_the_reason(client):
    page = client.get("/wrong-state/")
    assert page.status_code == 409
    assert "while the assessment is in “Endorsed”" in page.content.decode()


def test_what_the_role_does_not_include_is_answered_403_with_the_reason(client):
    page = client.get("/denied/")
    assert page.status_code == 403
    assert "Ask the coordinator." in page.content.decode()


def test_403_page_says_whom_to_ask_where_no_reason_is_given(client):
    page = client.get("/denied-without-a-word/")
    assert page.status_code == 403
    assert "The coordinator of the team can say who may" in page.content.decode()


def test_other_faults_are_not_told_as_a_wrong_state(client):
    with pytest.raises(ValueError, match="A fault of the program"):
        client.get("/fault/")
