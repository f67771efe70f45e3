"""What was handed in, as the receipt says it."""

import json
from dataclasses import dataclass

from endorsement.models import Submission


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """files: name, size and sha256 of each; missing: what the report names and the store lost."""

    submission: Submission
    files: list[dict]
    missing: list[dict]

    @classmethod
    def of(cls, submission: Submission) -> "Receipt":
        manifest = json.loads(submission.manifest)
        return cls(submission=submission, files=manifest["files"], missing=manifest["missing"])
