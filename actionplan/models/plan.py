"""The plan of one Cooperation Framework."""

from django.db import models
from django.urls import reverse

from accounts.models import CooperationFramework


class ActionPlan(models.Model):
    """The multi-year plan of one Cooperation Framework. Its Year 1 is first_year."""

    cooperation_framework = models.OneToOneField(
        CooperationFramework, on_delete=models.PROTECT, related_name="action_plan"
    )
    title = models.CharField(max_length=200)
    first_year = models.PositiveSmallIntegerField()

    def __str__(self):
        return f"{self.title}, {self.cooperation_framework}"

    def get_absolute_url(self):
        cycle = self.cooperation_framework
        return reverse("actionplan:plan", args=[cycle.team.code, cycle.first_year])

    @property
    def team(self):
        return self.cooperation_framework.team
