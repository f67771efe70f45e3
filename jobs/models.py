"""Long work that people ask for: how far it is, and what came of it."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import CountryTeam, User

# Longer than any step may take: whoever has said nothing since then was killed.
LOST_AFTER = timedelta(minutes=10)
RECENT = timedelta(hours=24)


class JobQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own and nobody else's: what it made is looked up again for whoever fetches it."""
        return self.filter(requested_by=user)

    def in_team(self, team):
        return self.filter(team=team)

    def unfinished(self):
        return self.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])

    def lost(self, *, now):
        return self.filter(state=Job.State.RUNNING, heard_at__lt=now - LOST_AFTER)

    def recent(self, *, now):
        return self.filter(requested_at__gte=now - RECENT)


class Job(models.Model):
    """One piece of long work, asked for by one person in one team.

    work: where the function is that does it, "report.files.make". Named by code, never by people.
    arguments: what it is given, to be given again when somebody tries again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for its turn")
        RUNNING = "running", _("Under way")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Not done")

    title = models.CharField(max_length=200)
    team = models.ForeignKey(CountryTeam, on_delete=models.PROTECT, related_name="jobs")
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="jobs")
    requested_at = models.DateTimeField(default=timezone.now)
    work = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempt = models.PositiveSmallIntegerField(default=1)
    heard_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=200, blank=True)
    steps_done = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)  # 0: not known
    # What was made; of work that failed, where to go on instead of trying again.
    result_label = models.CharField(max_length=100, blank=True)
    result_url = models.CharField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    refusal = models.TextField(blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        indexes = [models.Index(fields=["requested_by", "requested_at"], name="job_of_person")]
        constraints = [
            models.CheckConstraint(
                name="job_state_is_known",
                condition=Q(state__in=["waiting", "running", "done", "failed"]),
            ),
            models.CheckConstraint(
                name="job_that_is_done_leads_to_its_result",
                condition=Q(state="done") & ~Q(result_url="")
                | Q(state="failed", note="")
                | Q(state__in=["waiting", "running"], result_url="", result_label="", note=""),
                violation_error_message=_("Work that is done, and no other, has a result."),
            ),
            models.CheckConstraint(
                name="job_that_failed_says_why",
                condition=Q(state="failed") & ~Q(refusal="") | ~Q(state="failed") & Q(refusal=""),
                violation_error_message=_("Work that failed, and no other, says why."),
            ),
            models.CheckConstraint(
                name="job_has_ended_when_done_or_failed",
                condition=Q(state__in=["done", "failed"], ended_at__isnull=False)
                | Q(state__in=["waiting", "running"], ended_at__isnull=True),
                violation_error_message=_("Work that has ended, and no other, says when."),
            ),
            models.CheckConstraint(
                name="job_that_runs_was_heard_of",
                condition=~Q(state="running") | Q(heard_at__isnull=False),
                violation_error_message=_("Work under way says when it was last heard of."),
            ),
            models.CheckConstraint(
                name="job_does_no_more_steps_than_it_has",
                condition=Q(steps_done__lte=F("steps")),
                violation_error_message=_("There are more steps done than there are steps."),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("jobs:detail", args=[self.pk])

    @property
    def is_ended(self):
        return self.state in (self.State.DONE, self.State.FAILED)

    @property
    def is_done(self):
        return self.state == self.State.DONE

    @property
    def is_lost(self):
        """Whether whoever did it was killed in the middle."""
        is_running = self.state == self.State.RUNNING
        return is_running and self.heard_at < timezone.now() - LOST_AFTER

    @property
    def is_overdue(self):
        """Whether nobody has taken it up for so long that perhaps nobody is there."""
        is_waiting = self.state == self.State.WAITING
        return is_waiting and self.requested_at < timezone.now() - timedelta(minutes=2)

    @property
    def has_failed(self):
        return self.state == self.State.FAILED or self.is_lost

    @property
    def may_be_retried(self):
        return self.has_failed and not self.result_url
