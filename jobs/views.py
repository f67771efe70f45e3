from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from jobs import awaiting, requests
from jobs.models import Job


@require_GET
@vary_on_headers("HX-Request")
def job_detail(request, pk):
    """The page; for the page itself, which asks once a second, the part of it that changes."""
    job = get_object_or_404(Job.objects.visible_to(request.user).select_related("team"), pk=pk)
    if job.is_done or job.has_failed:
        awaiting.forget(request, [job])
    template = "jobs/_progress.html" if request.htmx else "jobs/job_detail.html"
    return render(request, template, {"job": job})


@require_POST
def job_retry(request, pk):
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    try:
        awaiting.remember(request, requests.retry(job))
    except requests.RequestRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(job)
