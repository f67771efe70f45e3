"""Uploads that wait for a decision, and where imported things came from."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import CountryTeam, User
from actionplan.models import ActionPoint, Activity
from assessments.models import Assessment, IndicatorRating
from evidence.names import MAX_NAME

WAITS = timedelta(days=7)
UNREAD_FOR = timedelta(days=1)


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
        name = "workbook:history_dry_run" if self.assessment_id is None else "workbook:dry_run"
        return reverse(name, args=[self.pk])

    @property
    def is_waiting(self):
        return self.state == self.State.WAITING

    @property
    def is_written(self):
        return self.state == self.State.WRITTEN


class UploadQuerySet(models.QuerySet):
    def forgotten(self, *, now):
        """Those that nobody has read or tried again for a day."""
        return self.filter(uploaded_at__lte=now - UNREAD_FOR)


class Upload(models.Model):
    """A workbook that has arrived and is not read yet; the run takes its place, and its key.

    In the database and not on the disk: a few MB for a moment, gone with the row whatever happens,
    and within reach of a worker on another machine.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(CountryTeam, on_delete=models.CASCADE, related_name="+")
    assessment = models.ForeignKey(
        Assessment, null=True, on_delete=models.CASCADE, related_name="+"
    )
    file_name = models.CharField(max_length=MAX_NAME)
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    objects = UploadQuerySet.as_manager()

    def __str__(self):
        return self.file_name

    def get_absolute_url(self):
        """The page on which it was uploaded, to upload another one."""
        if self.assessment_id is None:
            return reverse("workbook:history_upload", args=[self.team.code])
        return reverse("workbook:upload", args=[self.assessment_id])


class ColumnMemory(models.Model):
    """Which column of a team's own workbooks is what, by the name of the column."""

    team = models.OneToOneField(CountryTeam, on_delete=models.CASCADE, related_name="+")
    roles = models.JSONField(default=dict)  # names of foreign columns, without their year
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    def __str__(self):
        return str(self.team)


def _only(name: str) -> Q:
    """Of the things that an imported row can tell of, this one and no other."""
    names = ("indicator_rating", "action_point", "activity")
    return Q(**{f"{other}__isnull": other != name for other in names})


class ImportedRow(models.Model):
    """Where something came from that was taken in from a foreign workbook."""

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="rows")
    sheet = models.CharField(max_length=100)
    row = models.PositiveIntegerField()
    indicator_rating = models.OneToOneField(
        IndicatorRating, null=True, on_delete=models.CASCADE, related_name="+"
    )
    action_point = models.OneToOneField(
        ActionPoint, null=True, on_delete=models.CASCADE, related_name="+"
    )
    activity = models.OneToOneField(Activity, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["run", "row"]
        constraints = [
            models.CheckConstraint(
                name="imported_row_belongs_to_one_thing",
                condition=_only("indicator_rating") | _only("action_point") | _only("activity"),
                violation_error_message=_("An imported row tells of one thing."),
            )
        ]

    def __str__(self):
        return gettext("imported from “%(file)s”, sheet “%(sheet)s”, row %(row)s") % {
            "file": self.run.file_name,
            "sheet": self.sheet,
            "row": self.row,
        }
