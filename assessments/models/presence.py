"""Who is writing where at this moment."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessments.models.indicator_rating import IndicatorRating

FRESH = timedelta(seconds=45)  # the page reports every 15


class PresenceQuerySet(models.QuerySet):
    def beside(self, user, rating, *, now: datetime):
        """Others who were in the PI's form within the last moments."""
        return (
            self.filter(indicator_rating=rating, seen_at__gt=now - FRESH)
            .exclude(user=user)
            .select_related("user")
        )


class Presence(models.Model):
    """A person in the form of one PI, and the field they are in. Overwritten as they move."""

    indicator_rating = models.ForeignKey(
        IndicatorRating, on_delete=models.CASCADE, related_name="presences"
    )
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="presences")
    field = models.CharField(max_length=100, blank=True)
    seen_at = models.DateTimeField()

    objects = PresenceQuerySet.as_manager()

    class Meta:
        ordering = ["user__name"]
        verbose_name = _("presence")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator_rating", "user"], name="presence_is_one_row_a_person"
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.field}"
