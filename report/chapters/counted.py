"""What the calculators of a PI counted: a survey of personnel, parity of personnel."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.calculators.counting import LEVELS, Answers, ParityResult, Staff
from assessments.calculators.texts import BAND_WORDS, GROUP_LABELS, parity_finding
from assessments.models import IndicatorRating, SurveyQuestion
from scorecard.models import Framework
from scorecard.plain_text import printable
from scorecard.statements import percent_text


@dataclass(frozen=True, kw_only=True)
class CountedRow:
    """A row of a table: its name, its numbers in the order of the columns, what they come to."""

    label: str
    numbers: tuple[int, ...]
    result: str
    is_total: bool = False


@dataclass(frozen=True, kw_only=True)
class CountedTable:
    """columns: the heads of the numbers; result: the head of what they come to."""

    title: str
    sentence: str
    first: str
    columns: tuple[str, ...]
    result: str
    rows: tuple[CountedRow, ...]


def tables_of(rating: IndicatorRating, framework: Framework) -> tuple[CountedTable, ...]:
    """Return what is counted for a PI, () for most. rating: with its survey and parity fetched."""
    tables = []
    if hasattr(rating, "survey"):
        tables.append(_survey(rating.survey))
    if hasattr(rating, "parity"):
        tables.append(_parity(rating.parity, framework))
    return tuple(tables)


def _survey(survey) -> CountedTable:
    result = survey.result
    labels = (SurveyQuestion._meta.get_field(level).verbose_name for level in LEVELS)
    return CountedTable(
        title=_("Survey of personnel, %(year)s") % {"year": survey.year},
        sentence=_survey_sentence(result),
        first=_("Question"),
        columns=tuple(str(label) for label in labels),
        result=_("Positive"),
        rows=(
            *(_answers(printable(text), answers) for text, answers in result.questions),
            _answers(_("Together"), result.together, is_total=True),
        ),
    )


def _survey_sentence(result) -> str:
    return ngettext(
        "%(answered)s of %(expected)s person answered (%(rate)s).",
        "%(answered)s of %(expected)s people answered (%(rate)s).",
        result.expected,
    ) % {
        "answered": number_format(result.answered, force_grouping=True),
        "expected": number_format(result.expected, force_grouping=True),
        "rate": percent_text(result.response_rate),
    }


def _answers(label: str, answers: Answers, *, is_total=False) -> CountedRow:
    return CountedRow(
        label=label,
        numbers=tuple(getattr(answers, level) for level in LEVELS),
        result=_share_text(answers.share_positive),
        is_total=is_total,
    )


def _parity(parity, framework) -> CountedTable:
    result = parity.result(framework)
    groups = {GROUP_LABELS[group]: staff for group, staff in result.by_group.items()}
    counted = {**result.by_entity, **groups}
    return CountedTable(
        title=_("Women and men among personnel"),
        sentence=printable(parity_finding(result, parity.as_of)),
        first=_("Entity or grade group"),
        columns=(_("women"), _("men"), _("total")),
        result=_("Share of women"),
        rows=(
            *(_staff(name, staff, result) for name, staff in counted.items() if staff.total),
            _staff(_("Together"), result.overall, result, is_total=True),
        ),
    )


def _staff(label: str, staff: Staff, result: ParityResult, *, is_total=False) -> CountedRow:
    share = _share_text(staff.share_of_women)
    band = BAND_WORDS.get(result.band.of(staff.share_of_women))
    return CountedRow(
        label=printable(str(label)),
        numbers=(staff.women, staff.men, staff.total),
        result=f"{share}, {band}" if band else share,
        is_total=is_total,
    )


def _share_text(share) -> str:
    return "–" if share is None else percent_text(share)
