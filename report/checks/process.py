"""Checks of the texts on the process."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy

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
            yield Check(
                key=Kind[f"NO_{name.upper()}"],
                severity=severity,
                code=None,
                sentence=str(sentence),
                url=f"{reverse('assessments:edit', args=[assessment.pk])}#id_{name}",
                read_url=f"{assessment.get_absolute_url()}#process",
            )
