import logging
from functools import wraps

from django.shortcuts import redirect
from requests import RequestException

log = logging.getLogger(__name__)


def told_when_out_of_reach(view):
    """Lead to the page that says so when Microsoft does not answer this server."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except RequestException as fault:
            log.error("Microsoft cannot be reached: %s", fault)
            return redirect("socialaccount_login_error")

    return wrapper
