"""The consolidation workshop of an assessment: who came, and what happened when."""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models import Entity, User
from assessments.models.assessment import Assessment
from assessments.models.indicator_rating import IndicatorRating

# Written out, as a constraint is: it must not change when the choices are reworded.
EVENT_IS_KNOWN = Q(
    kind__in=[
        "started", "arrived", "delegate-named", "indicator-shown", "round-opened", "voted",
        "vote-changed", "revealed", "late-votes-allowed", "agreed", "dissent-recorded",
        "dissent-withdrawn", "closed", "resumed",
    ]
)  # fmt: skip


class WorkshopQuerySet(models.QuerySet):
    def of_teams_of(self, user):
        """Workshops of the person's own teams: nobody else may look on.

        By joins, for polling asks this again and again. Two roles give the same row twice.
        """
        return self.filter(
            assessment__team__memberships__user=user,
            assessment__team__memberships__ended_on__isnull=True,
        )

    def with_stage(self):
        """Fetch, in one query, what every page asks first: assessment, edition, which PI.

        current_indicator: of the PI that is taken up, by primary key; None without one.
        previous_rating, previous_year: what that PI was rated in the assessment before.
        """
        before = Assessment.objects.filter(
            team=OuterRef(OuterRef("assessment__team")),
            year__lt=OuterRef(OuterRef("assessment__year")),
        ).order_by("-year")
        previous = IndicatorRating.objects.filter(
            assessment=Subquery(before.values("pk")[:1]),
            indicator__code=OuterRef("current__indicator__code"),
        ).order_by()
        return self.select_related("assessment__team", "assessment__framework").annotate(
            current_indicator=F("current__indicator"),
            previous_rating=Subquery(previous.values("rating")),
            previous_year=Subquery(previous.values("assessment__year")),
        )


class Workshop(models.Model):
    """The workshop of one assessment. It can be left, closed and taken up again.

    version: rises with everything that a page could show, so that a page knows what it has.
    hands_version: the version that last changed what every Hand shows. Who comes, and who votes
    blind, is seen in the Room only: else each vote would make all phones ask for a page anew.
    current: the PI that everybody looks at.
    """

    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="workshop")
    code = models.CharField(_("code to join"), max_length=6, unique=True)
    current = models.ForeignKey(
        IndicatorRating, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    hands_version = models.PositiveIntegerField(default=1)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                name="workshop_code_is_six_characters",
                condition=Q(code__regex=r"^[A-Z0-9]{6}$"),
                violation_error_message=_("A code to join has six capital letters and digits."),
            ),
            models.CheckConstraint(
                name="workshop_closing_is_complete",
                condition=Q(closed_at__isnull=True, closed_by__isnull=True)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                violation_error_message=_("A closed workshop records who closed it and when."),
            ),
            models.CheckConstraint(
                name="workshop_closes_after_it_opens",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                violation_error_message=_("A workshop closes after it opens."),
            ),
        ]

    def __str__(self):
        return f"{self.assessment}: workshop"

    @property
    def is_open(self):
        return self.closed_at is None


class Attendance(models.Model):
    """One person at the workshop, for one entity: the own one, or as the delegate of another.

    arrived_at: None for a delegate who has been named and has not come yet.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="attendances")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    arrived_at = models.DateTimeField(null=True, blank=True)
    delegated_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["entity__acronym", "person__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "entity", "person"],
                name="attendance_is_one_row_for_person_and_entity",
            ),
            models.CheckConstraint(
                name="attendance_is_by_arrival_or_by_delegation",
                condition=Q(arrived_at__isnull=False) | Q(delegated_by__isnull=False),
                violation_error_message=_("Whoever is listed has come, or was named a delegate."),
            ),
        ]

    def __str__(self):
        return f"{self.workshop}, {self.person} for {self.entity}"


class WorkshopEvent(models.Model):
    """One thing that happened in a workshop. Added, never changed; never says how anybody voted."""

    class Kind(models.TextChoices):
        STARTED = "started", _("Workshop started")
        ARRIVED = "arrived", _("Came to the workshop")
        DELEGATE_NAMED = "delegate-named", _("Delegate named")
        INDICATOR_SHOWN = "indicator-shown", _("PI taken up")
        ROUND_OPENED = "round-opened", _("Round opened")
        VOTED = "voted", _("Voted")
        VOTE_CHANGED = "vote-changed", _("Changed the vote")
        REVEALED = "revealed", _("Votes revealed")
        LATE_VOTES_ALLOWED = "late-votes-allowed", _("Late votes allowed")
        AGREED = "agreed", _("Rating agreed")
        DISSENT_RECORDED = "dissent-recorded", _("Dissent recorded")
        DISSENT_WITHDRAWN = "dissent-withdrawn", _("Dissent withdrawn")
        CLOSED = "closed", _("Workshop closed")
        RESUMED = "resumed", _("Workshop taken up again")

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20, choices=Kind)
    indicator_rating = models.ForeignKey(
        IndicatorRating, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    entity = models.ForeignKey(
        Entity, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="workshop_event_kind_is_known", condition=EVENT_IS_KNOWN)
        ]

    def __str__(self):
        return f"{self.workshop}: {self.get_kind_display()}"
