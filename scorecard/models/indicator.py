"""A performance indicator: what is asked, and by which rules its rating follows."""

from fractions import Fraction
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from scorecard import rating as engine
from scorecard.models.ratings import RATING_CHOICES
from scorecard.rating import Rating


class IndicatorQuerySet(models.QuerySet):
    def of_framework(self, framework):
        return self.filter(dimension__framework=framework)

    def with_rules(self):
        """Fetch dimension, criteria, measures and rules, ready for the rating engine."""
        return self.select_related("dimension", "evidence_category").prefetch_related(
            "measures",
            models.Prefetch("criteria", Criterion.objects.select_related("measure")),
            "criteria__implies",
            "level_rules__criteria",
        )


class Indicator(models.Model):
    """A performance indicator (PI) with its criteria and the rules of its levels."""

    class Calculator(models.TextChoices):
        SURVEY = "survey", _("Survey of personnel")
        PARITY = "parity", _("Parity of personnel")

    dimension = models.ForeignKey("Dimension", on_delete=models.CASCADE, related_name="indicators")
    code = models.CharField(max_length=5)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    statement = models.CharField(max_length=300)
    lead = models.CharField(max_length=200, blank=True)
    notes = models.TextField(blank=True)
    evidence_category = models.ForeignKey(
        "EvidenceCategory", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    expected_means_of_verification = models.TextField(blank=True)  # one a line
    calculator = models.CharField(max_length=10, choices=Calculator, blank=True)
    calculator_fills = models.SlugField(max_length=50, blank=True)  # key of measure or criterion

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["dimension__number", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["dimension", "code"], name="indicator_code_is_unique_in_dimension"
            ),
            models.CheckConstraint(
                name="indicator_calculator_fills_something",
                condition=Q(calculator="", calculator_fills="")
                | (Q(calculator__in=["survey", "parity"]) & ~Q(calculator_fills="")),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    @cached_property
    def rules(self) -> engine.Rules:
        return {Rating(row.rating): row.as_rule() for row in self.level_rules.all()}

    @cached_property
    def criterion_rules(self) -> engine.Criteria:
        return {row.key: row.as_rule() for row in self.criteria.all()}

    @cached_property
    def counts_towards(self):
        """The levels that name a criterion in their rule, lowest first, by the criterion's key."""
        return {
            criterion.key: [
                level for level, rule in self.rules.items() if criterion.key in rule.codes
            ]
            for criterion in self.criteria.all()
        }

    def neighbours(self):
        """Return the PIs before and after in the edition, None at its ends."""
        row = list(Indicator.objects.of_framework(self.dimension.framework_id))
        place = row.index(self)
        return {"before": row[place - 1] if place else None, "after": (*row, None)[place + 1]}

    @property
    def expected_means(self):
        return self.expected_means_of_verification.splitlines()


class Measure(models.Model):
    """A number that decides criteria: a share entered as numerator and denominator."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="measures")
    key = models.SlugField(max_length=50)
    text = models.TextField()
    numerator_label = models.CharField(max_length=100)
    denominator_label = models.CharField(max_length=100)
    breakdown = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "key"], name="measure_key_is_unique_in_indicator"
            )
        ]

    def __str__(self):
        return self.text


class Criterion(models.Model):
    """One requirement of an indicator, met or not: by a person's tick, or by a measure."""

    class Source(models.TextChoices):
        REPORT_2022 = "report-2022", _("printed in an annual progress report of 2022")
        SUMMARY = "summary", _("summarised, wording to be confirmed")

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="criteria")
    key = models.SlugField(max_length=30)
    letter = models.CharField(max_length=2, blank=True)
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    source = models.CharField(max_length=20, choices=Source)
    implies = models.ManyToManyField(
        "self", symmetrical=False, related_name="implied_by", blank=True
    )
    measure = models.ForeignKey(
        Measure, null=True, blank=True, on_delete=models.PROTECT, related_name="criteria"
    )
    at_least_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    more_than_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["position"]
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "key"], name="criterion_key_is_unique_in_indicator"
            ),
            models.CheckConstraint(
                name="criterion_with_a_measure_has_one_threshold",
                condition=Q(
                    measure__isnull=True,
                    at_least_percent__isnull=True,
                    more_than_percent__isnull=True,
                )
                | Q(
                    measure__isnull=False,
                    at_least_percent__isnull=False,
                    more_than_percent__isnull=True,
                )
                | Q(
                    measure__isnull=False,
                    at_least_percent__isnull=True,
                    more_than_percent__isnull=False,
                ),
                violation_error_message=_("A criterion that a measure decides has one threshold."),
            ),
            models.CheckConstraint(
                name="criterion_source_is_known",
                condition=Q(source__in=["report-2022", "summary"]),
            ),
        ]

    def __str__(self):
        return f"({self.letter}) {self.text}" if self.letter else self.text

    @property
    def is_unverified(self):
        return self.source == self.Source.SUMMARY

    def as_rule(self) -> engine.CriterionRule:
        return engine.CriterionRule(
            key=self.key,
            implies=frozenset(weaker.key for weaker in self.implies.all()),
            threshold=self.measure and self._threshold(),
        )

    def _threshold(self):
        strict = self.more_than_percent is not None
        percent = self.more_than_percent if strict else self.at_least_percent
        return engine.Threshold(measure=self.measure.key, percent=Fraction(percent), strict=strict)


class LevelRule(models.Model):
    """What one level of one indicator asks for."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="level_rules")
    rating = models.PositiveSmallIntegerField(choices=RATING_CHOICES)
    at_least = models.PositiveSmallIntegerField()
    includes = models.PositiveSmallIntegerField(choices=RATING_CHOICES, null=True, blank=True)
    criteria = models.ManyToManyField(Criterion, related_name="level_rules")
    is_unverified = models.BooleanField(default=False)

    class Meta:
        ordering = ["rating"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "rating"], name="level_rule_is_unique_in_indicator"
            ),
            models.CheckConstraint(
                name="level_rule_is_above_missing", condition=Q(rating__in=[2, 3, 4])
            ),
            models.CheckConstraint(
                name="level_rule_includes_a_lower_level",
                condition=Q(includes__isnull=True)
                | Q(includes__gte=2, includes__lt=models.F("rating")),
                violation_error_message=_("A level can include only a lower one."),
            ),
        ]

    def __str__(self):
        return f"{self.indicator.code} {self.get_rating_display()}"

    def as_rule(self) -> engine.LevelRule:
        return engine.LevelRule(
            codes=frozenset(criterion.key for criterion in self.criteria.all()),
            at_least=self.at_least,
            includes=self.includes and Rating(self.includes),
        )
