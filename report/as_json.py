"""The report as canonical JSON: the same contents give the same bytes.

Keys sorted, text in composed form (NFC), whole numbers, no spaces between, UTF-8, one line feed
at the end. Fields that say where this site keeps something are left out.
"""

import json
import unicodedata
from dataclasses import fields, is_dataclass
from enum import Enum

from report.contents import AssessmentReport


def as_json(report: AssessmentReport) -> bytes:
    return canonical(report)


def everything_as_json(report: AssessmentReport) -> bytes:
    """The same with the fields that are no content: a file shows some of them."""
    return canonical(report, content_only=False)


def canonical(value, *, content_only: bool = True) -> bytes:
    """Return a frozen dataclass, or what it is made of, as canonical JSON."""
    plain = _plain(value, content_only=content_only)
    text = json.dumps(
        plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    return f"{text}\n".encode()


def _plain(value, *, content_only: bool = True):
    """Return the value made of dicts, lists, text, whole numbers, true, false and null.

    Raises TypeError for anything else, a float above all: its digits differ between machines.
    """
    if is_dataclass(value):
        return {
            field.name: _plain(getattr(value, field.name), content_only=content_only)
            for field in fields(value)
            if field.metadata.get("is_content", True) or not content_only
        }
    if isinstance(value, tuple | list):
        return [_plain(item, content_only=content_only) for item in value]
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, int):
        return value
    raise TypeError(f"A report's JSON holds no {type(value).__name__}; got {value!r}.")
