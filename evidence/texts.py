"""Text files: whether they are text, and whether a browser would take them for a page.

Without Django.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from evidence.reasons import FileRefused, Reason

CHUNK = 64 * 1024
# Browsers guess a type from the first 512 to 1445 bytes.
GUESSED_FROM = 4096
# Everything below the space but tab and the line and page breaks; and DEL.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# What makes a browser call a text HTML when it stands first, by the WHATWG's table, and more.
_MARKUP_FIRST = re.compile(
    r"\s*<(?:!--|!doctype|\?xml|(?:a|b|body|br|div|font|form|h1|head|html|iframe|img|link|math"
    r"|meta|object|p|script|style|svg|table|title)[\s/>])",
    re.IGNORECASE,
)
_MARKUP_ANYWHERE = re.compile(r"<(?:!doctype\s+html|html|iframe|script|svg)[\s/>]", re.IGNORECASE)


def is_text(stream: BinaryIO) -> bool:
    """Whether the whole file is text: UTF-8, UTF-16 with its mark, or an 8-bit code page.

    An 8-bit code page cannot be told from another, so only control characters count there:
    a spreadsheet saved as CSV in Almaty is in Windows-1251, one saved in Geneva in 1252.

    Raises FileRefused for text that a browser would run.
    """
    encoding = _encoding(stream)
    try:
        return _is_clean(stream, encoding)
    except UnicodeDecodeError:
        return encoding != "utf-16" and _is_clean(stream, "latin-1")


def _encoding(stream):
    stream.seek(0)
    begins_in_utf_16 = stream.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return "utf-16" if begins_in_utf_16 else "utf-8-sig"


def _is_clean(stream, encoding):
    head = ""
    for text in _decoded(stream, encoding):
        if _CONTROL.search(text):
            return False
        head += text[: GUESSED_FROM - len(head)]
    if _MARKUP_FIRST.match(head) or _MARKUP_ANYWHERE.search(head):
        raise FileRefused(Reason.ACTIVE)
    return True


def _decoded(stream, encoding) -> Iterator[str]:
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    while chunk := stream.read(CHUNK):
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)
