"""Votes in the consolidation workshop, one for each entity, and what was agreed after them.

Votes are blind until their round is revealed. There is no way to a vote from the round or the
entity, so that no page can come upon one by chance: read them by assessments/workshop/ballots.py.
"""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Entity, User
from assessments.models.indicator_rating import IndicatorRating
from scorecard.fields import LongTextField
from scorecard.models import RATING_CHOICES, RATING_NUMBERS


class Round(models.Model):
    """One vote of all entities on one PI. Blind from its opening to its reveal.

    late_until: after the reveal, entities without a vote may still give theirs until then.
    """

    indicator_rating = models.ForeignKey(
        IndicatorRating, on_delete=models.CASCADE, related_name="rounds"
    )
    number = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    revealed_at = models.DateTimeField(null=True, blank=True)
    revealed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    late_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["indicator_rating", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator_rating", "number"], name="round_number_is_unique_in_indicator"
            ),
            models.UniqueConstraint(
                fields=["indicator_rating"],
                condition=Q(revealed_at__isnull=True),
                name="round_is_the_only_blind_one_of_its_indicator",
                violation_error_message=_("This PI has an open round already."),
            ),
            models.CheckConstraint(name="round_numbers_start_at_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="round_reveal_is_complete",
                condition=Q(revealed_at__isnull=True, revealed_by__isnull=True)
                | Q(revealed_at__isnull=False, revealed_by__isnull=False),
                violation_error_message=_("A reveal records who revealed and when."),
            ),
            models.CheckConstraint(
                name="round_is_revealed_after_it_opens",
                condition=Q(revealed_at__isnull=True) | Q(revealed_at__gte=F("opened_at")),
                violation_error_message=_("A round is revealed after it opens."),
            ),
            models.CheckConstraint(
                name="round_takes_late_votes_only_after_its_reveal",
                condition=Q(late_until__isnull=True)
                | Q(revealed_at__isnull=False, late_until__gt=F("revealed_at")),
                violation_error_message=_("Late votes come after the reveal."),
            ),
        ]

    def __str__(self):
        return f"{self.indicator_rating}, round {self.number}"

    @property
    def is_revealed(self):
        return self.revealed_at is not None


class Vote(models.Model):
    """The vote of one entity in one round: an empty row from the opening on, until it is given."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    rating = models.PositiveSmallIntegerField(choices=RATING_CHOICES, null=True, blank=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["round", "entity__acronym"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "entity"], name="vote_is_the_only_one_of_entity_and_round"
            ),
            models.CheckConstraint(
                name="vote_is_one_of_four",
                condition=Q(rating__isnull=True) | Q(rating__in=RATING_NUMBERS),
            ),
            models.CheckConstraint(
                name="vote_is_given_by_somebody_at_a_time",
                condition=Q(rating__isnull=True, by__isnull=True, at__isnull=True)
                | Q(rating__isnull=False, by__isnull=False, at__isnull=False),
                violation_error_message=_("A vote records who gave it and when."),
            ),
        ]

    def __str__(self):
        return f"{self.round}, {self.entity}"  # never what it says


class AgreementQuerySet(models.QuerySet):
    def in_force(self, ratings) -> dict[int, "Agreement"]:
        """The agreement that counts for each of these PIs, by primary key of the PI."""
        rows = self.filter(round__indicator_rating__in=ratings).select_related("round", "by")
        return {row.round.indicator_rating_id: row for row in rows.order_by("pk")}

    def deciding(self) -> Exists:
        """For each PI of a queryset: whether the workshop agreed on its rating."""
        return Exists(self.filter(round__indicator_rating=OuterRef("pk")))


class Agreement(models.Model):
    """The rating that the workshop agreed on after a round, with what it rests on.

    Added, never changed: when the team agrees anew, the last one counts.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="agreements")
    rating = models.PositiveSmallIntegerField(choices=RATING_CHOICES)
    votes_counted = models.PositiveSmallIntegerField()
    median_low = models.PositiveSmallIntegerField(choices=RATING_CHOICES)
    median_high = models.PositiveSmallIntegerField(choices=RATING_CHOICES)
    minute = LongTextField(_("minute"))
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="agreement_is_one_of_four", condition=Q(rating__in=RATING_NUMBERS)
            ),
            models.CheckConstraint(
                name="agreement_rests_on_votes",
                condition=Q(
                    votes_counted__gte=1,
                    median_low__in=RATING_NUMBERS,
                    median_high__in=RATING_NUMBERS,
                    median_low__lte=F("median_high"),
                ),
            ),
            models.CheckConstraint(
                name="agreement_off_the_median_has_a_minute",
                condition=Q(rating__gte=F("median_low"), rating__lte=F("median_high"))
                | ~Q(minute=""),
                violation_error_message=_(
                    "The agreed rating is not the median of the votes: "
                    "say in the minute how the team came to it."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.round}: {self.get_rating_display()}"


class Dissent(models.Model):
    """What an entity wants on record against the agreed rating of a PI. Printed in the report."""

    indicator_rating = models.ForeignKey(
        IndicatorRating, on_delete=models.CASCADE, related_name="dissents"
    )
    entity = models.ForeignKey(
        Entity, on_delete=models.PROTECT, related_name="+", verbose_name=_("entity")
    )
    sentence = models.CharField(_("what it holds instead, and why"), max_length=500)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["indicator_rating", "entity__acronym"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator_rating", "entity"],
                name="dissent_is_one_of_an_entity_on_an_indicator",
            ),
            models.CheckConstraint(name="dissent_says_something", condition=~Q(sentence="")),
        ]

    def __str__(self):
        return f"{self.indicator_rating}, {self.entity}"
