"""What stands where in the scoring workbook: the lines of a PI, the names of the columns.

Writing and reading both follow it, so that what goes out comes in. Fields are named as in
assessments.workspace.content.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import IndicatorRating
from assessments.workspace.content import answered
from scorecard.models import RATING_LABELS, Criterion, Indicator
from scorecard.statements import level_summary, short_name

# The column of a dimension's sheet by its key: heading, and width in characters.
COLUMNS = {
    "pi": (gettext_lazy("PI"), 6),
    "item": (gettext_lazy("Item"), 24),
    "asked": (gettext_lazy("What is asked"), 52),
    "answer": (gettext_lazy("Answer"), 14),
    "text": (gettext_lazy("Text"), 64),
    "number": (gettext_lazy("Number"), 10),
    "of": (gettext_lazy("Of"), 10),
    "before": (gettext_lazy("Last time"), 36),
}
NEEDED = ("pi", "item", "answer", "text")
BLANK_ROWS = 4  # for further parts of a measure


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of a PI, or several for a measure. Without fields it is only to be read.

    answer, text: the fields that the cells of these columns hold. measure: the field of its rows.
    """

    item: str
    asked: str = ""
    answer: str | None = None
    text: str | None = None
    measure: str | None = None
    is_head: bool = False

    @property
    def fields(self) -> dict[str, str]:
        """The field in each column that holds one; a measure counts by its first column."""
        columns = {"answer": self.answer, "text": self.text or self.measure}
        return {column: name for column, name in columns.items() if name}


def headings() -> dict[str, Collection[str]]:
    """The names by which the columns are found, in the language of the moment."""
    return {key: [str(name)] for key, (name, _width) in COLUMNS.items()}


def lines_of(indicator: Indicator) -> list[Line]:
    """Return the lines of a PI in their order on the sheet."""
    return [
        Line(item=indicator.title, asked=indicator.statement, is_head=True),
        *_criterion_lines(indicator),
        *_measure_lines(indicator),
        _text_line("findings"),
        _text_line("means_of_verification", asked=indicator.expected_means_of_verification),
        Line(item=_field_name("rating"), asked=_levels(indicator), answer="rating"),
        _text_line(
            "difference_reason",
            asked=_("Needed where the agreed rating is not the one that the criteria give."),
        ),
        _text_line(
            "regression_reason",
            asked=_("Needed where the agreed rating is lower than last time."),
        ),
    ]


def _criterion_lines(indicator):
    by_hand = {criterion.pk for criterion in answered(indicator)}
    for criterion, name in criterion_names(indicator):
        if criterion.pk in by_hand:
            key = f"criterion-{criterion.key}"
            yield Line(
                item=name, asked=criterion.text, answer=f"{key}-is_met", text=f"{key}-finding"
            )
        else:
            yield Line(item=name, asked=criterion.text)


def criterion_names(indicator: Indicator) -> list[tuple[Criterion, str]]:
    """Return each criterion with a name that no other of the PI has."""
    return [(criterion, _criterion_name(criterion)) for criterion in indicator.criteria.all()]


def _criterion_name(criterion):
    name = _("Criterion %(name)s") if criterion.letter else _("Criterion: %(name)s")
    return name % {"name": short_name(criterion)}


def _measure_lines(indicator):
    measures = list(indicator.measures.all())
    for number, measure in enumerate(measures, start=1):
        name = _("Numbers") if len(measures) == 1 else _("Numbers %(number)s") % {"number": number}
        labels = {"first": measure.numerator_label, "second": measure.denominator_label}
        asked = f"{measure.text}: {_('%(first)s, of %(second)s') % labels}"
        if measure.breakdown:
            asked = f"{asked}. {_('One row each: %(parts)s') % {'parts': measure.breakdown}}"
        yield Line(item=name, asked=asked, measure=f"measure-{measure.key}")


def _text_line(name, *, asked=""):
    return Line(item=_field_name(name), asked=asked, text=name)


def _field_name(name):
    words = str(IndicatorRating._meta.get_field(name).verbose_name)
    return words[0].upper() + words[1:]


def _levels(indicator):
    """What each level asks for, one a line."""
    return "\n".join(
        f"{RATING_LABELS[level]}: {level_summary(indicator, level)}" for level in indicator.rules
    )


def too_long() -> str:
    """What stands in a cell in place of a text that is longer than a cell can be."""
    return _("(This text is too long for a spreadsheet: edit it on the site.)")
