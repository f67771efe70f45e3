"""The pre-flight: what is checked before the heads of agency are asked to endorse a report."""

from report.checks.check import Check, Kind, Severity
from report.checks.groups import Found
from report.checks.table import blocking_sentences, preflight

__all__ = ["Check", "Found", "Kind", "Severity", "blocking_sentences", "preflight"]
