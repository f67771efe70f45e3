from django.utils.translation import gettext_lazy as _

from scorecard.rating import Rating

RATING_CHOICES = [
    (Rating.MISSING.value, _("Missing")),
    (Rating.APPROACHES.value, _("Approaches")),
    (Rating.MEETS.value, _("Meets")),
    (Rating.EXCEEDS.value, _("Exceeds")),
]
RATING_LABELS = dict(RATING_CHOICES)  # by number; a Rating serves as key too
RATING_NUMBERS = list(RATING_LABELS)
