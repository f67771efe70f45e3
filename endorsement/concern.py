"""Which UN entities work on a PI and on an action point: whom a change of it concerns."""

from collections.abc import Hashable

from actionplan.models import ActionPoint
from assessments.models import Assessment
from endorsement.difference import SeatFacts
from endorsement.models import Decision, Seat
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


def entities_of_points(assessment: Assessment) -> dict[int, set[Hashable]]:
    """Who leads and supports each action point of the plan, by its number."""
    points = ActionPoint.objects.of_cycle(assessment.cooperation_framework_id)
    return {point.number: point.entities for point in points}


def entities_of_indicators(
    assessment: Assessment, standings: list[Standing]
) -> dict[str, set[Hashable]]:
    """Who has each PI assigned, has an action point under it, or objected to it, by its code."""
    found: dict[str, set[Hashable]] = {}
    rows = assessment.indicator_ratings.values_list("indicator__code", "assigned_to__entity")
    for code, entity in rows:
        found.setdefault(code, set()).update({entity} - {None})
    for point in ActionPoint.objects.of_cycle(assessment.cooperation_framework_id):
        found.setdefault(point.indicator.code, set()).update(point.entities)
    for standing in standings:
        for decision in filter(None, [standing.decision, *standing.earlier]):
            if decision.kind == Decision.Kind.OBJECT:
                for code in decision.codes:
                    found.setdefault(code, set()).add(standing.seat.entity_id)
    return found
