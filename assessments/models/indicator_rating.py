"""One PI in one assessment."""

from functools import cached_property

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Membership, User
from assessments.edition import indicators_of
from assessments.models.assessment import Assessment
from assessments.models.indicator_rating_constraints import RATING_CONSTRAINTS
from assessments.progress import age
from scorecard import rating as engine
from scorecard.fields import LongTextField
from scorecard.models import (
    RATING_CHOICES,
    Indicator,
)
from scorecard.rating import Rating
from scorecard.statements import level_statement


class IndicatorRatingQuerySet(models.QuerySet):
    def in_order(self):
        return self.order_by("indicator__dimension__number", "indicator__position")

    def reassessed(self):
        return self.filter(is_reassessed=True)

    def with_members(self):
        """Fetch who works on each PI, in one further query."""
        members = Membership.objects.select_related("user", "entity")
        return self.prefetch_related(models.Prefetch("assigned_to", members))

    def with_overview(self):
        """Fetch what a list of ratings shows: indicator, dimension, origin."""
        return self.select_related(
            "indicator__dimension", "origin__assessment", "changed_by", "confirmed_by"
        ).in_order()

    def to_compare(self):
        """Fetch what a comparison of years says of a rating: PI, edition, where it stems from."""
        return self.select_related(
            "indicator__dimension", "assessment__framework", "origin__assessment"
        ).in_order()

    def in_detail(self, framework) -> list["IndicatorRating"]:
        """Fetch everything that is said of these ratings, all of one edition, in four queries.

        A carried rating comes with what is said of its origin.
        """
        ratings = list(
            self.select_related("origin__assessment__framework", "changed_by").in_order()
        )
        origins = [rating.origin for rating in ratings if rating.origin]
        models.prefetch_related_objects(
            [*ratings, *origins], "criterion_findings", "measure_entries"
        )
        members = Membership.objects.select_related("user", "entity")
        models.prefetch_related_objects(ratings, models.Prefetch("assigned_to", members))
        indicators = indicators_of(framework)
        for rating in ratings:
            rating.indicator = indicators[rating.indicator_id]
            if rating.origin:  # which may be on an earlier revision of the edition's texts
                origins = indicators_of(rating.origin.assessment.framework)
                rating.origin.indicator = origins[rating.origin.indicator_id]
        return ratings


class IndicatorRating(models.Model):
    """One PI in one assessment: its findings and agreed rating, or its origin."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.CASCADE, related_name="indicator_ratings"
    )
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="ratings")
    is_reassessed = models.BooleanField(default=False)
    origin = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_to"
    )
    origin_year = models.PositiveSmallIntegerField(null=True, blank=True)
    origin_note = models.CharField(max_length=300, blank=True)
    confirmation = LongTextField(_("why the carried rating still holds"))
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    assigned_to = models.ManyToManyField(Membership, blank=True, related_name="assigned_ratings")
    computed_rating = models.PositiveSmallIntegerField(
        choices=RATING_CHOICES, default=Rating.MISSING.value
    )
    rating = models.PositiveSmallIntegerField(
        _("agreed rating"), choices=RATING_CHOICES, null=True, blank=True
    )
    difference_reason = LongTextField(_("reason for the difference"))
    regression_reason = LongTextField(_("reason for the lower rating"))
    findings = LongTextField(_("findings and explanation"))
    means_of_verification = LongTextField(_("means of verification"))
    preliminary_revealed_at = models.DateTimeField(null=True, blank=True)
    preliminary_revealed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = IndicatorRatingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["assessment", "indicator__dimension__number", "indicator__position"]
        constraints = RATING_CONSTRAINTS

    def __str__(self):
        return f"{self.assessment}: PI {self.indicator.code}"

    def get_absolute_url(self):
        return reverse("assessments:indicator", args=[self.assessment_id, self.indicator.code])

    @property
    def is_carried(self):
        return not self.is_reassessed

    @property
    def is_to_reassess(self):
        """Chosen to be assessed this year, and not rated yet."""
        return self.is_reassessed and self.rating is None

    @property
    def is_from_before(self):
        """No assessment here rated it: it keeps a rating from before this product, or none."""
        return self.is_carried and (self.origin is None or self.origin.rating is None)

    @property
    def last_assessed(self) -> int | None:
        """The year in which the rating was really assessed; None where no record tells."""
        if self.is_reassessed:
            return self.assessment.year
        return self.origin.last_assessed if self.origin else self.origin_year

    @property
    def age(self) -> int | None:
        """How many years old a carried rating is; None where no record tells."""
        return age(self.last_assessed, self.assessment.year)

    @property
    def source(self) -> "IndicatorRating":
        """The row that holds criteria and findings: the origin of a carried rating, else itself."""
        if self.origin is None:
            return self
        if self.origin.indicator_id == self.indicator_id:
            self.origin.indicator = self.indicator  # whose rules are fetched already
        return self.origin

    @property
    def is_recorded(self) -> bool:
        """Somebody has entered something here: it is not only what set-up and carry-over wrote."""
        return self.changed_by_id is not None

    @property
    def differs(self):
        return self.rating is not None and self.rating != self.computed_rating

    @property
    def is_above_criteria(self):
        return self.rating is not None and self.rating > self.computed_rating

    def fell_from(self, before: "IndicatorRating | None") -> bool:
        """Below the rating that it replaces. Editions differ in their criteria: never compared."""
        return self.is_comparable_to(before) and self.rating < before.rating

    def why_it_fell_from(self, before: "IndicatorRating | None") -> str:
        """The reason on record; "" where the rating did not fall, whatever was once written."""
        return self.regression_reason if self.fell_from(before) else ""

    def is_comparable_to(self, before: "IndicatorRating | None") -> bool:
        if before is None or before.rating is None or self.rating is None:
            return False
        return before.assessment.framework.code == self.assessment.framework.code

    @property
    def is_complete(self):
        """Rated and explained, as the request for endorsement will ask."""
        return self.rating is not None and bool(self.findings or self.has_criterion_text)

    @property
    def has_criterion_text(self):
        return any(row.finding for row in self.criterion_findings.all())

    @property
    def undecided(self) -> int:
        """How many criteria are neither met nor refused."""
        standing = self.standing
        return len(self.indicator.criterion_rules.keys() - standing.met - standing.refused)

    @property
    def level_statement(self):
        return self.rating and level_statement(self.indicator, Rating(self.rating))

    @cached_property
    def findings_by_key(self):
        """The finding of each criterion by its key; {} for what has none yet."""
        by_criterion = {row.criterion_id: row for row in self.criterion_findings.all()}
        return {
            criterion.key: by_criterion.get(criterion.pk)
            for criterion in self.indicator.criteria.all()
        }

    @cached_property
    def shares(self):
        """The share of each measure by its key; None where nothing is entered."""
        return {
            measure.key: engine.share(
                (row.numerator, row.denominator)
                for row in self.measure_entries.all()
                if row.measure_id == measure.pk
            )
            for measure in self.indicator.measures.all()
        }

    @cached_property
    def standing(self) -> engine.Standing:
        """What the recorded criteria and measures give."""
        answers = self.findings_by_key
        return engine.standing_of(
            ticked={key for key, row in answers.items() if row and row.is_met},
            refused={key for key, row in answers.items() if row and row.is_met is False},
            shares=self.shares,
            rules=self.indicator.rules,
            criteria=self.indicator.criterion_rules,
        )
