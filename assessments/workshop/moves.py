"""What every move of a workshop has in common: the lock, the state, the trace."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access_table import STATES
from assessments.models import Assessment, Workshop, WorkshopEvent
from assessments.transitions import TransitionRefused

ALLOWED_FROM = "consolidation"


def locked(workshop: Workshop, *, may_be_closed: bool = False) -> Workshop:
    """Re-read the workshop under a lock, so that no vote slips in while another move is made."""
    lock_assessment(workshop.assessment_id)
    workshop = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)
    if not (workshop.is_open or may_be_closed):
        raise TransitionRefused(
            _("The workshop is closed. The coordinator can take it up again in the Room.")
        )
    return workshop


def lock_assessment(pk) -> Assessment:
    """Hold the assessment in consolidation until the transaction ends."""
    rows = Assessment.objects.select_for_update(of=("self",), no_key=True)
    assessment = rows.get(pk=pk)
    if assessment.state != ALLOWED_FROM:
        raise TransitionRefused(
            _("The assessment is in “%(state)s”; workshops take place in “%(allowed)s”.")
            % {"state": STATES[assessment.state], "allowed": STATES[ALLOWED_FROM]}
        )
    return assessment


def recorded(
    workshop, kind, *, by, at, rating=None, entity=None, changed=(), is_on_hands=True
) -> Workshop:
    """Write down what happened, and let every page of the workshop know that it is old.

    changed: fields of the workshop itself that the move has set. is_on_hands: False for what
    the Hands of others do not show.
    """
    WorkshopEvent.objects.create(
        workshop=workshop, kind=kind, indicator_rating=rating, entity=entity, by=by, at=at
    )
    workshop.version += 1
    if is_on_hands:
        workshop.hands_version = workshop.version
    workshop.save(update_fields=["version", "hands_version", *changed])
    return workshop


def moment(at):
    return at or timezone.now()
