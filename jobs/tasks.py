"""The one task: does the work of a job and writes down what came of it."""

from functools import partial

from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django_tasks import task

from jobs.transitions import fail, finish, start, tell
from jobs.work import WorkRefused
from scorecard.child import ChildError


@task()
def run(pk, attempt):
    """Do the work, unless somebody has taken it up before.

    What nobody expected goes on to the log of tasks, after the person has been told.
    """
    job = start(pk, attempt)
    if job is None:
        return
    refusal = _("This did not work, and the site has noted why. Try again, or tell its operators.")
    instead = None
    try:
        result = import_string(job.work)(job, partial(tell, job), **job.arguments)
        refusal = ""
    except WorkRefused as reason:
        refusal, instead = str(reason), reason.instead
    except ChildError as reason:
        refusal = str(reason)
    finally:
        if refusal:
            fail(job, refusal, instead=instead)
    if not refusal:
        finish(job, result)
