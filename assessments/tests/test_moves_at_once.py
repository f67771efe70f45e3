"""Two people press at the same moment: one makes the move, the other is told."""

from threading import Barrier, Event, Thread

import pytest
from django.db import connection, transaction

from accounts.access import WrongState
from accounts.tests.factories import make_user
from assessments import transitions
from assessments.models import Assessment, AssessmentEvent, IndicatorRating
from assessments.tests.factories import make_quiet_assessment, make_rating
from assessments.transitions import TransitionRefused
from assessments.workspace.transitions import save_rating
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run each in a thread of its own, all from the same moment. Returns what was refused."""
    barrier, refused = Barrier(len(acts)), []

    def run(act):
        try:
            barrier.wait(timeout=10)
            act()
        except (TransitionRefused, WrongState) as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return refused


def make_agreed(**fields):
    assessment = make_quiet_assessment(state="consolidation", **fields)
    make_rating(assessment=assessment, met="bc", rating=Rating.MEETS, findings="Seen.")
    return assessment


def back(move):
    return lambda assessment, by: move(assessment, by=by, reason="A figure was wrong.")


@pytest.mark.parametrize("attempt", range(3))
@pytest.mark.parametrize(
    ("state", "first", "second"),
    [
        ("consolidation", transitions.request_endorsement, transitions.request_endorsement),
        ("endorsed", transitions.submit, transitions.submit),
        ("endorsed", transitions.submit, back(transitions.reopen)),
        ("submitted", transitions.accept, back(transitions.send_back)),
    ],
)
def test_one_of_two_who_press_at_once_moves_and_the_other_is_told(state, first, second, attempt):
    assessment = make_agreed()
    Assessment.objects.filter(pk=assessment.pk).update(state=state)
    one, other = make_user(), make_user()
    refused = at_once(lambda: first(assessment, by=one), lambda: second(assessment, by=other))
    events = list(AssessmentEvent.objects.order_by("pk"))
    for event in events:  # after a submission, the other may reopen: that is a way to go
        assert event.from_state == state
        state = event.to_state
    assert len(refused) == 2 - len(events)
    assert all("by now, where this is not possible" in sentence for sentence in refused)
    assert Assessment.objects.get().state == state


def test_a_save_that_waited_while_endorsement_was_requested_is_refused():
    """Whoever saves waits for the move to be complete and then sees the new state."""
    assessment = make_agreed()
    rating = IndicatorRating.objects.get(assessment=assessment, indicator__code="2.2")
    saving, refused = Event(), []

    def save():
        row = IndicatorRating.objects.get(pk=rating.pk)
        row.findings = "After the freeze."
        saving.set()
        try:
            save_rating(row, [], [], by=None, version=row.version)
        except WrongState as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    thread = Thread(target=save)
    with transaction.atomic():
        transitions.request_endorsement(assessment, by=make_user())
        thread.start()
        assert saving.wait(timeout=10)
        thread.join(timeout=0.5)
        assert thread.is_alive(), "the save went ahead of the move"
    thread.join(timeout=30)
    assert refused == ["PI 2.2 was not saved: the assessment is in “Endorsement” by now."]
    assert IndicatorRating.objects.get(pk=rating.pk).findings == "Seen."
