"""Uploads that wait for a decision, and where imported things came from."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import CountryTeam, User
from assessments.models import Assessment
from evidence.names import MAX_NAME

WAITS = timedelta(days=7)


class ImportRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(team__in=CountryTeam.objects.visible_to(user))

    def of_assessments(self):
        return self.filter(assessment__isnull=False)

    def of_history(self):
        return self.filter(assessment__isnull=True)

    def waiting(self, *, now):
        return self.filter(state=ImportRun.State.WAITING, expires_at__gt=now)

    def expired(self, *, now):
        return self.filter(state=ImportRun.State.WAITING, expires_at__lte=now)

    def written(self):
        return self.filter(state=ImportRun.State.WRITTEN).select_related("decided_by")


class ImportRun(models.Model):
    """One uploaded workbook: as it was read, until somebody decides; then what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for a decision")
        WRITTEN = "written", _("Written")
        DISCARDED = "discarded", _("Discarded")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(CountryTeam, on_delete=models.PROTECT, related_name="import_runs")
    assessment = models.ForeignKey(  # null: earlier years, from a foreign workbook
        Assessment, null=True, on_delete=models.PROTECT, related_name="import_runs"
    )
    file_name = models.CharField(max_length=MAX_NAME)
    sha256 = models.CharField(max_length=64)
    content = models.JSONField()  # grid.Book, copied from a foreign file; {} once decided
    choices = models.JSONField(default=dict)  # which column is what, see history.mapping
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    change_count = models.PositiveIntegerField(default=0)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                name="import_run_state_is_known",
                condition=Q(state__in=["waiting", "written", "discarded"]),
            ),
            models.CheckConstraint(
                name="import_run_decision_is_complete",
                condition=Q(state="waiting", decided_by__isnull=True, decided_at__isnull=True)
                | Q(~Q(state="waiting"), decided_by__isnull=False, decided_at__isnull=False),
                violation_error_message=_("A decided import records who decided and when."),
            ),
        ]

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        return reverse("workbook:dry_run", args=[self.pk])

    @property
    def is_waiting(self):
        return self.state == self.State.WAITING

    @property
    def is_written(self):
        return self.state == self.State.WRITTEN
