from django.contrib.auth import middleware
from django.shortcuts import render

from accounts.access import WrongState


class LoginRequiredMiddleware(middleware.LoginRequiredMiddleware):
    """On a page for everybody nobody is asked who they are, which takes two queries."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        if getattr(view_func, "login_required", True):
            return super().process_view(request, view_func, view_args, view_kwargs)
        return None


class WrongStateMiddleware:
    """Answers 409 with the reason when something cannot be done in the present state."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, WrongState):
            return render(request, "409.html", {"reason": str(exception)}, status=409)
        return None
