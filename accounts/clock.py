"""The clock by which a person reads and writes times: that of the team they serve in.

It is kept in the session, so that no page has to ask for it. Reviewers of UN Women have UTC.
"""

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.utils import timezone

from accounts.models import Membership

KEY = "clock"


def zone_of(user) -> str:
    """The time zone of the team that the person joined last."""
    zones = Membership.objects.active().filter(user=user).order_by("-pk")
    return zones.values_list("team__time_zone", flat=True).first() or settings.TIME_ZONE


def remember(request):
    """After signing in, and when the person joined another team."""
    request.session[KEY] = zone_of(request.user)


def _remember_at_sign_in(request, user, **_signal):
    request.session[KEY] = zone_of(user)


user_logged_in.connect(_remember_at_sign_in, dispatch_uid="accounts.clock")


def activate(request):
    """Read and write times by this person's clock until the request is answered."""
    timezone.activate(request.session.get(KEY, settings.TIME_ZONE))


class ClockMiddleware:
    """Shows times by the person's clock on every page that asks who they are."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(self, request, view_func, view_args, view_kwargs):
        if getattr(view_func, "login_required", True):
            activate(request)
