"""One agreed action: for which PI, by whom, until when, with what, and how far it is."""

import re
from decimal import Decimal

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Entity, User
from actionplan.models.plan import ActionPlan
from actionplan.models.point_constraints import POINT_CONSTRAINTS
from actionplan.models.point_queries import ActionPointQuerySet
from scorecard.fields import LongTextField
from scorecard.models import Criterion, Indicator

HEADLINE = 160  # characters
_LIST_SIGN = re.compile(r"^\s*([-*]|\d+[.)])\s+")


def amount_field(label):
    """An amount of money. Never a float: 0.1 is not a number there."""
    return models.DecimalField(
        label,
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0), message=_("An amount is 0 or more."))],
    )


class ActionPoint(models.Model):
    """One agreed action, under the PI it mainly serves. Without text: only activities are kept.

    It is done when somebody of one entity claims so and a person of another one verifies it
    with a document. A point that went into the next plan names what it became there.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        UNDER_WAY = "under_way", _("Under way")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    OPEN = (Status.PLANNED, Status.UNDER_WAY)

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="action_points")
    number = models.PositiveSmallIntegerField()
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="action_points", verbose_name=_("PI")
    )
    other_indicators = models.ManyToManyField(
        Indicator, blank=True, related_name="further_action_points", verbose_name=_("other PIs")
    )
    criterion = models.ForeignKey(
        Criterion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="action_points",
        verbose_name=_("criterion to close"),
    )
    text = LongTextField(_("action point"))
    lead = models.ForeignKey(
        Entity,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_action_points",
        verbose_name=_("lead entity"),
    )
    supporting = models.ManyToManyField(
        Entity,
        blank=True,
        related_name="supported_action_points",
        verbose_name=_("supporting entities"),
    )
    resources_required = amount_field(_("resources required"))
    resources_available = amount_field(_("resources available"))
    currency = models.CharField(
        _("currency"),
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three capital letters, such as USD."))],
    )  # ISO 4217, of both amounts
    start = models.DateField(_("start"), null=True, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.PLANNED, editable=False
    )
    dropped_reason = LongTextField(_("reason for dropping"), editable=False)
    claimed_by = models.ForeignKey(
        User, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    claimed_entity = models.ForeignKey(
        Entity, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True, editable=False)
    verified_by = models.ForeignKey(
        User, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    verified_entity = models.ForeignKey(
        Entity, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    verified_at = models.DateTimeField(null=True, editable=False)
    # By name: evidence stands beside this app, see docs/decisions.
    verification = models.ForeignKey(
        "evidence.Document",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="verified_action_points",
    )
    became = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="came_from"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)
    changed_by = models.ForeignKey(
        User, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = ActionPointQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[other_indicators, supporting])

    class Meta:
        ordering = ["plan", "number"]
        constraints = POINT_CONSTRAINTS

    def __str__(self):
        return f"{self.number}. {self.headline}"

    def get_absolute_url(self):
        return reverse("actionplan:point", args=[self.pk])

    @property
    def headline(self) -> str:
        """Its text in one line, with a mark where it is cut."""
        if not self.text:
            return gettext("No action was agreed; only activities are recorded.")
        lines = [_LIST_SIGN.sub("", line) for line in self.text.splitlines() if line.strip()]
        return Truncator(" · ".join(lines)).chars(HEADLINE)

    @property
    def resources_words(self) -> str:
        """Return "USD 12,000.00 required, USD 3,000.00 available"; "" where no amount is given."""
        amounts = [
            (self.resources_required, gettext("%(currency)s %(amount)s required")),
            (self.resources_available, gettext("%(currency)s %(amount)s available")),
        ]
        return ", ".join(
            words
            % {
                "currency": self.currency,
                "amount": number_format(amount, 2, force_grouping=True),
            }
            for amount, words in amounts
            if amount is not None
        )

    @property
    def is_open(self):
        return self.status in self.OPEN and self.became_id is None

    @property
    def is_claimed(self):
        """Somebody says that it is done, and nobody has verified it yet."""
        return self.claimed_at is not None and self.status != self.Status.DONE

    @property
    def entities(self) -> set[int]:
        """Primary keys of the entities whose members may change it: lead and supporting."""
        return {entity.pk for entity in self.supporting.all()} | {self.lead_id} - {None}
