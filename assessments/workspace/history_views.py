from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access_table import Capability
from assessments.models import Presence
from assessments.workspace.content import fields_of, form_data, label
from assessments.workspace.history import changes_of, content_at
from assessments.workspace.saving import save_sent
from assessments.workspace.views import open_workspace

MAX_FIELD_NAME = 100


@require_GET
def indicator_history(request, pk, code):
    workspace = open_workspace(request, pk, code)
    workspace.access.require_sight(Capability.VIEW_WORK)
    return render(
        request,
        "assessments/indicator_rating_history.html",
        {
            "assessment": workspace.rating.assessment,
            "rating": workspace.rating,
            "changes": changes_of(workspace.rating),
            "may_write": workspace.may_write,
        },
    )


@require_POST
def indicator_restore(request, pk, code, version, field):
    """Bring one field back to what it said in an earlier version; a new version comes of it."""
    workspace = open_workspace(request, pk, code)
    workspace.require_writing()
    rating = workspace.rating
    content = content_at(rating, version)
    if content is None or field not in content:
        raise Http404
    if field == "rating" and not workspace.may_rate:
        messages.error(
            request,
            _("The agreed rating of PI %(code)s is the workshop’s. Change it there.")
            % {"code": code},
        )
        return redirect("assessments:history", pk, code)
    earlier = form_data(content, rating.indicator, version=rating.version)
    sent = {name: earlier[name] for name in fields_of(field, earlier)}
    saved = save_sent(
        workspace,
        sent | {"version": str(rating.version)},
        reopen=partial(open_workspace, request, pk, code),
        by=request.user,
        in_parts=True,
    )
    if saved.is_saved:
        messages.success(
            request,
            _("“%(field)s” is again what it was in version %(version)s.")
            % {"field": label(field, rating.indicator), "version": version},
        )
    for _field, sentence in saved.problems:
        messages.error(request, sentence)
    return redirect("assessments:history", pk, code)


@require_POST
def indicator_presence(request, pk, code):
    """Note where the person is writing; answer who else is writing in the same PI."""
    workspace = open_workspace(request, pk, code)
    workspace.require_writing()
    now = timezone.now()
    Presence.objects.update_or_create(
        indicator_rating=workspace.rating,
        user=request.user,
        defaults={"field": request.POST.get("field", "")[:MAX_FIELD_NAME], "seen_at": now},
    )
    others = [
        (presence.user.name, _label_or_none(presence.field, workspace.indicator))
        for presence in Presence.objects.beside(request.user, workspace.rating, now=now)
    ]
    return render(request, "assessments/_presence.html", {"others": others})


def _label_or_none(field, indicator):
    try:
        return label(field, indicator)
    except LookupError:
        return None
