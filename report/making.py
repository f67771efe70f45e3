"""The work of a job: have the files of a report made and kept, so that fetching them is quick."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Assessment
from jobs.models import Job
from jobs.requests import request
from jobs.work import Progress, Result
from report import rendered
from report.contents import AssessmentReport
from report.formats import FORMATS, made
from report.stored import current_report

# What takes long, and the kept files that it consists of.
SLOW = {"pdf": ["pdf"], "docx": ["docx"], "bundle": ["pdf", "docx"]}
NAMES = {**{key: FORMATS[key].name for key in ("pdf", "docx")}, "bundle": gettext_lazy("Bundle")}


def is_ready(report: AssessmentReport, key: str) -> bool:
    """Whether fetching it takes no time worth waiting for."""
    names = (rendered.name_of(report, format) for format in SLOW[key])
    return all(rendered.storage().exists(name) for name in names)


def ask_for(key: str, assessment: Assessment, *, by) -> Job:
    """Ask for a slow format. Raises RequestRefused."""
    title = _("%(format)s of the report of %(year)s") % {
        "format": NAMES[key],
        "year": assessment.year,
    }
    arguments = {
        "assessment": assessment.pk,
        "key": key,
        "language": translation.get_language(),
    }
    return request(
        work="report.making.make", title=title, team=assessment.team, by=by, arguments=arguments
    )


def make(job: Job, progress: Progress, *, assessment: int, key: str, language: str) -> Result:
    """See jobs/work.py. Who may fetch it is asked when it is fetched."""
    with translation.override(language):
        steps = SLOW[key]
        progress(_("Gathering what the report says"), 0, of=len(steps) + 1)
        report = current_report(Assessment.objects.with_context().get(pk=assessment))
        notes = []
        for number, format in enumerate(steps, start=1):
            name = FORMATS[format].name
            progress(_("Making the file: %(format)s") % {"format": name}, number, of=len(steps) + 1)
            notes.append(made(report, format).note)
        return Result(
            url=reverse(f"report:{key}", args=[assessment]),
            label=_("Download: %(format)s") % {"format": NAMES[key]},
            note=" ".join(filter(None, notes)),
        )
