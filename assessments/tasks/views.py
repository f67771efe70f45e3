from django.contrib import messages
from django.shortcuts import get_list_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access_table import Capability
from accounts.models import Membership
from accounts.site import site_of
from assessments.lookup import visible_assessment
from assessments.tasks import assignments, reminders
from assessments.tasks.assignments import AssignmentForm
from assessments.tasks.progress_tables import WorkList
from assessments.tasks.work import my_work, work_in
from assessments.transitions import TransitionRefused


@require_GET
def my_tasks(request):
    return render(request, "assessments/tasks/my_tasks.html", {"works": my_work(request.user)})


@require_GET
def work_list(request, pk):
    """What is done and what is open, PI by PI; for one entity or dimension if asked for."""
    assessment, access = visible_assessment(request, pk)
    access.require_sight(Capability.VIEW_WORK)
    (gathered,) = work_in([assessment])
    work = WorkList.of(
        gathered, entity=request.GET.get("entity"), dimension=request.GET.get("dimension")
    )
    return render(
        request, "assessments/tasks/work_list.html", {"assessment": assessment, "work": work}
    )


@require_http_methods(["GET", "POST"])
def assignment_edit(request, pk):
    assessment, access = visible_assessment(request, pk)
    access.require(Capability.ASSIGN)
    form = AssignmentForm(
        request.POST or None,
        ratings=assessment.indicator_ratings.in_detail(assessment.framework),
        members=assignments.assignable(assessment.team),
    )
    if request.method == "GET":
        return _show_assignments(request, assessment, form)
    if not form.is_valid():
        return _show_assignments(request, assessment, form, status=422)
    try:
        touched = assignments.assign(assessment, form.changes, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(assessment)
    messages.success(request, _assigned(touched))
    return redirect("assessments:assignments", pk)


def _assigned(touched):
    if not touched:
        return _("Nothing was changed.")
    return ngettext(
        "The assignment of %(count)s PI is saved.",
        "The assignments of %(count)s PIs are saved.",
        touched,
    ) % {"count": touched}


def _show_assignments(request, assessment, form, *, status=200):
    return render(
        request,
        "assessments/tasks/assignment_form.html",
        {"assessment": assessment, "form": form},
        status=status,
    )


@require_http_methods(["GET", "POST"])
def reminder_send_all(request, pk):
    """Remind everybody with open work, after showing to whom mail goes and what it says."""
    return _remind(request, pk)


@require_http_methods(["GET", "POST"])
def reminder_send(request, pk, person):
    """Remind one person, after showing what they will be told."""
    return _remind(request, pk, person=person)


def _remind(request, pk, *, person=None):
    assessment, access = visible_assessment(request, pk)
    access.require(Capability.ASSIGN)
    letters = reminders.letters_in(assessment, except_for=request.user)
    if person is not None:
        members = Membership.objects.in_team(assessment.team).active().of_assessment_team()
        person = get_list_or_404(members, user=person)[0].user
        letters = [letter for letter in letters if letter.person == person]
    willing = [letter for letter in letters if letter.person.wants_reminders]
    if request.method == "POST":
        return _send(request, assessment, willing)
    return render(
        request,
        "assessments/tasks/reminder_confirm.html",
        {
            "assessment": assessment,
            "letters": willing,
            "unwilling": [letter for letter in letters if letter not in willing],
            "person": person,
        },
    )


def _send(request, assessment, letters):
    site, day = site_of(request), assessment.team.day(timezone.now())
    outcome = reminders.send(letters, site=site, day=day, assessment=assessment)
    for kind, sentence in reminders.in_words(outcome):
        messages.add_message(request, getattr(messages, kind.upper()), sentence)
    return redirect("assessments:assignments", assessment.pk)
