"""What a reviewer of UN Women sees and does: the queue, a report, its queries."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import access_beyond_teams, access_of
from accounts.access_table import Capability
from accounts.views import site_of
from assessments.lookup import visible_assessment
from assessments.transitions import TransitionRefused
from endorsement.models import Query, ReportingYear, Submission
from endorsement.review import transitions
from endorsement.review.changes import changes_since_last_submission
from endorsement.review.checked import Checked
from endorsement.review.forms import (
    AcceptForm,
    DueForm,
    MessageForm,
    QueryForm,
    QueueForm,
    ReasonForm,
)
from endorsement.review.queue import ReviewQueue, years


@require_GET
def queue(request):
    access_beyond_teams(request.user).require_sight(Capability.VIEW_WORLD)
    form = QueueForm(request.GET, years=years())
    shown = ReviewQueue.of(now=timezone.now(), **form.asked)
    reporting = ReportingYear.objects.filter(year=shown.year).first()
    due_form = DueForm(instance=reporting or ReportingYear(year=shown.year))
    page = {"queue": shown, "form": form, "due_form": due_form}
    return render(request, "endorsement/review/queue.html", page)


@require_POST
def due_set(request, year):
    access_beyond_teams(request.user).require_sight(Capability.SET_DUE_DAY)
    reporting = ReportingYear.objects.filter(year=year).first() or ReportingYear(year=year)
    form = DueForm(request.POST, instance=reporting)
    if form.is_valid():
        form.save()
        messages.success(request, _("Reports of %(year)s have a last day now.") % {"year": year})
    else:
        messages.error(request, _("Write the day on which reports are due."))
    return redirect(reverse("review:queue", query={"year": year}))


@require_GET
def review_detail(request, pk):
    assessment, access = visible_assessment(request, pk)
    access.require(Capability.VIEW)
    submissions = list(Submission.objects.of(assessment).select_related("by"))
    return render(
        request,
        "endorsement/review/review_detail.html",
        {
            "assessment": assessment,
            "submissions": submissions,
            "queries": Query.objects.of(assessment),
            "checked": Checked.of(assessment, submissions),
            "changes": changes_since_last_submission(assessment),
            "may_review": access.allows(Capability.REVIEW),
        },
    )


@require_http_methods(["GET", "POST"])
def query_create(request, pk):
    assessment = _reviewed(request, pk)
    data = request.POST if request.method == "POST" else None
    today = assessment.team.day(timezone.now())
    form = QueryForm(data, framework=assessment.framework, today=today)
    if form.is_bound and form.is_valid():
        try:
            transitions.ask(assessment, by=request.user, site=site_of(request), **form.facts)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Asked. The coordinators get a mail."))
            return redirect("review:detail", assessment.pk)
    page = {"assessment": assessment, "form": form}
    return render(
        request, "endorsement/review/query_form.html", page, status=422 if form.errors else 200
    )


@require_GET
def query_detail(request, pk):
    query, access = _visible_query(request, pk)
    return _thread(request, query, access, MessageForm())


@require_POST
def query_answer(request, pk):
    query, access = _visible_query(request, pk)
    access.require(Capability.ANSWER_QUERY)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _thread(request, query, access, form, status=422)
    return _said(
        request,
        query,
        transitions.answer,
        _("Your message is sent."),
        text=form.cleaned_data["text"],
        is_from_reviewer=not access.memberships,
        site=site_of(request),
    )


@require_POST
def query_close(request, pk):
    query, access = _visible_query(request, pk)
    access.require(Capability.REVIEW)
    return _said(request, query, transitions.close, _("The query is closed."))


@require_http_methods(["GET", "POST"])
def report_return(request, pk):
    """Back to the team, after saying what happens."""
    form = ReasonForm(request.POST if request.method == "POST" else None)
    template, done = "endorsement/review/return.html", _("Sent back to the team.")
    return _answered(request, pk, form, template, transitions.send_back, done)


@require_http_methods(["GET", "POST"])
def report_accept(request, pk):
    """The end of it, after saying what happens."""
    form = AcceptForm(request.POST if request.method == "POST" else None)
    template, done = "endorsement/review/accept.html", _("Accepted. The team is told by mail.")
    return _answered(request, pk, form, template, transitions.accept, done)


def _answered(request, pk, form, template, move, done):
    assessment = _reviewed(request, pk)
    if form.is_bound and form.is_valid():
        try:
            move(assessment, by=request.user, **form.cleaned_data)
        except TransitionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("review:queue")
    page = {
        "assessment": assessment,
        "form": form,
        "queries": Query.objects.of(assessment).open(),
    }
    return render(request, template, page, status=422 if form.errors else 200)


def _said(request, query, move, done, **facts):
    try:
        move(query, by=request.user, **facts)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(query)


def _thread(request, query, access, form, *, status=200):
    page = {
        "query": query,
        "assessment": query.assessment,
        "form": form,
        "may_view": access.allows(Capability.VIEW),
        "may_answer": query.is_open and access.allows(Capability.ANSWER_QUERY),
        "may_close": query.is_open and access.allows(Capability.REVIEW),
    }
    return render(request, "endorsement/review/query_detail.html", page, status=status)


def _reviewed(request, pk):
    assessment, access = visible_assessment(request, pk)
    access.require(Capability.REVIEW)
    return assessment


def _visible_query(request, pk):
    """Return a query and what the person may do in its report. Raises Http404."""
    query = get_object_or_404(Query.objects.select_related("assessment__team"), pk=pk)
    access = access_of(request.user, query.assessment.team, state=query.assessment.state)
    is_own = query.opened_by_id == request.user.pk
    if not (is_own and access.allows(Capability.READ_OWN_QUERY)):
        query.assessment, access = visible_assessment(request, query.assessment_id)
    return query, access
