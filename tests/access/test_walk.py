"""Every route x every role x own team, other team, signed out x every state of the assessment.

What each use takes stands in routes.py; who has it follows from accounts/access_table.py.
"""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.access import Answer
from accounts.access_table import STATES, Capability
from accounts.models import Membership
from assessments.models import Assessment
from tests.access.routes import ALLAUTH, BY_LINK, OPEN, PEOPLE, SITE
from tests.access.world import sent, signed_in, undone

pytestmark = pytest.mark.django_db
Role = Membership.Role
ALLOWED = {200, 204, 286, 302, 422}  # 286 tells a page to ask no more
REFUSALS = {Answer.NO: 403, Answer.NOT_NOW: 409}


def send(client, use, world, *, method=None):
    """Use a route, and undo what that changed."""
    address = reverse(use.name, args=[world.arguments[name] for name in use.arguments])
    with undone():
        response = getattr(client, method or use.method)(address, sent(world, use))
        if response.streaming:
            assert b"".join(response.streaming_content)
    return response.status_code, response.headers.get("Location", "")


def expected(world, user, use) -> int | None:
    """The status that refuses; None where the use is allowed."""
    if use.of_owner:
        return None if user == world.people["assigned member"] else 404
    if use.capability is None:
        return None
    if not world.is_seen_by(user, use):
        return 404
    if user.is_staff and use in PEOPLE:
        return None
    concerned = {use.of_pi: world.assigned, use.of_seat: world.seated}
    answer = world.access(user, use).answer(
        use.capability,
        assigned=concerned.get(True, ()),
        entities=world.entities_of(user, use),
    )
    return REFUSALS.get(answer)


def uses_in(state):
    """All uses in one state; in the others those to which the state can matter."""
    every = [*SITE, *PEOPLE]
    if state == "scoring":
        return every
    return [use for use in every if use.capability and not use.without_state]


@pytest.mark.parametrize("state", STATES)
def test_every_use_of_every_route_follows_the_table(world, state):
    Assessment.objects.filter(pk=world.assessment.pk).update(state=state)
    world.assessment.state = state
    wrong = []
    for name, user in world.people.items():
        client = signed_in(user)
        for use in uses_in(state):
            status, _location = send(client, use, world)
            refusal = expected(world, user, use)
            is_right = status == refusal if refusal else status in ALLOWED
            if not is_right:
                wrong.append(f"{name}, {use.method} {use.name}: {status}, not {refusal or 'ok'}")
    assert not wrong, "\n".join(wrong)


def test_whoever_is_not_signed_in_is_sent_to_sign_in(world):
    for use in [*SITE, *PEOPLE]:
        status, location = send(Client(), use, world)
        assert (status, location.split("?")[0]) == (302, reverse("account_login")), use


def test_any_other_method_is_refused(world):
    client = signed_in(world.people["Coordinator"])
    known = {(use.name, use.method) for use in [*SITE, *PEOPLE]}
    for use in [*SITE, *PEOPLE]:
        for method in {"get", "post", "put", "delete"}:
            if (use.name, method) not in known:
                assert send(client, use, world, method=method)[0] == 405, (use.name, method)


def test_the_tables_name_every_route_of_the_site():
    known = {use.name for use in [*SITE, *PEOPLE]} | BY_LINK | OPEN
    routes = {name for name in names(get_resolver()) if not name.startswith(ALLAUTH)}
    assert routes - known == set(), "say in routes.py who may use these"
    assert known - routes == set(), "these are in routes.py but not on the site"


def names(resolver, prefix=""):
    """The names of all routes but those of the administration, which asks for is_staff itself."""
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            if inner != "admin:":
                yield from names(pattern, prefix + inner)
        else:
            yield f"{prefix}{pattern.name}"


def test_each_capability_is_asked_for_by_some_route():
    # Which fields the form of a PI has, not who may send it; whose query it is (test_review.py).
    within_a_page = {Capability.RECORD_RATING, Capability.READ_OWN_QUERY}
    assert {use.capability for use in [*SITE, *PEOPLE]} >= set(Capability) - within_a_page
