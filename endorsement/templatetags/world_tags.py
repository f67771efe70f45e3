from functools import cache

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from endorsement.world import counts
from endorsement.world.counts import Status

register = template.Library()
AGES = {
    "fresh": gettext_lazy("In the same year"),
    "one": gettext_lazy("1 year before"),
    "two": gettext_lazy("2 years before"),
    "three": gettext_lazy("3 years before"),
    "older": gettext_lazy("Longer ago"),
    "unknown": gettext_lazy("Not recorded"),
}


@register.filter
def whole_percent(share):
    """Show a share of 0..1 as "49 %"; None as a dash."""
    return "–" if share is None else f"{round(share * 100)} %"


@register.simple_tag
def heat_of(part, whole):
    """The class of a step of the heat map; nothing where there is nothing to share."""
    step = counts.heat(part, whole)
    return f"heat-{step}" if step else ""


@register.simple_tag
def ages_of(count):
    """[(how long ago in words, how many ratings, their share)]."""
    return [
        (words, getattr(count, name), counts.share(getattr(count, name), count.rated))
        for name, words in AGES.items()
    ]


@register.simple_tag
def columns(world):
    return len(world.years) + 1


@cache
def _addresses() -> str:
    """The address of an assessment with {} for its key: found once, not a thousand times."""
    return reverse("assessments:detail", args=[0]).replace("/0/", "/{}/")


@register.simple_tag
def team_cells(row):
    """The cells of one team, year by year. No template, and all at once: there are a thousand."""
    return SafeString("".join(_cell(cell) for cell in row.cells))


def _cell(cell) -> SafeString:
    if cell is None:
        return format_html("<td>{}</td>", "")
    edge = " world-break" if cell.is_break else ""
    if cell.status == Status.SUBMITTED:
        return format_html(
            '<td class="num{} heat-{}"><a href="{}">{}/{}</a></td>',
            edge,
            cell.heat,
            _addresses().format(cell.row.pk),
            cell.row.meeting,
            cell.row.rated,
        )
    if cell.status == Status.OVERDUE:
        return format_html('<td class="num{} world-overdue">{}</td>', edge, _("late"))
    return format_html(
        '<td class="num{}"><span aria-hidden="true">–</span>'
        '<span class="visually-hidden">{}</span></td>',
        edge,
        _("not submitted"),
    )
