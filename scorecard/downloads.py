"""Files to save: private to the person who asked, and never run in our pages."""

from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def to_save(response: HttpResponseBase, name: str) -> HttpResponseBase:
    """Return the response as a file that the browser saves under this name."""
    disposition = content_disposition_header(as_attachment=True, filename=name)
    for header, value in {**HEADERS, "Content-Disposition": disposition}.items():
        response[header] = value
    return response
