"""What a report says otherwise than when it was handed in before."""

import json
from dataclasses import dataclass

from assessments.models import Assessment
from endorsement.difference import difference
from endorsement.models import Endorsement, Query, Submission
from endorsement.wording import ShownPlace, in_words


@dataclass(frozen=True, kw_only=True)
class Resubmitted:
    """asked_about: changes under PIs of which a query asked; beyond: all others."""

    asked_about: list[ShownPlace]
    beyond: list[ShownPlace]


def changes_since_last_submission(assessment: Assessment) -> Resubmitted | None:
    """Compare the endorsed report with the one handed in before it; None without both."""
    present = Endorsement.objects.in_force().of(assessment).select_related("version").last()
    if present is None:
        return None
    earlier = Submission.objects.of(assessment).exclude(endorsement=present)
    before = earlier.select_related("endorsement__version").last()
    if before is None:
        return None
    changes = in_words(
        difference(
            json.loads(before.endorsement.version.content), json.loads(present.version.content)
        )
    )
    queries = Query.objects.filter(assessment=assessment)
    asked = set(queries.values_list("indicator__code", flat=True))
    return Resubmitted(
        asked_about=[change for change in changes if change.code in asked],
        beyond=[change for change in changes if change.code not in asked],
    )
