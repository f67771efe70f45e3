"""What happened to an action point."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from actionplan.models.point import ActionPoint
from scorecard.fields import LongTextField


class ActionPointEvent(models.Model):
    """One move of an action point. Rows are added, never edited."""

    class Kind(models.TextChoices):
        ADDED = "added", _("Added")
        STARTED = "started", _("Started")
        CLAIMED = "claimed", _("Said to be done")
        VERIFIED = "verified", _("Verified as done")
        DROPPED = "dropped", _("Dropped")
        REOPENED = "reopened", _("Opened again")
        CARRIED = "carried", _("Carried into the next plan")

    action_point = models.ForeignKey(ActionPoint, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    from_status = models.CharField(max_length=10, choices=ActionPoint.Status, blank=True)
    to_status = models.CharField(max_length=10, choices=ActionPoint.Status)
    comment = LongTextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["action_point", "-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="action_point_event_kind_is_known",
                condition=Q(
                    kind__in=[
                        "added",
                        "started",
                        "claimed",
                        "verified",
                        "dropped",
                        "reopened",
                        "carried",
                    ]
                ),
            )
        ]

    def __str__(self):
        return f"{self.action_point}: {self.get_kind_display()}"
