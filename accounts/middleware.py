from django.shortcuts import render

from accounts.access import WrongState


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
