"""Saves a calculator together with what it fills in its PI: both, or nothing."""

from collections.abc import Callable, Mapping

from assessments.calculators.parity_sheet import ParitySheet
from assessments.calculators.sheets import CalculatorSheet, SurveySheet
from assessments.calculators.texts import parity_finding
from assessments.models import IndicatorRating
from assessments.transitions import TransitionRefused
from assessments.workspace.form import IndicatorWorkspace
from assessments.workspace.saving import save_sent
from assessments.workspace.transitions import only_writer

OpenWorkspace = Callable[..., IndicatorWorkspace]


class SavedMeanwhile(Exception):
    """Somebody saved the calculator after this person opened it. Nothing was written."""


def save(sheet: CalculatorSheet, open_workspace: OpenWorkspace, *, version: str, by):
    """Write the numbers, and what follows from them for the PI.

    version: the one that the person had before them.
    Raises SavedMeanwhile, or TransitionRefused when the PI cannot take the new share.
    """
    with only_writer(sheet.rating.pk):
        if version != str(_stored_version(sheet)):
            raise SavedMeanwhile
        if isinstance(sheet, SurveySheet):
            _fill(sheet.rating, sheet.as_measure(), open_workspace, by=by)
        sheet.write(by=by)


def take_over(sheet: ParitySheet, open_workspace: OpenWorkspace, *, by) -> bool:
    """Add the drafted sentences to the finding of their criterion, below what stands there.

    Returns whether they were missing. Raises TransitionRefused as save() does.
    """
    draft = parity_finding(sheet.result, sheet.as_of)
    key = sheet.rating.indicator.calculator_fills
    with only_writer(sheet.rating.pk):
        finding = open_workspace().rating.findings_by_key[key]
        before = finding.finding if finding else ""
        if not draft or draft in before:
            return False
        text = f"{before}\n\n{draft}".strip()
        _fill(sheet.rating, {f"criterion-{key}-finding": text}, open_workspace, by=by)
    return True


def _fill(rating, fields: Mapping[str, str], open_workspace, *, by):
    """Save some fields of the PI as if typed there, so that rating, reasons and history follow."""
    version = IndicatorRating.objects.values_list("version", flat=True).get(pk=rating.pk)
    saved = save_sent(
        open_workspace(), {**fields, "version": str(version)}, reopen=open_workspace, by=by
    )
    if not saved.is_saved:
        raise TransitionRefused(" ".join(sentence for _target, sentence in saved.problems))


def _stored_version(sheet) -> int:
    """Read under the lock; 0 as long as nothing is stored."""
    stored = sheet.model.objects.filter(indicator_rating=sheet.rating)
    return stored.values_list("version", flat=True).first() or 0
