"""What a rating rests on: the findings by criterion, and the numbers."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from assessments.models.indicator_rating import IndicatorRating
from scorecard import rating as engine
from scorecard.fields import LongTextField
from scorecard.models import (
    Criterion,
    Measure,
)


class CriterionFinding(models.Model):
    """Whether one criterion is met in one rating, and what was found. None is undecided."""

    indicator_rating = models.ForeignKey(
        IndicatorRating, on_delete=models.CASCADE, related_name="criterion_findings"
    )
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="findings")
    is_met = models.BooleanField(null=True, blank=True)
    finding = LongTextField()

    history = HistoricalRecords()

    class Meta:
        ordering = ["criterion__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator_rating", "criterion"],
                name="criterion_is_found_once_in_rating",
            )
        ]

    def __str__(self):
        return f"{self.indicator_rating} ({self.criterion.key})"


class MeasureEntry(models.Model):
    """One row of a measure: so many of so many, for example 15 of 16 indicators."""

    indicator_rating = models.ForeignKey(
        IndicatorRating, on_delete=models.CASCADE, related_name="measure_entries"
    )
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="entries")
    label = models.CharField(max_length=200, blank=True)
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField()

    history = HistoricalRecords()

    class Meta:
        ordering = ["measure", "position"]
        verbose_name_plural = _("measure entries")
        constraints = [
            models.CheckConstraint(
                name="measure_entry_is_a_part_of_a_whole",
                condition=Q(numerator__lte=F("denominator")),
                violation_error_message=_("The first number cannot exceed the second."),
            ),
            models.UniqueConstraint(
                fields=["indicator_rating", "measure", "position"],
                name="measure_entry_position_is_unique_in_rating",
            ),
        ]

    def __str__(self):
        return f"{self.label}: {self.numerator}/{self.denominator}"

    @property
    def share(self):
        return engine.share([(self.numerator, self.denominator)])
