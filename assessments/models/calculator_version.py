"""Every state that the calculator of a PI was saved in."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from accounts.models import User
from assessments.models.indicator_rating import IndicatorRating
from scorecard.append_only import AppendOnlyModel


class CalculatorVersion(AppendOnlyModel):
    """The numbers of one save: head and rows hold what the forms take to show them again."""

    indicator_rating = models.ForeignKey(
        IndicatorRating, on_delete=models.PROTECT, related_name="calculator_versions"
    )
    number = models.PositiveIntegerField()
    head = models.JSONField(encoder=DjangoJSONEncoder)
    rows = models.JSONField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["indicator_rating", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator_rating", "number"], name="calculator_version_number_is_unique"
            )
        ]

    def __str__(self):
        return f"{self.indicator_rating}, {self.number}"
