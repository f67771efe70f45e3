"""Texts whose layout cannot be printed: which they are, and the report with them as typed.

One text of allowed markup can take the printer minutes (five thousand words half in italics).
It must cost its own layout and nothing else: the report always comes out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import partial

from django.utils.translation import gettext as _

from report.contents import AssessmentReport
from report.html import document, trial_document
from report.pdf import marks, pdf, styles
from scorecard.child import Busy, ChildError, ChildPool
from scorecard.markup import AsTyped

# Shorter texts cannot hold enough to take long.
SHORTEST_SUSPECT = 100  # characters
# The longest sound text takes half a second.
trial_printers = ChildPool(seconds=4, megabytes=1000, size=1)


@dataclass(frozen=True, kw_only=True)
class Printed:
    """as_typed: where texts stand that were printed without their layout, such as "PI 2.2"."""

    content: bytes
    as_typed: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        if not self.as_typed:
            return ""
        return _(
            "Printed as typed, since its layout cannot be printed: the text under %(places)s."
        ) % {"places": ", ".join(self.as_typed)}


def printed(report: AssessmentReport, *, record=None) -> Printed:
    """Return the report as PDF, if need be with some texts as typed. Raises a ChildError.

    record: of its endorsement, see report/html.py.
    """
    try:
        return Printed(content=pdf(document(report, record=record)))
    except Busy:
        raise
    except ChildError:
        culprits = {text: place for text, place in suspects(report) if not prints(text)}
    try:
        return _without_layout_of(culprits, report, record)
    except Busy:
        raise
    except ChildError:  # no text alone, but all of them together
        return _without_layout_of(dict(suspects(report)), report, record)


def _without_layout_of(culprits: dict[str, str], report: AssessmentReport, record) -> Printed:
    content = pdf(document(with_as_typed(report, culprits), record=record))
    return Printed(content=content, as_typed=tuple(dict.fromkeys(culprits.values())))


def prints(text: str) -> bool:
    """Whether the text alone can be printed within a few seconds."""
    html = trial_document(text).encode()
    try:
        trial_printers.run("report.printing:print_pdf", html, styles=styles(), marks=marks())
    except ChildError:
        return False
    return True


def suspects(value, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield the report's longer texts, each with where it stands."""
    if isinstance(value, str):
        if len(value) >= SHORTEST_SUSPECT:
            yield value, place
    elif is_dataclass(value):
        place = _place(value) or place
        for field in fields(value):
            yield from suspects(getattr(value, field.name), place)
    elif isinstance(value, tuple):
        for part in value:
            yield from suspects(part, place)


def _place(value) -> str:
    if code := getattr(value, "code", ""):
        return f"PI {code}"
    return getattr(value, "heading", "") or getattr(value, "title", "")


def with_as_typed(value, texts):
    """Return the report with these texts marked to be shown as typed."""
    if isinstance(value, str):
        return AsTyped(value) if value in texts else value
    if is_dataclass(value):
        changed = {
            field.name: with_as_typed(getattr(value, field.name), texts) for field in fields(value)
        }
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(map(partial(with_as_typed, texts=texts), value))
    return value
