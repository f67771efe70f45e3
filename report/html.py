"""The report as a document of its own: what WeasyPrint prints, and what a file can hold."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from actionplan.models import ActionPoint
from report.charts import Skyline
from report.contents import AssessmentReport
from report.plan_timeline import plan_timelines

SCREEN_STYLES = [
    "css/tokens.css",
    "css/report.css",
    "css/report-tables.css",
    "css/timeline.css",
    "css/years.css",
    "css/report-record.css",
    "css/prose.css",
]


def context(report: AssessmentReport, *, links: bool, record=None) -> dict:
    """What _report.html needs.

    links: whether documents can be fetched from where it is read.
    record: of its endorsement, for the annex, from the app that keeps it; None for a draft.
    """
    return {
        "report": report,
        "chart": Skyline.of(report.overview),
        "timelines": plan_timelines(report.action_plan, until=report.cover.year),
        "statuses": ActionPoint.Status.choices,
        "links": links,
        "record": record,
    }


def article(report: AssessmentReport, *, record=None) -> str:
    """Return the report alone, to be kept and shown within a page."""
    return render_to_string("report/_report.html", context(report, links=False, record=record))


def document(report: AssessmentReport, *, record=None) -> str:
    """Return the report without any style, for the PDF."""
    return render_to_string(
        "report/document.html",
        context(report, links=False, record=record) | {"stylesheet": ""},
    )


def trial_document(text: str) -> str:
    """Return one text alone in a cell of a table, where texts are the hardest to print."""
    return render_to_string("report/trial.html", {"text": text})


def standalone_document(report: AssessmentReport) -> str:
    """Return the report as one file that needs nothing else."""
    return render_to_string(
        "report/document.html", context(report, links=False) | {"stylesheet": _styles()}
    )


def _styles() -> SafeString:
    """Our own files, in which a browser must find ">" and not "&gt;"."""
    texts = (Path(finders.find(name)).read_text(encoding="utf-8") for name in SCREEN_STYLES)
    return mark_safe("\n".join(texts))
