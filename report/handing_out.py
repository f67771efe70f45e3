"""The address of an endorsed PDF, signed for one browser and good for a minute.

Whoever asks for the PDF is asked who they are, and noted in the team's log. They are led on to such
an address, where the file is handed out as fast as any static one: without a query, for as often as
the browser asks within the minute.
"""

from django.conf import settings
from django.core.signing import TimestampSigner

GOOD_FOR = 60  # seconds


def word_for(request, *, name: str, saved_as: str) -> str:
    """The signed part of the address. name: of the file in the store."""
    return _signer(request).sign_object([name, saved_as])


def read(request, word: str) -> tuple[str, str]:
    """Return name and saved_as. Raises BadSignature for an old word, and for another browser's."""
    name, saved_as = _signer(request).unsign_object(word, max_age=GOOD_FOR)
    return name, saved_as


def _signer(request):
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return TimestampSigner(salt=f"report.handing_out.{session}")
