"""The address of this site, as links in mails and what is printed name it. One rule for all."""

from contextvars import ContextVar

from django.conf import settings

_request = ContextVar("the request that is being answered", default=None)


def site_of(request) -> str:
    """Scheme and host: SITE_URL, or else the address under which the visitor opened the page."""
    return settings.SITE_URL.rstrip("/") or f"{request.scheme}://{request.get_host()}"


def present_site() -> str:
    """The same for what knows no request; "" in a command on a site without SITE_URL."""
    request = _request.get()
    return site_of(request) if request else settings.SITE_URL.rstrip("/")


class SiteMiddleware:
    """Lets a mail that a step writes on its way know under which address the step was asked for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(token)
