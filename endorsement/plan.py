"""The action plan as a version of the report holds it: what was put before the heads of agency."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from actionplan.models import ActionPoint
from report.chapters.plan_facts import PlanFact, acronyms_in


@dataclass(frozen=True, kw_only=True)
class NamedPoint:
    """An action point, and by their acronyms the entities that lead or support it."""

    number: int
    code: str
    text: str
    due: date | None
    is_open: bool
    acronyms: frozenset[str]


def points_in(content: Mapping) -> Iterator[NamedPoint]:
    """content: a report's JSON, read back into dicts and lists."""
    for dimension in content.get("action_plan", {}).get("dimensions", ()):
        for point in dimension["points"]:
            yield NamedPoint(
                number=point["number"],
                code=point["code"],
                text=point["text"],
                due=date.fromisoformat(point["due"]) if point["due"] else None,
                is_open=point["status"] in ActionPoint.OPEN,
                acronyms=frozenset(acronyms_in(PlanFact(**fact) for fact in point["facts"])),
            )
