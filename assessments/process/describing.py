"""Writes the narrative and the dates of a year beside others who write them too."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.access import access_of
from accounts.access_table import Capability
from assessments import together
from assessments.models import Assessment
from assessments.models.assessment import DATES
from assessments.together import Written

NARRATIVE = ["process", "rationale", "team_role", "unct_engagement", "comments"]
DESCRIPTION = [*DATES, *NARRATIVE]


def version_of(assessment: Assessment) -> str:
    """What a person has before them, for the form to send back."""
    return together.version_of(assessment, DESCRIPTION)


@transaction.atomic
def describe(assessment: Assessment, sent: Mapping[str, Any], *, version: str, by) -> Written:
    """Write what one person changed, all of it or nothing; not, too, where dates lose their order.

    sent: clean values of the fields that were sent.
    version: what version_of gave when the person opened the form.

    Raises WrongState when the assessment has moved on.
    """
    same = Assessment.objects.select_for_update(of=("self",)).select_related("team")
    current = same.get(pk=assessment.pk)
    access_of(by, current.team, state=current.state).require(Capability.DESCRIBE)

    def save(changed):
        current._history_user = by
        current.save(update_fields=changed)

    return together.write(current, sent, names=DESCRIPTION, version=version, save=save)
