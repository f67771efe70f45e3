"""Values of fields as they are compared: what the site would store of what a cell says."""

from typing import Any

from scorecard.fields import LongTextField
from scorecard.plain_text import printable

_TEXT = LongTextField()


def settled(value: Any) -> Any:
    """Return the value as it is once stored: text put in order, rows of a measure as tuples."""
    if isinstance(value, str):
        return _TEXT.to_python(value).strip()
    if isinstance(value, tuple | list):
        return tuple(tuple(one_line(part) for part in row) for row in value)
    return value


def one_line(text: str) -> str:
    return " ".join(printable(text).split())
