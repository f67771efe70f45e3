"""Which reminders went out, so that nobody gets the same twice on one day."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessments.models.assessment import Assessment


class ReminderSent(models.Model):
    """One mail to one person on one day: the digest over all teams, or a coordinator's reminder.

    The row is written before the mail goes and taken back if it does not, so that of two runs at
    once only one sends.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    assessment = models.ForeignKey(  # null: the digest over all teams
        Assessment, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        ordering = ["-day", "user"]
        verbose_name_plural = _("reminders sent")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "day"],
                condition=Q(assessment__isnull=True),
                name="reminder_digest_goes_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["user", "day", "assessment"],
                name="reminder_of_an_assessment_goes_once_a_day",
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.day}"
