"""Checks of the texts on the process."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.cycle.rationale import left_out
from report.checks.check import Check, Kind, Severity
from report.checks.facts import Facts

TEXTS = {
    "process": (
        Severity.BLOCKS,
        gettext_lazy("The process is not described. Say when the team met and how it agreed."),
    ),
    "rationale": (
        Severity.BLOCKS,
        gettext_lazy("No rationale is given for the choice of PIs. Say why these and not others."),
    ),
    "team_role": (
        Severity.WARNS,
        gettext_lazy("The role of the assessment team is not described. Say who did what."),
    ),
    "unct_engagement": (
        Severity.WARNS,
        gettext_lazy("Nothing is said of the UNCT. Say how the heads of agency took part."),
    ),
}


def empty_text(facts: Facts) -> Iterator[Check]:
    """A comprehensive assessment chooses no PIs and needs no rationale."""
    assessment = facts.assessment
    for name, (severity, sentence) in TEXTS.items():
        is_asked = name != "rationale" or not assessment.is_comprehensive
        if is_asked and not getattr(assessment, name):
            key = Kind[f"NO_{name.upper()}"]
            yield _at_text(assessment, name, key=key, severity=severity, sentence=str(sentence))


def rationale_leaves_out(facts: Facts) -> Iterator[Check]:
    """It was written for a choice that has changed since."""
    assessment = facts.assessment
    chosen = [rating.indicator.code for rating in facts.reassessed]
    missing = left_out(assessment.rationale, chosen)
    if missing and not assessment.is_comprehensive:
        sentence = _(
            "The rationale does not speak of %(codes)s, chosen as well. Say why, or draft it anew "
            "on the page of the choice."
        ) % {"codes": ", ".join(missing)}
        key = Kind.RATIONALE_LEAVES_OUT
        yield _at_text(assessment, "rationale", key=key, severity=Severity.WARNS, sentence=sentence)


def _at_text(assessment, name, *, key, severity, sentence):
    return Check(
        key=key,
        severity=severity,
        code=None,
        sentence=sentence,
        url=f"{reverse('assessments:edit', args=[assessment.pk])}#id_{name}",
        read_url=f"{assessment.get_absolute_url()}#process",
    )
