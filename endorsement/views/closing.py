"""Closing an endorsement from a page, as soon as a step fulfils the rule."""

from django.contrib import messages
from django.utils.translation import gettext as _

from accounts.site import site_of
from assessments.transitions import TransitionRefused
from endorsement.closing import close_if_fulfilled
from endorsement.models import Endorsement
from scorecard.child import ChildError


def close(request, assessment) -> bool:
    """Whether the report is endorsed now. What led here stands, whatever becomes of this."""
    try:
        closed = close_if_fulfilled(assessment, by=request.user, site=site_of(request))
    except TransitionRefused as refusal:
        # Of two last decisions at once, either may close: both have done their part.
        if not Endorsement.objects.of(assessment).in_force().exists():
            messages.error(request, str(refusal))
            return False
        closed = True
    except ChildError:
        messages.warning(
            request, _("The endorsed report could not be printed just now; it will be tried again.")
        )
        return False
    if closed:
        messages.success(request, _("The rule is fulfilled: the report is endorsed."))
    return closed is not None
