"""What stands where on the sheet of the action plan."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NEEDED = ("number", "pi", "text")
BLANK_ROWS = 12  # for new action points
# Column by key: heading, width in characters. "activity" bears its year.
COLUMNS = {
    "number": (gettext_lazy("No."), 6),
    "pi": (gettext_lazy("PI"), 6),
    "text": (gettext_lazy("Action point"), 52),
    "lead": (gettext_lazy("Lead entity"), 14),
    "supporting": (gettext_lazy("Supporting entities"), 20),
    "start": (gettext_lazy("Start"), 12),
    "due": (gettext_lazy("Due"), 12),
    "resources_required": (gettext_lazy("Resources required"), 14),
    "resources_available": (gettext_lazy("Resources available"), 14),
    "currency": (gettext_lazy("Currency"), 10),
    "activity": (gettext_lazy("Undertaken in %(year)s"), 52),
    "status": (gettext_lazy("Status"), 12),
    "before": (gettext_lazy("Undertaken before"), 40),
}
# The field of the action point in each column that can be changed.
FIELDS = {
    "pi": "indicator",
    **{key: key for key in COLUMNS if key not in ("number", "pi", "status", "before")},
}


def heading(key: str, *, year: int) -> str:
    return str(COLUMNS[key][0]) % {"year": year}


def headings(*, year: int) -> dict[str, Collection[str]]:
    return {key: [heading(key, year=year)] for key in COLUMNS}


def point_key(number: int) -> str:
    """How the fingerprints name an action point."""
    return f"action {number}"


def sheet_name() -> str:
    return _("Action plan")
