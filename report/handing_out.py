"""The address of an endorsed PDF, signed for one browser and good for a minute.

Whoever asks for the PDF is asked who they are, and noted in the team's log. They are led on to such
an address, where the file is handed out as fast as any static one: without a query, for as often as
the browser asks within the minute.
"""

from django.conf import settings
from django.core.signing import TimestampSigner

GOOD_FOR = 60  # seconds


def word_for(request, pk: int, *, name: str, saved_as: str) -> str:
    """The signed part of the address. pk: of the assessment. name: of the file in the store."""
    return _signer(request, pk).sign_object([name, saved_as])


def read(request, pk: int, word: str) -> tuple[str, str]:
    """Return name and saved_as.

    Raises BadSignature for an old word, for another browser's, and for that of another report.
    """
    name, saved_as = _signer(request, pk).unsign_object(word, max_age=GOOD_FOR)
    return name, saved_as


def _signer(request, pk):
    session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return TimestampSigner(salt=f"report.handing_out.{pk}.{session}")
