"""Who is asked, under which rule, and who may answer in their place."""

from django.db import models
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Entity, Membership, User
from assessments.models import Assessment
from endorsement.models.version import ReportVersion
from scorecard.append_only import AppendOnlyModel

Role = Membership.Role


class EndorsementRule(models.Model):
    """When a report counts as endorsed. due: the last day, by the team's calendar, to decide."""

    class Kind(models.TextChoices):
        ALL = "all", _("Everybody decides and nobody objects")
        QUORUM = "quorum", _("A number of heads endorse")
        NO_OBJECTION = "no_objection", _("Nobody objects by a day")

    assessment = models.OneToOneField(
        Assessment, on_delete=models.PROTECT, related_name="endorsement_rule"
    )
    kind = models.CharField(_("rule"), max_length=15, choices=Kind, default=Kind.ALL)
    quorum = models.PositiveSmallIntegerField(_("how many"), null=True, blank=True)
    due = models.DateField(_("decide by"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="endorsement_rule_kind_is_known",
                condition=Q(kind__in=["all", "quorum", "no_objection"]),
            ),
            models.CheckConstraint(
                name="endorsement_rule_quorum_has_a_number",
                condition=Q(kind="quorum", quorum__isnull=False, quorum__gte=1)
                | Q(~Q(kind="quorum"), quorum__isnull=True),
                violation_error_message=_("Say how many have to endorse, at least one."),
            ),
            models.CheckConstraint(
                name="endorsement_rule_silence_has_a_last_day",
                condition=~Q(kind="no_objection") | Q(due__isnull=False),
                violation_error_message=_("Say by which day an objection has to come."),
            ),
        ]

    def __str__(self):
        return gettext("%(assessment)s: %(rule)s") % {
            "assessment": self.assessment,
            "rule": self.get_kind_display(),
        }


VALID = Q(
    membership__ended_on__isnull=True, membership__role=F("role"), membership__entity=F("entity")
)


class SeatQuerySet(models.QuerySet):
    def of(self, assessment):
        return self.filter(assessment=assessment).select_related(
            "entity", "membership__user", "membership__entity", "assessment__team"
        )

    def valid(self):
        """Those whose person still serves in the role and for the entity of the seat."""
        return self.filter(VALID)

    def with_validity(self):
        """is_valid of each, as in valid()."""
        return self.annotate(is_valid=VALID)

    def waiting(self):
        """Valid seats that have not answered what they were last asked, while they still can."""
        asked = self.valid().filter(assessment__state="endorsement")
        asked = asked.annotate(
            asked_on=Max("asks__version__number"), decided_on=Max("decisions__version__number")
        )
        return asked.filter(Q(decided_on__isnull=True) | Q(decided_on__lt=F("asked_on")))

    def decided_by(self, user, *, at):
        """Those of the person, or left to them on the day that the seat's team has then."""
        left = Delegation.objects.filter(officer__user=user).select_related("officer__team")
        standing = [row.seat_id for row in left if row.stands(row.officer.team.day(at))]
        return self.filter(Q(membership__user=user) | Q(pk__in=standing))


class Seat(models.Model):
    """One head of agency, or the resident coordinator, who is asked to endorse one report.

    A successor gets a seat of their own; the seat of whoever has left counts no more.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=20, choices=Role)
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="seats")
    opened_at = models.DateTimeField()

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["assessment", "-role", "entity__acronym"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "membership", "role", "entity"],
                name="seat_is_unique_in_assessment",
            ),
            models.CheckConstraint(
                name="seat_is_of_a_head_of_agency_or_the_coordinator",
                condition=Q(role__in=["head_of_agency", "resident_coordinator"]),
                violation_error_message=_("Heads of agency and the RC have a seat, nobody else."),
            ),
        ]

    def __str__(self):
        return f"{self.membership.function}, {self.entity}"

    def get_absolute_url(self):
        return reverse("endorsement:seat", args=[self.pk])

    @property
    def is_resident_coordinator(self):
        return self.role == Role.RESIDENT_COORDINATOR


class Ask(AppendOnlyModel):
    """One seat is asked to decide on one version. Earlier decisions of the seat count no more."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="asks")
    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="asks")
    at = models.DateTimeField()

    class Meta:
        ordering = ["seat", "version__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "version"], name="seat_is_asked_once_on_a_version"
            )
        ]

    def __str__(self):
        return f"{self.seat}: {self.version}"


class DelegationQuerySet(models.QuerySet):
    def standing(self, *, on):
        """Those that let somebody decide on that day."""
        return self.filter(withdrawn_at__isnull=True, first_day__lte=on, last_day__gte=on)

    def not_over(self, *, on):
        return self.filter(withdrawn_at__isnull=True, last_day__gte=on)


class Delegation(models.Model):
    """A head's word that an officer-in-charge decides for the seat, between two days."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="delegations")
    officer = models.ForeignKey(
        Membership,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("officer-in-charge"),
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["seat", "first_day"]
        constraints = [
            models.CheckConstraint(
                name="delegation_days_are_in_order",
                condition=Q(first_day__lte=F("last_day")),
                violation_error_message=_("A delegation ends after it begins."),
            ),
            models.CheckConstraint(
                name="delegation_withdrawal_is_complete",
                condition=Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                violation_error_message=_("A withdrawn delegation records by whom and when."),
            ),
        ]

    def __str__(self):
        return f"{self.seat}: {self.officer.user}, {self.first_day} - {self.last_day}"

    def stands(self, on):
        """Whether the officer may decide on that day."""
        is_then = self.first_day <= on <= self.last_day
        return is_then and self.withdrawn_at is None and self.officer.ended_on is None
