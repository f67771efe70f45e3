"""What the checks found when a report was handed in: kept in the manifest of its bundle."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from assessments.models import Assessment
from assessments.overview import Overview
from endorsement.models import Submission
from report.checks import Check, Found, Kind, Severity, preflight


@dataclass(frozen=True, kw_only=True)
class Checked:
    """submission: with which the findings were kept; None where they are those of today."""

    found: Found
    submission: Submission | None

    @classmethod
    def of(cls, assessment: Assessment, submissions: Sequence[Submission]) -> "Checked":
        """Of the last submission; of today where it kept none, or there was none on this site."""
        overview, last = Overview.of(assessment), submissions[-1] if submissions else None
        rows = json.loads(last.manifest).get("checks") if last else None
        if rows is None:
            return cls(found=Found.of(overview, may_mend=False), submission=None)
        checks = [_read(row, overview) for row in rows]
        return cls(found=Found.told(checks, overview), submission=last)


def to_keep(assessment: Assessment) -> list[dict]:
    """Return what the checks find now, for the manifest, without places of this site."""
    return [
        {
            "kind": check.key.value,
            "severity": check.severity.value,
            "pi": check.code,
            "sentence": check.sentence,
        }
        for check in preflight(assessment)
    ]


def _read(row: dict, overview: Overview) -> Check:
    ratings = {rating.indicator.code: rating for rating in overview.ratings}
    about = ratings.get(row["pi"], overview.assessment)
    return Check(
        key=Kind(row["kind"]),
        severity=Severity(row["severity"]),
        code=row["pi"],
        sentence=row["sentence"],
        url=about.get_absolute_url(),
    )
