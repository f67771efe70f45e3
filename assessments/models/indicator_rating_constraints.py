"""What the row of one PI in one assessment can never say."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from scorecard.models import RATING_NUMBERS

RATING_CONSTRAINTS = [
    models.UniqueConstraint(
        fields=["assessment", "indicator"], name="indicator_is_rated_once_in_assessment"
    ),
    models.CheckConstraint(
        name="indicator_rating_is_one_of_four",
        condition=Q(rating__isnull=True) | Q(rating__in=RATING_NUMBERS),
    ),
    models.CheckConstraint(
        name="indicator_computed_rating_is_one_of_four",
        condition=Q(computed_rating__in=RATING_NUMBERS),
    ),
    models.CheckConstraint(
        name="indicator_rating_that_differs_has_a_reason",
        condition=Q(rating__isnull=True)
        | Q(rating=F("computed_rating"))
        | ~Q(difference_reason=""),
        violation_error_message=_(
            "The agreed rating differs from what the criteria give: say why."
        ),
    ),
    models.CheckConstraint(
        name="indicator_rating_reassessed_has_no_origin",
        condition=Q(is_reassessed=False)
        | Q(origin__isnull=True, origin_year__isnull=True, origin_note=""),
        violation_error_message=_("A PI reassessed this year carries from no earlier one."),
    ),
    models.CheckConstraint(
        name="indicator_rating_confirmation_is_complete",
        condition=Q(confirmation="", confirmed_at__isnull=True, confirmed_by__isnull=True)
        | Q(
            ~Q(confirmation=""),
            is_reassessed=False,
            confirmed_at__isnull=False,
            confirmed_by__isnull=False,
        ),
        violation_error_message=_(
            "A carried rating is confirmed with a reason, by somebody, at a time."
        ),
    ),
    models.CheckConstraint(
        name="indicator_rating_has_one_origin",
        condition=Q(origin__isnull=True) | Q(origin_year__isnull=True),
        violation_error_message=_("A carried rating names an earlier rating or a year, not both."),
    ),
    models.CheckConstraint(
        name="indicator_rating_reveal_is_complete",
        condition=Q(preliminary_revealed_at__isnull=True, preliminary_revealed_by__isnull=True)
        | Q(preliminary_revealed_at__isnull=False, preliminary_revealed_by__isnull=False),
        violation_error_message=_("A reveal records who revealed and when."),
    ),
]
