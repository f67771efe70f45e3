from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from scorecard import statements
from scorecard.models import RATING_LABELS

register = template.Library()


@register.simple_tag
def rating_mark(rating, size="m"):
    """Show a rating as bars and word; None as "Not rated". size: s, m or l."""
    return _drawn_mark(rating and int(rating), size, get_language())


@lru_cache(maxsize=256)
def _drawn_mark(rating: int | None, size: str, _language: str) -> SafeString:
    """A page shows dozens of marks, and there are few different ones: each is drawn once."""
    mark = rating and {"value": rating, "label": RATING_LABELS[rating], "bars": rating - 1}
    return render_to_string("scorecard/_rating_mark.html", {"rating": mark or None, "size": size})


@register.inclusion_tag("scorecard/_level_grid.html")
def level_grid(indicator):
    """Show what the three levels of an indicator ask for, side by side."""
    return {"levels": statements.level_texts(indicator)}


@register.filter
def rating_word(rating):
    """Return the word alone, for a sentence: "Meets"."""
    return RATING_LABELS[rating]


@register.filter
def percent(share):
    """Show a share of 0..1 as "48.7 %"; None as a dash."""
    return "–" if share is None else statements.percent_text(share)


@register.filter
def level_statement(indicator, level):
    return statements.level_statement(indicator, level)


@register.filter
def criterion_texts(indicator):
    return statements.criterion_texts(indicator)


@register.filter
def which_of_letter(criterion):
    return statements.which_of_letter(criterion)


@register.inclusion_tag("scorecard/_level_summaries.html")
def level_summaries(indicator):
    """Show what each level asks in short: "three of (a), (b), (c), (d)". Folded away at first."""
    return {
        "levels": [(level, statements.level_summary(indicator, level)) for level in indicator.rules]
    }


@register.filter
def threshold_text(criterion):
    return statements.threshold_text(criterion)
