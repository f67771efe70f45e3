from jobs import awaiting


class TellWhatEndedMiddleware:
    """On each page that is opened by somebody signed in; not for parts that a page asks for."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        is_for_everybody = not getattr(view_func, "login_required", True)
        if request.method == "GET" and not request.htmx and not is_for_everybody:
            awaiting.tell(request)
