"""What the coordinator does: ask the heads of agency, remind them, put a changed report before."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access_table import Capability
from accounts.site import site_of
from assessments.cycle.missing import missing_for_endorsement
from assessments.lookup import visible_assessment
from assessments.overview import Overview
from assessments.transitions import TransitionRefused
from endorsement import reminders, transitions
from endorsement.effect import Effect
from endorsement.forms import NewVersionForm, RequestForm
from endorsement.models import EndorsementRule
from endorsement.seats import heads
from endorsement.versions import changes_since, latest
from endorsement.views.closing import close
from endorsement.wording import in_words
from report.checks import Found, blocking_sentences
from scorecard.child import ChildError


@require_http_methods(["GET", "POST"])
def endorsement_request(request, pk):
    assessment, form = _requested(request, pk)
    if form.is_bound and form.is_valid() and _is_requested(request, assessment, form):
        asked = _("The heads of agency are asked: a mail goes to whoever has still to decide.")
        messages.success(request, asked)
        close(request, assessment)
        return redirect("endorsement:detail", assessment.pk)
    found = Found.of(Overview.of(assessment), may_mend=True).beside_the_move
    missing, asked = missing_for_endorsement(assessment), heads(assessment.team)
    page = _what_changes(assessment) | {
        "form": form,
        "found": found,
        "missing": missing,
        "heads": asked,
        "is_possible": bool(asked) and not (missing or found.blocking),
    }
    status = 422 if form.errors else 200
    return render(request, "endorsement/request.html", page, status=status)


def _what_changes(assessment) -> dict:
    """Since the last version, and whom that asks again."""
    before = latest(assessment)
    changes = changes_since(assessment, before)
    today = assessment.team.day(timezone.now())
    return {
        "assessment": assessment,
        "before": before,
        "changes": in_words(changes),
        "effect": Effect.of(assessment, changes, before=before, today=today) if before else None,
    }


def _requested(request, pk):
    assessment, access = visible_assessment(request, pk)
    access.require(Capability.REQUEST_ENDORSEMENT)
    rule = EndorsementRule.objects.filter(assessment=assessment).first()
    form = RequestForm(
        request.POST if request.method == "POST" else None,
        instance=rule or EndorsementRule(assessment=assessment),
        today=assessment.team.day(timezone.now()),
        seat_count=len(heads(assessment.team)),
        is_first=latest(assessment) is None,
    )
    return assessment, form


def _is_requested(request, assessment, form) -> bool:
    """Whether the request was made; if not, the form says why."""
    try:
        transitions.request(
            assessment,
            by=request.user,
            rule=form.instance,
            blocking=blocking_sentences(assessment),
            is_raised=form.cleaned_data.get("is_raised", False),
            note=form.cleaned_data["note"],
            site=site_of(request),
        )
    except (TransitionRefused, ChildError) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@require_http_methods(["GET", "POST"])
def version_create(request, pk):
    """Put the report as it stands by now before the heads of agency."""
    assessment = _running(request, pk)
    data = request.POST if request.method == "POST" else None
    today = assessment.team.day(timezone.now())
    form = NewVersionForm(data, today=today, rule=assessment.endorsement_rule)
    if form.is_bound and form.is_valid():
        try:
            version = transitions.take_in_changes(
                assessment, by=request.user, site=site_of(request), **form.cleaned_data
            )
        except (TransitionRefused, ChildError) as refusal:
            form.add_error(None, str(refusal))
        else:
            made = _("%(version)s is before the heads of agency.") % {"version": version}
            messages.success(request, made)
            close(request, assessment)
            return redirect("endorsement:detail", assessment.pk)
    page = _what_changes(assessment) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "endorsement/new_version.html", page, status=status)


@require_http_methods(["GET", "POST"])
def endorsement_remind(request, pk):
    """Remind those who have not decided, after showing who they are."""
    assessment = _running(request, pk)
    today = assessment.team.day(timezone.now())
    waiting = reminders.waiting(assessment, today=today)
    if request.method == "GET":
        page = {"assessment": assessment, "waiting": waiting}
        return render(request, "endorsement/remind.html", page)
    count = reminders.remind(assessment, by=request.user, site=site_of(request))
    sentence = ngettext("%(count)s person is reminded.", "%(count)s people are reminded.", count)
    messages.success(request, sentence % {"count": count})
    return redirect("endorsement:detail", assessment.pk)


@require_POST
def endorsement_close(request, pk):
    """Write down that a deadline passed without objection."""
    assessment = _running(request, pk)
    if not close(request, assessment):
        messages.info(request, _("The report is not endorsed yet."))
    return redirect("endorsement:detail", assessment.pk)


def _running(request, pk):
    assessment, access = visible_assessment(request, pk)
    access.require(Capability.RUN_ENDORSEMENT)
    return assessment
