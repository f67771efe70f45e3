"""When a rating is from, and who said that it still holds."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import IndicatorRating
from scorecard.plain_text import printable


def origin_of(rating: IndicatorRating) -> str:
    """Return when a PI was really assessed: "Carried over from 2019, 3 years old"."""
    year = rating.last_assessed
    if rating.is_reassessed:
        return _("Reassessed in %(year)s") % {"year": year}
    if year is None:
        return _("Not reassessed; the year of the last assessment is not recorded")
    words = ngettext(
        "Carried over from %(year)s, %(age)s year old",
        "Carried over from %(year)s, %(age)s years old",
        rating.age,
    )
    return words % {"year": year, "age": rating.age}


def confirmed_by(rating: IndicatorRating) -> str:
    """Return who confirmed a carried rating unchanged, and when; the reason follows it."""
    if not rating.confirmation:
        return ""
    return _("Confirmed unchanged by %(by)s on %(day)s, because:") % {
        "by": printable(str(rating.confirmed_by)).strip(),
        "day": date_format(timezone.localtime(rating.confirmed_at), "DATE_FORMAT"),
    }
