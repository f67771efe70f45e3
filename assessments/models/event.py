"""What happened to an assessment: the moves it made from state to state."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.access_table import STATES
from accounts.models import User
from assessments.models.assessment import Assessment
from scorecard.append_only import AppendOnlyModel, AppendOnlyQuerySet
from scorecard.fields import LongTextField

# Every move there is, from and to. "" is before the assessment was set up.
# Written out once more in the constraints below, which must not change when this does.
MOVES = {
    ("", "planning"): _("set up the assessment"),
    ("", "imported"): _("took the year in from a workbook"),
    ("planning", "scoring"): _("opened scoring"),
    ("scoring", "consolidation"): _("opened consolidation"),
    ("consolidation", "endorsement"): _("requested endorsement"),
    ("endorsement", "endorsed"): _("completed the endorsement"),
    ("endorsed", "submitted"): _("submitted the assessment to UN Women"),
    ("submitted", "accepted"): _("accepted the assessment"),
    ("endorsement", "consolidation"): _("reopened the assessment"),
    ("endorsed", "consolidation"): _("reopened the assessment"),
    ("submitted", "consolidation"): _("sent the assessment back to consolidation"),
}


class AssessmentEventQuerySet(AppendOnlyQuerySet):
    def newest_first(self):
        return self.select_related("by").order_by("-at", "-pk")

    def back_after_submission(self):
        return self.filter(from_state="submitted", to_state="consolidation")


class AssessmentEvent(AppendOnlyModel):
    """One move of an assessment. by is None where a deadline passed and nobody pressed a button."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="events")
    from_state = models.CharField(max_length=20, choices=list(STATES.items()), blank=True)
    to_state = models.CharField(max_length=20, choices=list(STATES.items()))
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    comment = LongTextField()

    objects = AssessmentEventQuerySet.as_manager()

    class Meta:
        ordering = ["assessment", "at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="assessment_event_is_a_move_there_is",
                condition=Q(from_state="", to_state__in=["planning", "imported"])
                | Q(from_state="planning", to_state="scoring")
                | Q(from_state="scoring", to_state="consolidation")
                | Q(from_state="consolidation", to_state="endorsement")
                | Q(from_state="endorsement", to_state="endorsed")
                | Q(from_state="endorsed", to_state="submitted")
                | Q(from_state="submitted", to_state="accepted")
                | Q(
                    from_state__in=["endorsement", "endorsed", "submitted"],
                    to_state="consolidation",
                ),
                violation_error_message=_("An assessment cannot make this move."),
            ),
            models.CheckConstraint(
                name="assessment_event_that_goes_back_has_a_reason",
                condition=Q(from_state="scoring") | ~Q(to_state="consolidation") | ~Q(comment=""),
                violation_error_message=_("Say why the assessment goes back to consolidation."),
            ),
        ]

    def __str__(self):
        return f"{self.assessment}: {self.from_state or '-'} > {self.to_state}"

    @property
    def what(self):
        """The move in words: "opened scoring"."""
        return MOVES[self.from_state, self.to_state]
