"""What a team sets out to do for better ratings, and what it did year by year."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import CooperationFramework
from scorecard.fields import LongTextField
from scorecard.models import Indicator


class ActionPlan(models.Model):
    """The multi-year plan of one Cooperation Framework. Its Year 1 is first_year."""

    cooperation_framework = models.OneToOneField(
        CooperationFramework, on_delete=models.PROTECT, related_name="action_plan"
    )
    title = models.CharField(max_length=200)
    first_year = models.PositiveSmallIntegerField()

    def __str__(self):
        return f"{self.title}, {self.cooperation_framework}"


class ActionPointQuerySet(models.QuerySet):
    def of_cycle(self, cooperation_framework):
        return (
            self.filter(plan__cooperation_framework=cooperation_framework)
            .select_related("plan", "indicator__dimension")
            .prefetch_related("activities")
            .order_by("number")
        )


class ActionPoint(models.Model):
    """One agreed action, under the PI it mainly serves. Without text: only activities are kept."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="action_points")
    number = models.PositiveSmallIntegerField()
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="action_points")
    text = LongTextField()

    objects = ActionPointQuerySet.as_manager()

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "number"], name="action_point_number_is_unique_in_plan"
            )
        ]

    def __str__(self):
        return f"{self.number}. {self.text[:60]}"


class Activity(models.Model):
    """What was undertaken for one action point in one calendar year."""

    action_point = models.ForeignKey(
        ActionPoint, on_delete=models.CASCADE, related_name="activities"
    )
    year = models.PositiveSmallIntegerField()
    text = LongTextField(blank=False)

    class Meta:
        ordering = ["action_point", "year"]
        verbose_name_plural = _("activities")
        constraints = [
            models.UniqueConstraint(
                fields=["action_point", "year"], name="activity_is_one_text_a_year"
            ),
            models.CheckConstraint(name="activity_has_text", condition=~Q(text="")),
        ]

    def __str__(self):
        return f"{self.action_point.number}, {self.year}"
