"""What was undertaken, year by year."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import User
from actionplan.models.point import ActionPoint
from scorecard.fields import LongTextField


class Activity(models.Model):
    """What was undertaken for one action point in one calendar year.

    Once that year's report goes to the heads of agency the text stays as it is; what comes to
    light afterwards is added as an addition. by is None for what was loaded and not written here.
    """

    action_point = models.ForeignKey(
        ActionPoint, on_delete=models.CASCADE, related_name="activities"
    )
    year = models.PositiveSmallIntegerField()
    text = LongTextField(_("what was undertaken"))
    no_action = models.BooleanField(_("no action was taken"), default=False)
    is_addition = models.BooleanField(default=False, editable=False)
    by = models.ForeignKey(
        User, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["action_point", "year", "is_addition", "pk"]
        verbose_name_plural = _("activities")
        constraints = [
            models.UniqueConstraint(
                fields=["action_point", "year"],
                condition=Q(is_addition=False),
                name="activity_is_one_text_a_year",
                violation_error_message=_("This year has its text already."),
            ),
            models.CheckConstraint(
                name="activity_has_text",
                condition=~Q(text="") | Q(no_action=True),
                violation_error_message=_("Say what was undertaken, or that no action was taken."),
            ),
            models.CheckConstraint(
                name="activity_addition_has_text",
                condition=Q(is_addition=False) | (~Q(text="") & Q(no_action=False)),
                violation_error_message=_("An addition says what was undertaken."),
            ),
            models.CheckConstraint(
                name="activity_records_who_wrote_it",
                condition=Q(by__isnull=True, at__isnull=True)
                | Q(by__isnull=False, at__isnull=False),
                violation_error_message=_("An activity records who wrote it and when."),
            ),
        ]

    def __str__(self):
        return f"{self.action_point.number}, {self.year}"
