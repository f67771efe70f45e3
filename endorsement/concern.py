"""Which UN entities work on a PI and on an action point: whom a change of it concerns.

Whoever loses an action point is concerned as much as whoever gets it, so those whom the version
before names count, too.
"""

import json
from collections.abc import Hashable
from dataclasses import dataclass

from actionplan.models import ActionPoint
from assessments.models import Assessment
from endorsement.difference import SeatFacts
from endorsement.models import Decision, ReportVersion, Seat
from endorsement.plan import points_in
from endorsement.seats import Standing


def seat_facts(seats: list[Seat]) -> list[SeatFacts]:
    return [
        SeatFacts(
            key=seat.pk,
            entity=seat.entity_id,
            is_resident_coordinator=seat.is_resident_coordinator,
        )
        for seat in seats
    ]


@dataclass(frozen=True, kw_only=True)
class Carried:
    """One action point, as it is now or as the version before has it, and who carries it out."""

    number: int
    code: str
    entities: set[Hashable]


def carried_points(
    assessment: Assessment, standings: list[Standing], before: ReportVersion
) -> list[Carried]:
    """Return each action point of the plan, and once more as the version before has it.

    A version names entities by acronym; those without a seat are left out.
    """
    present = ActionPoint.objects.of_cycle(assessment.cooperation_framework_id)
    seated = {row.seat.entity.acronym: row.seat.entity_id for row in standings}
    return [
        *(
            Carried(number=point.number, code=point.indicator.code, entities=point.entities)
            for point in present
        ),
        *(
            Carried(
                number=point.number,
                code=point.code,
                entities={seated[name] for name in point.acronyms if name in seated},
            )
            for point in points_in(json.loads(before.content))
        ),
    ]


def entities_of_points(points: list[Carried]) -> dict[int, set[Hashable]]:
    """Who leads and supports each action point, by its number."""
    found: dict[int, set[Hashable]] = {}
    for point in points:
        found.setdefault(point.number, set()).update(point.entities)
    return found


def entities_of_indicators(
    assessment: Assessment, standings: list[Standing], points: list[Carried]
) -> dict[str, set[Hashable]]:
    """Who has each PI assigned, has an action point under it, or objected to it, by its code."""
    found: dict[str, set[Hashable]] = {}
    rows = assessment.indicator_ratings.values_list("indicator__code", "assigned_to__entity")
    for code, entity in rows:
        found.setdefault(code, set()).update({entity} - {None})
    for point in points:
        found.setdefault(point.code, set()).update(point.entities)
    for standing in standings:
        for decision in filter(None, [standing.decision, *standing.earlier]):
            if decision.kind == Decision.Kind.OBJECT:
                for code in decision.codes:
                    found.setdefault(code, set()).add(standing.seat.entity_id)
    return found
