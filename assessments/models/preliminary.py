"""What each person of the assessment team thinks of a PI before the team agrees. Blind at first."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from assessments.models.assessment import Assessment
from assessments.models.indicator_rating import IndicatorRating
from scorecard.fields import LongTextField
from scorecard.models import RATING_CHOICES, RATING_NUMBERS, Criterion
from scorecard.rating import Rating


class PreliminaryRatingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A person's own, and what was given on PIs that are revealed in their teams."""
        revealed = Q(
            given_at__isnull=False,
            indicator_rating__preliminary_revealed_at__isnull=False,
            indicator_rating__assessment__in=Assessment.objects.of_teams_of(user),
        )
        return self.filter(Q(membership__user=user) | revealed)

    def who_has_given(self, ratings) -> set[tuple[int, int]]:
        """Return (indicator rating, user) by primary key: that they gave one, never which."""
        given = self.filter(indicator_rating__in=ratings, given_at__isnull=False)
        return set(given.values_list("indicator_rating_id", "membership__user_id"))


class PreliminaryRating(models.Model):
    """One person's own rating of one PI. Until the reveal nobody else may see more than its giver.

    Read it through visible_to(user) only. There is no way here from the PI or the membership,
    so that no page can come upon it by chance. Without a rating it is a draft, not given yet.
    """

    indicator_rating = models.ForeignKey(
        IndicatorRating, on_delete=models.CASCADE, related_name="+"
    )
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    computed_rating = models.PositiveSmallIntegerField(
        choices=RATING_CHOICES, default=Rating.MISSING.value
    )
    rating = models.PositiveSmallIntegerField(
        _("my rating"), choices=RATING_CHOICES, null=True, blank=True
    )
    comment = LongTextField(_("my comment"))
    given_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)  # of saves; 0 is not saved yet

    objects = PreliminaryRatingQuerySet.as_manager()

    class Meta:
        ordering = ["indicator_rating", "membership__entity__acronym", "membership__user__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator_rating", "membership"],
                name="preliminary_rating_is_the_only_one_of_member_and_indicator",
            ),
            models.CheckConstraint(
                name="preliminary_rating_is_one_of_four",
                condition=Q(rating__isnull=True) | Q(rating__in=RATING_NUMBERS),
            ),
            models.CheckConstraint(
                name="preliminary_computed_rating_is_one_of_four",
                condition=Q(computed_rating__in=RATING_NUMBERS),
            ),
            models.CheckConstraint(
                name="preliminary_rating_is_given_at_a_time",
                condition=Q(rating__isnull=True, given_at__isnull=True)
                | Q(rating__isnull=False, given_at__isnull=False),
                violation_error_message=_("A preliminary rating that is given records when."),
            ),
            models.CheckConstraint(
                name="preliminary_rating_that_differs_has_a_comment",
                condition=Q(rating__isnull=True) | Q(rating=F("computed_rating")) | ~Q(comment=""),
                violation_error_message=_(
                    "Your rating differs from what your ticks give: say why in the comment."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.indicator_rating}, {self.membership}"  # never what it says

    @property
    def differs(self):
        return self.rating is not None and self.rating != self.computed_rating


class PreliminaryTick(models.Model):
    """Whether one person holds one criterion met. None is undecided."""

    preliminary_rating = models.ForeignKey(
        PreliminaryRating, on_delete=models.CASCADE, related_name="ticks"
    )
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    is_met = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["criterion__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["preliminary_rating", "criterion"],
                name="criterion_is_ticked_once_in_preliminary_rating",
            )
        ]

    def __str__(self):
        return f"{self.preliminary_rating} ({self.criterion.key})"
