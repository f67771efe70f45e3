"""The events of an assessment stay as they were written, whoever asks for a change."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.tests.factories import make_user
from assessments.models import AssessmentEvent
from assessments.models.event import MOVES
from assessments.tests.factories import make_assessment
from scorecard.append_only import NeverChanged

pytestmark = pytest.mark.django_db


def make_event(*, move=("planning", "scoring"), comment="", **fields):
    from_state, to_state = move
    return AssessmentEvent.objects.create(
        assessment=make_assessment(),
        from_state=from_state,
        to_state=to_state,
        comment=comment,
        **{"by": make_user(), "at": timezone.now()} | fields,
    )


@pytest.mark.parametrize("move", MOVES)
def test_every_move_there_is_can_be_told(move):
    event = make_event(move=move, comment="Because.")
    assert str(event.what)
    assert event in AssessmentEvent.objects.newest_first()


@pytest.mark.parametrize(
    "move", [("planning", "endorsed"), ("accepted", "consolidation"), ("scoring", "planning")]
)
def test_no_other_move_can_be_told(move):
    with pytest.raises(IntegrityError, match="assessment_event_is_a_move_there_is"):
        make_event(move=move, comment="Because.")


@pytest.mark.parametrize("state", ["endorsement", "endorsed", "submitted"])
def test_no_way_back_is_told_without_a_reason(state):
    with pytest.raises(IntegrityError, match="goes_back_has_a_reason"):
        make_event(move=(state, "consolidation"))


def test_an_event_cannot_be_saved_again_or_deleted():
    event = make_event()
    event.comment = "Never happened."
    with pytest.raises(NeverChanged, match="kept as it was written"):
        event.save()
    with pytest.raises(NeverChanged, match="kept as it was written"):
        event.delete()
    assert AssessmentEvent.objects.get().comment == ""


def test_events_cannot_be_changed_or_deleted_as_a_set():
    make_event()
    with pytest.raises(NeverChanged, match="never changed"):
        AssessmentEvent.objects.update(comment="Never happened.")
    with pytest.raises(NeverChanged, match="never deleted"):
        AssessmentEvent.objects.filter(comment="").delete()
    assert AssessmentEvent.objects.get().comment == ""


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assessments_assessmentevent SET comment = 'Never happened.'",
        "DELETE FROM assessments_assessmentevent",
    ],
)
def test_the_database_itself_refuses_to_change_events(statement):
    event = make_event()
    with (
        pytest.raises(DatabaseError, match="are added, never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AssessmentEvent.objects.get() == event
