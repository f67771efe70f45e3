"""What UN Women asks about a report, and by when reports are due."""

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from assessments.models import Assessment
from scorecard.append_only import AppendOnlyModel, AppendOnlyQuerySet
from scorecard.fields import LongTextField
from scorecard.models import RATING_CHOICES, RATING_NUMBERS, Criterion, Indicator
from scorecard.statements import short_name


class ReportingYear(models.Model):
    """The day by which the reports of one year reach UN Women."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    due = models.DateField(_("reports are due on"))

    class Meta:
        ordering = ["-year"]

    def __str__(self):
        return str(self.year)


class QueryQuerySet(models.QuerySet):
    def of(self, assessment):
        return (
            self.filter(assessment=assessment)
            .select_related("indicator__dimension", "criterion", "opened_by", "closed_by")
            .prefetch_related(
                "messages__by", "indicator__criteria", "indicator__level_rules__criteria"
            )
            .order_by("indicator__dimension__number", "indicator__position", "pk")
        )

    def open(self):
        return self.filter(closed_at__isnull=True)

    def waiting_for_answer_of(self, user):
        """Open ones in the teams that the person coordinates, where UN Women spoke last."""
        teams = Membership.objects.able_to_coordinate().filter(user=user).values("team")
        last = QueryMessage.objects.filter(query=OuterRef("pk")).order_by("-pk")
        rows = self.open().filter(assessment__team__in=teams)
        rows = rows.annotate(is_asked=Subquery(last.values("is_from_reviewer")[:1]))
        rows = rows.filter(is_asked=True).select_related("assessment__team", "indicator")
        return rows.select_related("criterion").order_by(F("due").asc(nulls_last=True), "pk")


class Query(models.Model):
    """A reviewer's question about one PI, or one of its criteria. The reviewer closes it."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="queries")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    criterion = models.ForeignKey(
        Criterion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_rating = models.PositiveSmallIntegerField(
        _("rating you propose"), choices=RATING_CHOICES, null=True, blank=True
    )
    due = models.DateField(_("answer by"), null=True, blank=True)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = QueryQuerySet.as_manager()

    class Meta:
        ordering = ["assessment", "pk"]
        verbose_name_plural = _("queries")
        constraints = [
            models.CheckConstraint(
                name="query_proposed_rating_is_one_of_four",
                condition=Q(proposed_rating__isnull=True) | Q(proposed_rating__in=RATING_NUMBERS),
            ),
            models.CheckConstraint(
                name="query_closure_is_complete",
                condition=Q(closed_by__isnull=True, closed_at__isnull=True)
                | Q(closed_by__isnull=False, closed_at__isnull=False),
                violation_error_message=_("A closed query records who closed it and when."),
            ),
        ]

    def __str__(self):
        return f"{self.assessment}: PI {self.indicator.code}"

    def get_absolute_url(self):
        return reverse("review:query", args=[self.pk])

    @property
    def is_open(self):
        return self.closed_at is None

    @property
    def is_about(self) -> str:
        """The PI, or the PI and its criterion: "2.2 (b)", "1.1 (a, majority)"."""
        return f"{self.indicator.code} {self.criterion_name}".rstrip()

    @property
    def criterion_name(self) -> str:
        return short_name(self.criterion) if self.criterion else ""


class QueryMessage(AppendOnlyModel):
    """One message in the thread of a query, from the reviewer or the team."""

    query = models.ForeignKey(Query, on_delete=models.PROTECT, related_name="messages")
    text = LongTextField(_("message"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_from_reviewer = models.BooleanField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["query", "pk"]
        constraints = [
            models.CheckConstraint(
                name="query_message_says_something",
                condition=~Q(text=""),
                violation_error_message=_("Write a message."),
            )
        ]

    def __str__(self):
        return f"{self.query}, {self.by}"
