def csp_nonce(request):
    """Give django-htmx's script tag the nonce under the name that it looks for."""
    return {"csp_nonce": request.csp_nonce}
