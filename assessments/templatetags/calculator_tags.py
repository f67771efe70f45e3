from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.calculators.counting import Band
from assessments.models import ParityCount
from scorecard.models import Indicator

register = template.Library()

BANDS = {
    Band.BELOW: ("↓", _("below")),
    Band.WITHIN: ("=", _("within")),
    Band.ABOVE: ("↑", _("above")),
}


@register.inclusion_tag("assessments/calculators/_link.html")
def calculator_link(rating):
    """Lead to the page where the numbers of a PI are counted; nothing for a PI without one."""
    indicator = rating.indicator
    if not indicator.calculator:
        return {"page": ""}
    return {
        "page": reverse("assessments:calculator", args=[rating.assessment_id, indicator.code]),
        "is_survey": indicator.calculator == Indicator.Calculator.SURVEY,
    }


@register.inclusion_tag("assessments/calculators/_band_mark.html")
def band_mark(result, staff):
    """Say by sign and word where a share of women lies, seen from the parity band."""
    band = result.band.of(staff.share_of_women)
    sign, words = BANDS.get(band, ("", ""))
    return {"band": band, "sign": sign, "words": words}


@register.filter
def group_label(group):
    return ParityCount.GradeGroup(group).label
