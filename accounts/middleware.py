from http import HTTPMethod, HTTPStatus
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, middleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts.access import WrongState

HTML, JSON = "text/html", "application/json"
UNSENT = "unsent"  # in the address of a form that was sent while nobody was signed in


class LoginRequiredMiddleware(middleware.LoginRequiredMiddleware):
    """On a page for everybody nobody is asked who they are, which takes two queries.

    Whoever was signed out while they wrote comes back to the page on which they wrote, where
    static/js/unsent.js puts what they sent into the form again.
    """

    def process_view(self, request, view_func, view_args, view_kwargs):
        if getattr(view_func, "login_required", True):
            return super().process_view(request, view_func, view_args, view_kwargs)
        return None

    def handle_no_permission(self, request, view_func):
        page = _page_of_form(request)
        if page is None:
            return super().handle_no_permission(request, view_func)
        messages.warning(
            request,
            _("You were signed out, so nothing was saved. Sign in to go on where you were."),
        )
        return redirect_to_login(page, self.get_login_url(view_func), REDIRECT_FIELD_NAME)


def _page_of_form(request) -> str | None:
    """The address of the page from which a form was sent, marked; None for anything else."""
    is_form = request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    referer = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(referer, {request.get_host()})
    if request.method != HTTPMethod.POST or not (is_form and referer and is_ours):
        return None
    page = urlsplit(referer)
    return f"{page.path}?{urlencode([*parse_qsl(page.query), (UNSENT, 1)])}"


class NotAllowedMiddleware:
    """Answers whoever opens an address to which forms are sent with the way to its page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method != HTTPMethod.GET or not isinstance(response, HttpResponseNotAllowed):
            return response
        page = render(
            request,
            "405.html",
            {"parent": _nearest_page(request.path)},
            status=HTTPStatus.METHOD_NOT_ALLOWED,
        )
        page["Allow"] = response["Allow"]
        return page


def _nearest_page(path: str) -> str:
    """The address above this one that leads somewhere."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return path


class WrongStateMiddleware:
    """Answers 409 with the reason when something cannot be done in the present state."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, WrongState):
            return None
        answer = {"reason": str(exception)}
        if request.get_preferred_type([HTML, JSON]) == JSON:  # a script that has no page to show
            return JsonResponse(answer, status=HTTPStatus.CONFLICT)
        return render(request, "409.html", answer, status=HTTPStatus.CONFLICT)
