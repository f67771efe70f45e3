"""What a calculator's numbers say in words."""

from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assessments.calculators.counting import Band, ParityResult
from assessments.models import ParityCount
from scorecard.statements import percent_text

BAND_WORDS = {
    Band.BELOW: gettext_lazy("below the parity band"),
    Band.WITHIN: gettext_lazy("within the parity band"),
    Band.ABOVE: gettext_lazy("above the parity band"),
}
GROUP_LABELS = dict(ParityCount.GradeGroup.choices)


def parity_finding(result: ParityResult, as_of: date | None) -> str:
    """Return a draft of the finding; "" as long as nobody is counted.

    For example "Women are 55.0 % of 412 personnel in 12 entities (30 Nov 2022): above the parity
    band of 47 to 53 %. Below the band: P4–P5 (41.2 %)."
    """
    overall = result.overall
    if overall.share_of_women is None:
        return ""
    return " ".join([_overall(result, as_of), *_groups(result)])


def _overall(result, as_of):
    number = len(result.entities)
    sentence = ngettext(
        "Women are %(share)s of %(total)s personnel in %(number)s entity%(day)s: "
        "%(band)s of %(from)s to %(to)s %%.",
        "Women are %(share)s of %(total)s personnel in %(number)s entities%(day)s: "
        "%(band)s of %(from)s to %(to)s %%.",
        number,
    )
    return sentence % {
        "share": percent_text(result.overall.share_of_women),
        "total": number_format(result.overall.total, force_grouping=True),
        "number": number,
        "day": f" ({date_format(as_of)})" if as_of else "",
        "band": BAND_WORDS[result.band.of(result.overall.share_of_women)],
        "from": result.band.from_percent,
        "to": result.band.to_percent,
    }


def _groups(result):
    beginnings = {
        Band.BELOW: _("Below the band: %(groups)s."),
        Band.WITHIN: _("Within the band: %(groups)s."),
        Band.ABOVE: _("Above the band: %(groups)s."),
    }
    for band, beginning in beginnings.items():
        if groups := result.groups_in(band):
            names = (
                f"{GROUP_LABELS[group]} ({percent_text(staff.share_of_women)})"
                for group, staff in groups
            )
            yield beginning % {"groups": ", ".join(names)}
