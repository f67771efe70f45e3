"""What a scoring workbook says of itself on its hidden sheet. Without Django.

Beside each field stands the fingerprint of what it said when the workbook was made: by it one
sees what was changed offline, and what was changed on the site meanwhile.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from hashlib import sha256
from typing import Any, Self

from workbook.grid import Book
from workbook.reasons import BookRefused, Reason

SHEET = "_site"
FORM = "scoring workbook 1"  # raised when an older file can no longer be read
_FINGERPRINTS = "fingerprints"


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """fingerprints: by what the field belongs to ("2.2", "action 3") and the field's name."""

    assessment: str
    team: str
    year: str
    edition: str
    revision: str
    language: str
    made_at: str
    made_by: str
    fingerprints: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The rows of the hidden sheet: name and value, then one for each fingerprint."""
        yield "form", FORM
        for part in fields(self):
            if part.name != _FINGERPRINTS:
                yield part.name, getattr(self, part.name)
        for (thing, name), value in self.fingerprints.items():
            yield "field", thing, name, value

    @classmethod
    def of(cls, book: Book) -> Self:
        """Read the hidden sheet. Raises BookRefused where it is not there, or of another form."""
        sheet = book.sheet(SHEET)
        rows = [
            [row.cell(column).text for column in range(1, 5)]
            for row in (sheet.rows if sheet else ())
        ]
        said = {row[0]: row[1] for row in rows if row[0] != "field"}
        if "form" not in said:
            raise BookRefused(Reason.NOT_OURS)
        if said.pop("form") != FORM:
            raise BookRefused(Reason.OTHER_FORM)
        try:
            return cls(
                **said,
                fingerprints={(row[1], row[2]): row[3] for row in rows if row[0] == "field"},
            )
        except TypeError:
            raise BookRefused(Reason.NOT_OURS) from None


def fingerprint(value: Any) -> str:
    """Return a short sum over a field's value; equal for equal values and, so to say, no others."""
    text = json.dumps(value, ensure_ascii=False, default=list)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
