"""Two coordinators take the role from each other at the same time: one of them keeps it."""

from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from accounts.models import Membership
from accounts.tests.factories import make_membership, make_team
from accounts.transitions import (
    TransitionRefused,
    change_role,
    end_membership,
    require_teams_keep_a_coordinator,
)

pytestmark = pytest.mark.django_db(transaction=True)
Role = Membership.Role


def end(membership, by):
    end_membership(membership, by=by)


def take_role(membership, by):
    change_role(membership, role=Role.OBSERVER, entity=membership.entity, by=by)


@transaction.atomic
def shut_out(membership, by):
    """What the administration does when it closes an account."""
    require_teams_keep_a_coordinator(membership.user)
    membership.user.is_active = False
    membership.user.save(update_fields=["is_active"])


def at_once(*moves):
    """Run each in a thread of its own, all from the same moment. Returns what was refused."""
    barrier, refused = Barrier(len(moves)), []

    def run(move):
        try:
            barrier.wait(timeout=10)
            move()
        except TransitionRefused as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[move]) for move in moves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


@pytest.mark.parametrize("attempt", range(3))
@pytest.mark.parametrize(
    ("first_move", "second_move"),
    [(end, end), (take_role, take_role), (end, take_role), (shut_out, end), (shut_out, shut_out)],
)
def test_one_of_two_coordinators_stays(first_move, second_move, attempt):
    team = make_team()
    first = make_membership(team=team, role=Role.COORDINATOR)
    second = make_membership(team=team, role=Role.COORDINATOR)
    refused = at_once(
        lambda: first_move(first, by=second.user), lambda: second_move(second, by=first.user)
    )
    assert len(refused) == 1
    assert "only coordinator" in refused[0]
    assert team.memberships.able_to_coordinate().count() == 1
