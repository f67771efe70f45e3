"""What a workbook can change in an action plan: its points, and new ones."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access_table import Capability
from accounts.models import Entity
from actionplan import activities, writing
from actionplan.models import ActionPoint, Activity
from actionplan.point_form import PointForm
from workbook.changed import ChangedMeanwhile
from workbook.plan import Plan
from workbook.plan_layout import heading
from workbook.values import settled
from workbook.wording import plain_amount

EMPTY = {
    "indicator": "",
    "text": "",
    "lead": "",
    "supporting": (),
    "start": "",
    "due": "",
    "resources_required": "",
    "resources_available": "",
    "currency": "",
    "activity": "",
}
LABELLED_BY = {"indicator": "pi"}


class _Action:
    """What an action point that stands in the plan and a new one have in common."""

    plan: Plan
    point: ActionPoint
    content: Mapping[str, Any]

    @property
    def last_change(self) -> str:
        return str(self.point.changed_by or "")

    def label(self, name: str) -> str:
        return heading(LABELLED_BY.get(name, name), year=self.plan.year)

    def in_words(self, name: str, value: Any) -> str:
        return ", ".join(value) if name == "supporting" else value

    def effect(self, changes: Mapping[str, Any]) -> str:
        return ""

    def faults(self, changes: Mapping[str, Any]) -> list[tuple[str, str]]:
        errors = self._form(changes).errors if changes.keys() - {"activity"} else {}
        return [
            ({"criterion": "indicator"}.get(name, name), sentence)
            for name, sentences in errors.items()
            for sentence in sentences
        ]

    def _form(self, changes) -> PointForm:
        plan = self.plan
        return PointForm(
            self._data({**self.content, **changes}),
            instance=copy(self.point),
            framework=plan.framework,
            entities=Entity.objects.filter(pk__in=[row.pk for row in plan.entities.values()]),
            own_entities=None if plan.manages_all else plan.access.entities,
        )

    def _data(self, content) -> dict[str, Any]:
        """The content as a browser would send it, with what no column holds as it is."""
        entities, indicators = self.plan.entities, self.plan.indicators
        is_stored = self.point.pk is not None
        others = self.point.other_indicators.all() if is_stored else ()
        return {
            **{name: content[name] for name in ("text", "start", "due", "currency")},
            **{name: content[name] for name in ("resources_required", "resources_available")},
            "indicator": indicators[content["indicator"]].pk if content["indicator"] else "",
            "criterion": self.point.criterion_id or "",
            "lead": entities[content["lead"]].pk if content["lead"] else "",
            "supporting": [entities[name].pk for name in content["supporting"]],
            "other_indicators": [row.pk for row in others],
            "version": self.point.version,
        }


@dataclass(frozen=True, kw_only=True)
class PlannedAction(_Action):
    """An action point of the plan."""

    plan: Plan
    point: ActionPoint

    @property
    def title(self) -> str:
        return _("Action point %(number)s") % {"number": self.point.number}

    @property
    def url(self) -> str:
        return self.point.get_absolute_url()

    @cached_property
    def activity(self) -> Activity | None:
        rows = self.point.activities.all()
        year = self.plan.year
        return next((row for row in rows if row.year == year and not row.is_addition), None)

    @cached_property
    def content(self) -> Mapping[str, Any]:
        point = self.point
        return {
            "indicator": point.indicator.code,
            "text": settled(point.text),
            "lead": point.lead.acronym if point.lead else "",
            "supporting": tuple(sorted(row.acronym for row in point.supporting.all())),
            "start": point.start.isoformat() if point.start else "",
            "due": point.due.isoformat() if point.due else "",
            "resources_required": _amount(point.resources_required),
            "resources_available": _amount(point.resources_available),
            "currency": point.currency,
            "activity": settled(self.activity.text) if self.activity else "",
        }

    @property
    def before(self) -> str:
        """What was undertaken in earlier years, a paragraph each."""
        rows = [row for row in self.point.activities.all() if row.year < self.plan.year]
        return "\n\n".join(f"{row.year}: {row.text}" for row in rows if row.text)

    def refusal_of(self, name: str) -> str:
        number = {"number": self.point.number}
        may = self.plan.access.allows(Capability.MANAGE_ACTION_POINTS, entities=self.point.entities)
        if not may:
            return _("Action point %(number)s is not one of your entity’s.") % number
        if name == "activity":
            return self._refusal_of_activity()
        if not self.point.is_open:
            return (
                _("Action point %(number)s is closed. Open it again before you change it.") % number
            )
        return ""

    def _refusal_of_activity(self):
        if self.plan.is_year_open:
            return ""
        return _("The report of %(year)s is closed; add what came to light since on the site.") % {
            "year": self.plan.year
        }

    def save(self, changes: Mapping[str, Any], *, by, source: str):
        try:
            if changes.keys() - {"activity"}:
                self._save_point(changes, by=by, source=source)
            if "activity" in changes:
                self._save_activity(changes["activity"], by=by, source=source)
        except (writing.StaleVersion, activities.StaleActivity) as stale:
            raise ChangedMeanwhile(self.title) from stale

    def _save_point(self, changes, *, by, source):
        form = self._form(changes)
        if not form.is_valid():
            raise ValueError(f"{self.title}: {form.errors}")
        writing.change_point(
            form.instance, links=form.links, by=by, version=self.point.version, source=source
        )

    def _save_activity(self, text, *, by, source):
        activities.record_activity(
            self.point,
            self.plan.year,
            text=text,
            no_action=False,
            version=self.activity.version if self.activity else 0,
            by=by,
            source=source,
        )

    def faults(self, changes: Mapping[str, Any]) -> list[tuple[str, str]]:
        found = super().faults(changes)
        if changes.get("activity") == "":
            found.append(("activity", _("What was undertaken can be changed here, not taken out.")))
        return found


@dataclass(frozen=True, kw_only=True)
class NewAction(_Action):
    """An action point that the workbook adds, from this row of its sheet."""

    plan: Plan
    row: int

    @cached_property
    def point(self) -> ActionPoint:
        return ActionPoint()

    @property
    def content(self) -> Mapping[str, Any]:
        return EMPTY

    @property
    def title(self) -> str:
        return _("New action point, row %(row)s") % {"row": self.row}

    @property
    def url(self) -> str:
        cycle = self.plan.assessment.cooperation_framework
        return reverse("actionplan:plan", args=[cycle.team.code, cycle.first_year])

    def refusal_of(self, name: str) -> str:
        if not self.plan.may_add:
            return _("Action points are added by members of the team and the coordinator.")
        if name == "activity":
            return _("A new action point has no activities yet: write them once it is in the plan.")
        return ""

    def save(self, changes: Mapping[str, Any], *, by, source: str):
        form = self._form(changes)
        if not form.is_valid():
            raise ValueError(f"{self.title}: {form.errors}")
        cycle = self.plan.assessment.cooperation_framework
        writing.add_point(form.instance, cycle=cycle, links=form.links, by=by, source=source)


def actions_of(plan: Plan) -> dict[int, PlannedAction]:
    """The action points of the plan by their numbers."""
    return {point.number: PlannedAction(plan=plan, point=point) for point in plan.points}


def _amount(value: Decimal | None) -> str:
    return "" if value is None else plain_amount(value)
