"""The log of a team, to read and to check."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.access import access_of
from accounts.access_table import Capability
from accounts.audit.forms import LogForm
from accounts.audit.log import faults_of
from accounts.models import AuditEntry, CountryTeam

PAGE_LENGTH = 50


@require_GET
def entry_list(request, code):
    team = _team(request, code)
    entries = AuditEntry.objects.in_team(team)
    form = LogForm(request.GET, entries=entries)
    page = Paginator(form.chosen, PAGE_LENGTH).get_page(request.GET.get("page"))
    return render(
        request, "accounts/audit_entry_list.html", {"team": team, "form": form, "page": page}
    )


@require_POST
def check(request, code):
    """Say whether anybody tampered with the log, and where."""
    team = _team(request, code)
    for fault in (faults := faults_of(team)):
        messages.error(request, fault)
    if not faults:
        count = AuditEntry.objects.in_team(team).count()
        messages.success(request, _unbroken(count))
    return redirect("accounts:log", team.code)


def _team(request, code):
    team = get_object_or_404(CountryTeam.objects.visible_to(request.user), code=code)
    access_of(request.user, team, state=None).require(Capability.VIEW_LOG)
    return team


def _unbroken(count) -> str:
    if not count:
        return _("The log is empty, and no entry is missing.")
    return ngettext(
        "The log is unbroken: its %(count)s entry stands as it was written.",
        "The log is unbroken: all %(count)s entries stand as they were written, in their order.",
        count,
    ) % {"count": count}
