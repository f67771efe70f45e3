"""What a seat decided on a version."""

import hashlib
import json
from datetime import UTC

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from endorsement.models.seat import Delegation, Seat
from endorsement.models.version import ReportVersion
from scorecard.append_only import AppendOnlyModel, AppendOnlyQuerySet
from scorecard.fields import LongTextField
from scorecard.models import Indicator


class DecisionQuerySet(AppendOnlyQuerySet):
    def of(self, assessment):
        """All decisions on its versions, oldest first, with who and on what."""
        return (
            self.filter(version__assessment=assessment)
            .select_related("by", "seat__entity", "seat__membership__user", "delegation")
            .prefetch_related("objected__indicator")
            .order_by("pk")
        )


class Decision(AppendOnlyModel):
    """One answer of one seat to one version. A changed mind is a further row; the last counts."""

    class Kind(models.TextChoices):
        ENDORSE = "endorse", _("Endorsed")
        OBJECT = "object", _("Objected")
        ABSTAIN = "abstain", _("Abstained")

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="decisions")
    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=Kind)
    comment = LongTextField(_("comment"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    delegation = models.ForeignKey(  # None: the head decided in person
        Delegation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["seat", "pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_kind_is_known",
                condition=Q(kind__in=["endorse", "object", "abstain"]),
            ),
            models.CheckConstraint(
                name="decision_objection_has_a_reason",
                condition=~Q(kind="object") | ~Q(comment=""),
                violation_error_message=_("Say what you object to, so that it can be mended."),
            ),
        ]

    def __str__(self):
        return f"{self.seat}: {self.get_kind_display()}"

    @property
    def in_words(self) -> str:
        if self.kind == self.Kind.ENDORSE and self.comment:
            return gettext("Endorsed with a comment")
        return self.get_kind_display()

    @property
    def codes(self) -> list[str]:
        """The PIs that an objection names."""
        return [row.indicator.code for row in self.objected.all()]

    @property
    def in_full(self) -> str:
        """For example "Objected (2.2, 4.1)"."""
        codes = ", ".join(self.codes)
        return f"{self.in_words} ({codes})" if codes else self.in_words

    @property
    def seal(self) -> str:
        """The SHA-256 of all that was decided; the team's log names it too."""
        facts = {
            "seat": self.seat_id,
            "version": self.version.sha256,
            "kind": str(self.kind),
            "indicators": sorted(self.codes),
            "comment": self.comment,
            "by": self.by_id,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "delegation": self.delegation_id,
        }
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


class ObjectedIndicator(AppendOnlyModel):
    """One PI that an objection names."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="objected")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["decision", "indicator__dimension__number", "indicator__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "indicator"], name="objection_names_an_indicator_once"
            )
        ]

    def __str__(self):
        return f"{self.decision}: {self.indicator.code}"
