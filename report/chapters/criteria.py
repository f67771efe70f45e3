"""What chapter 7 says of the criteria and measures of one PI."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import IndicatorRating
from report.chapters.values import ShownShare
from scorecard.models import RATING_LABELS, Measure
from scorecard.plain_text import printable
from scorecard.rating import Standing
from scorecard.statements import criterion_texts, short_name

LONG_FINDING = 1200  # characters; about a third of a page


class CriterionState(TextChoices):
    MET = "met", gettext_lazy("Met")
    NOT_MET = "not-met", gettext_lazy("Not met")
    UNDECIDED = "undecided", gettext_lazy("Undecided")


@dataclass(frozen=True, kw_only=True)
class CriterionShown:
    name: str  # "(a)", or the threshold of a criterion that a measure decides
    text: str
    asked_for_by: str  # "for Meets": the levels whose rule names it
    state: CriterionState
    finding: str
    is_decided_by_figures: bool

    @property
    def is_long(self) -> bool:
        """Too long to be kept on one page without leaving much of another empty."""
        return len(self.finding) > LONG_FINDING

    @property
    def without_finding(self) -> str:
        """What stands where a finding would: some criteria are decided by a measure."""
        if self.is_decided_by_figures:
            return _("Decided by the figures below")
        return _("No finding recorded")


@dataclass(frozen=True, kw_only=True)
class MeasureShown:
    """A measure's rows; total only where there are several of them."""

    text: str
    rows: tuple[ShownShare, ...]
    total: ShownShare | None


def criteria_of(rating: IndicatorRating) -> Iterable[CriterionShown]:
    for text in criterion_texts(rating.indicator):
        criterion = text.criterion
        row = rating.findings_by_key[criterion.key]
        levels = ", ".join(str(RATING_LABELS[level]) for level in text.levels)
        yield CriterionShown(
            name=short_name(criterion),
            text=criterion.text,
            asked_for_by=_("for %(levels)s") % {"levels": levels},
            state=_state(criterion.key, rating.standing),
            finding=printable(row.finding).strip() if row else "",
            is_decided_by_figures=criterion.measure_id is not None,
        )


def _state(key: str, standing: Standing) -> CriterionState:
    if key in standing.met:
        return CriterionState.MET
    return CriterionState.NOT_MET if key in standing.refused else CriterionState.UNDECIDED


def measures_of(rating: IndicatorRating) -> Iterable[MeasureShown]:
    for measure in rating.indicator.measures.all():
        entries = [row for row in rating.measure_entries.all() if row.measure_id == measure.pk]
        entries.sort(key=lambda row: row.position)
        yield MeasureShown(
            text=measure.text,
            rows=tuple(
                ShownShare.of(
                    printable(row.label).strip() or measure.numerator_label,
                    [(row.numerator, row.denominator)],
                )
                for row in entries
            ),
            total=_total(measure, entries),
        )


def _total(measure: Measure, entries: list) -> ShownShare | None:
    if len(entries) < 2:
        return None
    label = _("All together: %(numerator)s of %(denominator)s") % {
        "numerator": measure.numerator_label,
        "denominator": measure.denominator_label,
    }
    return ShownShare.of(label, [(row.numerator, row.denominator) for row in entries])
