"""The action plan that a workbook holds, and what the person may do in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from accounts.access import Access
from accounts.access_table import UNTIL_CONSOLIDATED, Capability
from accounts.models import Entity
from actionplan.lookup import framework_of
from actionplan.models import ActionPoint
from actionplan.point_form import entities_of
from assessments.edition import indicators_of
from assessments.models import Assessment
from scorecard.models import Framework, Indicator


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The action plan of an assessment's cycle, and what the person may do in it.

    entities: by acronym. indicators: of the edition of the plan, by code.
    """

    assessment: Assessment
    access: Access
    framework: Framework
    points: tuple[ActionPoint, ...]
    entities: Mapping[str, Entity]
    indicators: Mapping[str, Indicator]

    @classmethod
    def of(cls, assessment: Assessment, access: Access) -> "Plan":
        cycle = assessment.cooperation_framework
        cycle.team = assessment.team  # which is fetched already
        framework = framework_of(cycle)
        points = ActionPoint.objects.of_cycle(cycle).prefetch_related("other_indicators")
        indicators = indicators_of(framework).values()
        entities = entities_of(assessment.team)
        return cls(
            assessment=assessment,
            access=access,
            framework=framework,
            points=tuple(points),
            entities={entity.acronym: entity for entity in entities},
            indicators={indicator.code: indicator for indicator in indicators},
        )

    @property
    def year(self) -> int:
        return self.assessment.year

    @property
    def manages_all(self) -> bool:
        return self.access.allows(Capability.MANAGE_ACTION_POINTS)

    @cached_property
    def may_add(self) -> bool:
        own = self.access.entities
        return self.access.allows(Capability.MANAGE_ACTION_POINTS, entities=own)

    @property
    def is_year_open(self) -> bool:
        return self.assessment.state in UNTIL_CONSOLIDATED
