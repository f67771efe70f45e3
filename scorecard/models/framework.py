"""One edition of the criteria that ratings are given by. Read-only once loaded."""

from functools import cached_property

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from scorecard.models.indicator import Criterion, Indicator
from scorecard.models.ratings import RATING_CHOICES, RATING_NUMBERS
from scorecard.rating import Rating


class FrameworkQuerySet(models.QuerySet):
    def latest_of(self, code):
        """Return the newest revision of an edition. Raises Framework.DoesNotExist."""
        return self.filter(code=code).latest("revision")

    def latest_revisions(self):
        newest = self.filter(code=models.OuterRef("code")).order_by("-revision")
        return self.filter(pk=models.Subquery(newest.values("pk")[:1]))

    def with_counts(self):
        """Add how many criteria and rules there are, and how many nobody has confirmed."""
        criteria, rules = "dimensions__indicators__criteria", "dimensions__indicators__level_rules"
        summarised = Q(**{f"{criteria}__source": Criterion.Source.SUMMARY})
        unverified = Q(**{f"{rules}__is_unverified": True})
        return self.annotate(
            indicator_count=models.Count("dimensions__indicators", distinct=True),
            criterion_count=models.Count(criteria, distinct=True),
            unverified_criterion_count=models.Count(criteria, filter=summarised, distinct=True),
            unverified_rule_count=models.Count(rules, filter=unverified, distinct=True),
        ).order_by(*self.model._meta.ordering)  # which counting drops

    def with_indicators(self):
        """Fetch level titles, dimensions, indicators, criteria and rules in eight queries."""
        return self.prefetch_related(
            "levels", models.Prefetch("dimensions__indicators", Indicator.objects.with_rules())
        )


class Framework(models.Model):
    """One revision of one edition of the scorecard, as read from a framework file."""

    code = models.CharField(max_length=50)
    revision = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    edition = models.CharField(max_length=20)
    publisher = models.CharField(max_length=200)
    annual_minimum_indicators = models.PositiveSmallIntegerField()
    parity_from_percent = models.PositiveSmallIntegerField()
    parity_to_percent = models.PositiveSmallIntegerField()
    supersedes = models.CharField(max_length=50, blank=True)
    content_sha256 = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now_add=True)

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        ordering = ["-edition", "-revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "revision"], name="framework_revision_is_unique"
            ),
            models.CheckConstraint(
                name="framework_parity_range_is_in_order",
                condition=Q(parity_from_percent__lte=models.F("parity_to_percent"))
                & Q(parity_to_percent__lte=100),
                violation_error_message=_(
                    "The parity range goes from the lower to the higher percentage."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.title}, {self.edition}"

    def get_absolute_url(self):
        return reverse("scorecard:framework_detail", args=[self.code, self.revision])

    @cached_property
    def level_titles(self):
        """The full title of each level by Rating, for example "Meets minimum requirements"."""
        return {Rating(level.rating): level.title for level in self.levels.all()}


class Level(models.Model):
    """The framework's own title of one of the four ratings."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="levels")
    rating = models.PositiveSmallIntegerField(choices=RATING_CHOICES)
    title = models.CharField(max_length=100)

    class Meta:
        ordering = ["rating"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "rating"], name="level_is_unique_in_framework"
            ),
            models.CheckConstraint(
                name="level_rating_is_one_of_four", condition=Q(rating__in=RATING_NUMBERS)
            ),
        ]

    def __str__(self):
        return self.title


class EvidenceCategory(models.Model):
    """A heading under which the report lists a document."""

    framework = models.ForeignKey(
        Framework, on_delete=models.CASCADE, related_name="evidence_categories"
    )
    title = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        verbose_name_plural = _("evidence categories")
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "title"], name="evidence_category_is_unique_in_framework"
            )
        ]

    def __str__(self):
        return self.title


class Dimension(models.Model):
    """One of the seven areas that group the performance indicators."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="dimensions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "number"], name="dimension_number_is_unique_in_framework"
            )
        ]

    def __str__(self):
        return f"{self.number} {self.title}"
