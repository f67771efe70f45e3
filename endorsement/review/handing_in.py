"""The work of a job: make the file of a submission and hand it in, all of it or nothing."""

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.access import access_of
from accounts.access_table import Capability
from assessments.models import Assessment
from assessments.transitions import TransitionRefused
from endorsement.models import Endorsement, Submission
from endorsement.review import transitions
from endorsement.stored import in_force
from jobs.models import Job
from jobs.requests import request
from jobs.work import Progress, Result, WorkRefused


@transaction.atomic
def ask_for(assessment: Assessment, endorsement: Endorsement, *, by) -> Job:
    """Ask for what was endorsed to be handed in. Raises RequestRefused."""
    return request(
        work="endorsement.review.handing_in.hand_in",
        title=_("Submission of the report of %(year)s to UN Women") % {"year": assessment.year},
        team=assessment.team,
        by=by,
        arguments={
            "assessment": assessment.pk,
            "endorsement": endorsement.pk,
            "language": translation.get_language(),
        },
    )


def hand_in(
    job: Job, progress: Progress, *, assessment: int, endorsement: int, language: str
) -> Result:
    """See jobs/work.py. The attempt after a killed one finds what that one handed in."""
    with translation.override(language):
        current = Assessment.objects.with_context().get(pk=assessment)
        handed_in = Submission.objects.of(current).filter(endorsement=endorsement).last()
        return _result(handed_in or _submit(current, endorsement, progress, by=job.requested_by))


def _submit(assessment, endorsement, progress, *, by) -> Submission:
    anew = Result(
        url=reverse("review:submit", args=[assessment.pk]), label=_("Look at the submission")
    )
    access = access_of(by, assessment.team, state=assessment.state)
    if not access.allows(Capability.SUBMIT):
        reason = _("Nothing was handed in: only an endorsed report is, by a coordinator.")
        raise WorkRefused(reason, instead=anew)
    standing = in_force(assessment)
    if standing is None or standing.pk != endorsement:
        reason = _("Nothing was handed in: another version is endorsed by now. Look at it first.")
        raise WorkRefused(reason, instead=anew)
    try:
        return transitions.submit(assessment, by=by, progress=progress)
    except TransitionRefused as refusal:
        raise WorkRefused(str(refusal), instead=anew) from refusal


def _result(submission: Submission) -> Result:
    address = reverse("review:receipt", args=[submission.assessment.pk, submission.number])
    return Result(url=address, label=_("See the receipt"))
