"""What a team sets out to do for better ratings, and what it did year by year."""

from actionplan.models.activity import Activity
from actionplan.models.event import ActionPointEvent
from actionplan.models.plan import ActionPlan
from actionplan.models.point import ActionPoint

__all__ = ["ActionPlan", "ActionPoint", "ActionPointEvent", "Activity"]
