"""What the heads of agency are asked, what they decide, and what UN Women makes of the report."""

from endorsement.models.decision import Decision, ObjectedIndicator
from endorsement.models.endorsement import Endorsement
from endorsement.models.review import Query, QueryMessage, ReportingYear
from endorsement.models.seat import Ask, Delegation, EndorsementRule, Seat
from endorsement.models.submission import Submission
from endorsement.models.version import ReportVersion

__all__ = [
    "Ask",
    "Decision",
    "Delegation",
    "Endorsement",
    "EndorsementRule",
    "ObjectedIndicator",
    "Query",
    "QueryMessage",
    "ReportVersion",
    "ReportingYear",
    "Seat",
    "Submission",
]
