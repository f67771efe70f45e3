"""What a person has asked for and left: told on the next page that they open once it has ended.

Which work that is stands in the session, so that nobody who waits for nothing pays a query.
"""

from django.contrib import messages
from django.utils.html import format_html
from django.utils.translation import gettext as _

from jobs.models import Job

KEY = "awaited-jobs"


def remember(request, job: Job):
    """Tell the end of this work on a later page, unless it has ended already."""
    if not job.is_ended:
        request.session[KEY] = [*_awaited(request), job.pk]


def forget(request, jobs):
    """These were told."""
    told = {job.pk for job in jobs}
    if told & set(_awaited(request)):
        request.session[KEY] = [pk for pk in _awaited(request) if pk not in told]


def tell(request):
    """Say on this page what has ended of what the person waits for. One query, or none."""
    if not (awaited := _awaited(request)):
        return
    jobs = Job.objects.visible_to(request.user).filter(pk__in=awaited)
    ended = [job for job in jobs if job.is_done or job.has_failed]
    for job in ended:
        if job.get_absolute_url() != request.path:  # which tells it itself
            say = messages.success if job.is_done else messages.error
            say(request, _link(job))
    forget(request, ended)


def _link(job):
    words = _("Ready: %(job)s") if job.is_done else _("Not done: %(job)s")
    address = job.result_url if job.is_done and not job.note else job.get_absolute_url()
    return format_html('<a href="{}">{}</a>', address, words % {"job": job})


def _awaited(request) -> list[int]:
    return request.session.get(KEY, [])
