"""Carrying a plan into the next Cooperation Framework, in one transaction."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import CooperationFramework
from actionplan.lookup import framework_of
from actionplan.models import ActionPlan, ActionPoint, ActionPointEvent
from actionplan.roll_over import Decisions, NewPoint, outcome, problems
from actionplan.transitions import NO_CLAIM, record, written
from actionplan.writing import locked_plan, next_number
from assessments.transitions import TransitionRefused
from scorecard.fields import MAX_TEXT
from scorecard.models import Criterion, Indicator

Kind = ActionPointEvent.Kind


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A point of the next plan before it is saved, and what it comes from."""

    point: ActionPoint
    sources: list[ActionPoint]
    supporting: set[int]
    other_indicators: set[int]
    lost_criterion: Criterion | None
    foreign_amounts: list[ActionPoint]


def next_cycle(cycle: CooperationFramework) -> CooperationFramework | None:
    later = CooperationFramework.objects.filter(team=cycle.team, first_year__gt=cycle.first_year)
    return later.select_related("team").order_by("first_year").first()


def open_points(plan: ActionPlan) -> list[ActionPoint]:
    """The points on which a roll-over decides, in their order."""
    return list(
        plan.action_points.open()
        .select_related("indicator__dimension", "criterion", "lead")
        .prefetch_related("supporting", "other_indicators")
        .order_by("number")
    )


def drafts(points: list[ActionPoint], decisions: Decisions, cycle) -> list[Draft]:
    """Return what the next plan would hold. Writes nothing; decisions must hold."""
    by_number = {point.number: point for point in points}
    edition = _Edition(framework_of(cycle))
    result = outcome(by_number.keys(), decisions)
    return [_draft(new, by_number, edition) for new in result.new]


@transaction.atomic
def roll_over(plan, *, cycle, decisions: Decisions, by, at=None) -> ActionPlan:
    """Carry all open points into the plan of a later cycle: kept, merged, or dropped for a reason.

    Old points name what they became; new ones what they came from. Returns the next plan.
    """
    at = at or timezone.now()
    target = locked_plan(cycle)
    locked_plan(plan.cooperation_framework)
    _lock_points(plan)
    points = open_points(plan)
    _require_all_decided(points, decisions)
    for draft in drafts(points, decisions, cycle):
        _save(draft, target, by=by, at=at)
    _drop(points, decisions, by=by, at=at)
    return target


def _lock_points(plan):
    """Each move of a point locks that point alone: here all of them wait, or are waited for."""
    list(ActionPoint.objects.select_for_update(of=("self",)).filter(plan=plan).order_by("pk"))


def _require_all_decided(points, decisions):
    if not points:
        raise TransitionRefused(_("No action point of this plan is open: nothing to roll over."))
    if wrong := problems([point.number for point in points], decisions):
        raise TransitionRefused(
            _("The plan has changed meanwhile. Decide again on action point %(numbers)s.")
            % {"numbers": ", ".join(str(number) for number in sorted(wrong))}
        )


class _Edition:
    """The PIs and criteria of the next plan's edition, by code and key."""

    def __init__(self, framework):
        indicators = Indicator.objects.of_framework(framework).select_related("dimension")
        self.by_code = {row.code: row for row in indicators.prefetch_related("criteria")}

    def indicator(self, old: Indicator) -> Indicator:
        return self.by_code.get(old.code, old)

    def criterion(self, old: Criterion | None, indicator: Indicator) -> Criterion | None:
        """The same criterion in this edition; None where the edition has none of its key."""
        if old is None or old.indicator_id == indicator.pk:
            return old
        return next((row for row in indicator.criteria.all() if row.key == old.key), None)


def _draft(new: NewPoint, by_number, edition) -> Draft:
    kept, merged = by_number[new.kept], [by_number[number] for number in new.merged]
    indicator = edition.indicator(kept.indicator)
    criterion = edition.criterion(kept.criterion, indicator)
    sources = [kept, *merged]
    others = {
        edition.indicator(row).pk
        for source in sources
        for row in (source.indicator, *source.other_indicators.all())
    }
    entities = {pk for source in sources for pk in source.entities}
    currency = next((row.currency for row in sources if row.currency), "")
    return Draft(
        point=ActionPoint(
            indicator=indicator,
            criterion=criterion,
            text=_merged_text(sources),
            lead=kept.lead,
            start=kept.start,
            due=kept.due,
            status=kept.status,
            currency=currency,
            resources_required=_sum(sources, currency, "resources_required"),
            resources_available=_sum(sources, currency, "resources_available"),
        ),
        sources=sources,
        supporting=entities - {kept.lead_id},
        other_indicators=others - {indicator.pk},
        lost_criterion=kept.criterion if criterion is None else None,
        foreign_amounts=[row for row in merged if row.currency not in ("", currency)],
    )


def _merged_text(sources) -> str:
    """All texts below each other, so that no agreed word is lost."""
    text = "\n\n".join(point.text for point in sources if point.text)
    if len(text) > MAX_TEXT:
        raise TransitionRefused(
            _(
                "Merged into action point %(number)s the text has %(length)s characters; the limit "
                "is %(limit)s. Keep some of them apart."
            )
            % {"number": sources[0].number, "length": len(text), "limit": MAX_TEXT}
        )
    return text


def _sum(sources, currency, name):
    """The sum of what is given in one currency; None for nothing."""
    given = [getattr(row, name) for row in sources if row.currency == currency]
    amounts = [amount for amount in given if amount is not None]
    return sum(amounts) if amounts else None


def _save(draft, target, *, by, at):
    point = draft.point
    point.plan, point.number = target, next_number(target)
    point.changed_by, point.changed_at = by, at
    point._history_user, point._history_date = by, at
    point.save(force_insert=True)
    point.supporting.set(draft.supporting)
    point.other_indicators.set(draft.other_indicators)
    record(point, Kind.ADDED, by=by, at=at, comment=_came_from(draft.sources))
    for source in draft.sources:
        written(source, {"became": point} | NO_CLAIM, by=by, at=at)
        record(source, Kind.CARRIED, by=by, at=at, from_status=source.status)


def _came_from(sources) -> str:
    return _("From action point %(numbers)s of the plan before") % {
        "numbers": ", ".join(str(source.number) for source in sources)
    }


def _drop(points, decisions, *, by, at):
    reasons = dict(outcome([point.number for point in points], decisions).dropped)
    for point in points:
        if point.number in reasons:
            former, reason = point.status, reasons[point.number]
            changes = {"status": ActionPoint.Status.DROPPED, "dropped_reason": reason}
            written(point, changes | NO_CLAIM, by=by, at=at)
            record(point, Kind.DROPPED, by=by, at=at, from_status=former, comment=reason)
