"""A team's assessment of one year."""

from datetime import date
from functools import reduce
from itertools import combinations
from operator import and_

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.access_table import (
    ENDORSED,
    FROZEN,
    HANDED_IN,
    IMPORTED,
    SETTLED,
    STATES,
    UNTIL_CONSOLIDATED,
)
from accounts.models import CooperationFramework, CountryTeam
from scorecard.fields import LongTextField
from scorecard.models import (
    Framework,
)

# The days of the year's work, first to last.
DATES = ["planning_due", "scoring_due", "workshop_on", "endorsement_due", "submission_due"]


def _in_order(names):
    """Each date on or after each date before it, wherever both are known."""
    pairs = combinations(names, 2)
    in_order = (
        Q(**{f"{earlier}__isnull": True})
        | Q(**{f"{later}__isnull": True})
        | Q(**{f"{earlier}__lte": F(later)})
        for earlier, later in pairs
    )
    return reduce(and_, in_order)


class AssessmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Assessments of the person's own teams; for a reviewer, all that were handed in, too."""
        own = Q(team__in=CountryTeam.objects.visible_to(user))
        return self.filter(own | Q(state__in=HANDED_IN) if user.is_reviewer else own)

    def of_teams_of(self, user):
        """Assessments on which the person works: those of the own teams only."""
        return self.filter(team__in=CountryTeam.objects.visible_to(user))

    def with_context(self):
        return self.select_related("team", "cooperation_framework", "framework")

    def latest_of_each_team(self):
        newest = self.model.objects.filter(team=models.OuterRef("team")).order_by("-year")
        return self.filter(pk=models.Subquery(newest.values("pk")[:1]))

    def running(self):
        """Those in which ratings are still prepared or given."""
        return self.filter(state__in=UNTIL_CONSOLIDATED)

    def frozen(self):
        """Those in which nothing that is said of a PI changes any more."""
        return self.filter(state__in=FROZEN)

    def closed(self):
        """Those whose reports went to the heads of agency here, or further."""
        return self.frozen().exclude(state=IMPORTED)

    def endorsed(self):
        """Those that the heads of agency stand behind."""
        return self.filter(state__in=ENDORSED)

    def settled(self):
        """Those whose ratings later years may carry over: endorsed, or imported from before."""
        return self.filter(state__in=SETTLED)

    def by_due_date(self):
        return self.order_by(F("scoring_due").asc(nulls_last=True), "team__country", "-year")

    def of_edition(self, framework):
        """Those made on the same edition, in whichever revision of its texts."""
        return self.filter(framework__code=framework.code)

    def before(self, assessment):
        """The team's earlier assessments, newest first."""
        return self.filter(team=assessment.team_id, year__lt=assessment.year).order_by("-year")


class Assessment(models.Model):
    """One scoring exercise by a country team: comprehensive, or an annual update."""

    class Kind(models.TextChoices):
        COMPREHENSIVE = "comprehensive", _("Comprehensive assessment")
        ANNUAL = "annual", _("Annual progress assessment")

    team = models.ForeignKey(CountryTeam, on_delete=models.PROTECT, related_name="assessments")
    cooperation_framework = models.ForeignKey(
        CooperationFramework, on_delete=models.PROTECT, related_name="assessments"
    )
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="assessments")
    kind = models.CharField(max_length=20, choices=Kind)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, choices=list(STATES.items()), default="planning")
    planning_due = models.DateField(_("PIs chosen and assigned by"), null=True, blank=True)
    scoring_due = models.DateField(_("scoring due"), null=True, blank=True)
    workshop_on = models.DateField(_("consolidation workshop on"), null=True, blank=True)
    endorsement_due = models.DateField(_("endorsed by"), null=True, blank=True)
    submission_due = models.DateField(_("submitted to UN Women by"), null=True, blank=True)
    process = LongTextField()
    rationale = LongTextField()
    team_role = LongTextField()
    unct_engagement = LongTextField()
    comments = LongTextField()

    objects = AssessmentQuerySet.as_manager()
    # Of the narrative and the dates; the moves from state to state are events.
    history = HistoricalRecords(
        excluded_fields=["team", "cooperation_framework", "framework", "kind", "year", "state"]
    )

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "year"],
                name="assessment_is_the_only_one_of_team_and_year",
                violation_error_message=_("This team has an assessment of this year already."),
            ),
            models.UniqueConstraint(
                fields=["cooperation_framework"],
                condition=Q(kind="comprehensive"),
                name="assessment_is_the_only_comprehensive_one_of_its_cycle",
                violation_error_message=_(
                    "This Cooperation Framework has a comprehensive assessment already."
                ),
            ),
            models.CheckConstraint(
                name="assessment_kind_is_known",
                condition=Q(kind__in=["comprehensive", "annual"]),
            ),
            models.CheckConstraint(
                name="assessment_dates_are_in_order",
                condition=_in_order(DATES),
                violation_error_message=_(
                    "The dates follow each other: choose and assign, scoring, workshop, "
                    "endorsement, submission. One of them is before the one it follows."
                ),
            ),
            models.CheckConstraint(
                name="assessment_state_is_known", condition=Q(state__in=list(STATES))
            ),
        ]

    def __str__(self):
        return f"{self.team}, {self.year}"

    def get_absolute_url(self):
        return reverse("assessments:detail", args=[self.pk])

    @property
    def is_imported(self):
        return self.state == IMPORTED

    @property
    def is_in_work(self):
        """Its ratings can still change."""
        return self.state in UNTIL_CONSOLIDATED

    @property
    def states(self) -> list[tuple[str, str]]:
        """The states that it goes through, in their order, with their names."""
        return [(state, label) for state, label in STATES.items() if self._passes(state)]

    def _passes(self, state):
        return (state == IMPORTED) == self.is_imported

    @property
    def dates(self) -> list[tuple[str, date]]:
        """The days that are set, first to last, as (what is due, day)."""
        fields = [self._meta.get_field(name) for name in DATES]
        days = [(field.verbose_name, getattr(self, field.name)) for field in fields]
        return [(label, day) for label, day in days if day is not None]

    @property
    def is_comprehensive(self):
        return self.kind == self.Kind.COMPREHENSIVE

    @property
    def is_endorsed(self):
        return self.state in ENDORSED

    @property
    def is_settled(self):
        """Later years may carry its ratings over: it is endorsed, or imported from before."""
        return self.state in SETTLED
