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
    changes = changes_of(workspace.rating)
    names = {field.name for change in changes for field in change.fields}
    return render(
        request,
        "assessments/indicator_rating_history.html",
        {
            "assessment": workspace.rating.assessment,
            "rating": workspace.rating,
            "changes": changes,
            "restorable": set(filter(workspace.takes, names)) if workspace.may_write else (),
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
    if not workspace.takes(field):
        messages.error(request, _not_here(workspace, field))
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
    _tell(request, saved, {"field": label(field, rating.indicator), "version": version})
    return redirect("assessments:history", pk, code)


def _not_here(workspace, field):
    """Why this person cannot bring the field back."""
    words = {"field": label(field, workspace.indicator), "code": workspace.indicator.code}
    if field == "rating" and workspace.is_decided and workspace.may_explain:
        return _("The agreed rating of PI %(code)s is the workshop’s. Change it there.") % words
    return _("“%(field)s” of PI %(code)s stays as it is: you cannot change it now.") % words


def _tell(request, saved, words):
    for _field, sentence in saved.problems:
        messages.error(request, sentence)
    if saved.submission.conflicts:
        messages.error(
            request,
            _("“%(field)s” stays as it is: somebody changed it in this moment. See below.") % words,
        )
    elif saved.is_saved:
        messages.success(
            request, _("“%(field)s” is again what it was in version %(version)s.") % words
        )


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
