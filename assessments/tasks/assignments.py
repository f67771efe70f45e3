"""Who works on which PI: one table of PIs by members, written as what was changed in it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.access_table import STATES, UNTIL_CONSOLIDATED
from accounts.models import Membership
from accounts.outbox import Event, notify
from assessments.models import Assessment, IndicatorRating
from assessments.transitions import TransitionRefused


@dataclass(frozen=True, kw_only=True)
class Column:
    """One member, and to how many PIs of this year they are assigned."""

    member: Membership
    count: int


@dataclass(frozen=True, kw_only=True)
class Box:
    """One PI by one member."""

    member: Membership
    name: str
    was_name: str
    is_ticked: bool
    was_ticked: bool

    @property
    def html_id(self):
        return f"{self.name}-{self.member.pk}".replace(".", "-")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One PI with a box for each member."""

    rating: IndicatorRating
    boxes: list[Box]

    @property
    def is_without_member(self) -> bool:
        return self.rating.is_reassessed and not any(box.is_ticked for box in self.boxes)


class AssignmentForm(forms.Form):
    """For each PI the members that are ticked, and those that were when the page was made.

    Only what differs between the two is written, so that of two coordinators who have the table
    open neither undoes the other's.
    """

    def __init__(self, data=None, *, ratings: list[IndicatorRating], members: list[Membership]):
        super().__init__(data)
        self.ratings = sorted(ratings, key=lambda rating: not rating.is_reassessed)
        self.members = members
        choices = [(str(member.pk), str(member)) for member in members]
        for rating in self.ratings:
            for name in (_name(rating), _was(rating)):
                self.fields[name] = forms.MultipleChoiceField(
                    choices=choices,
                    required=False,
                    label=_("PI %(code)s") % {"code": rating.indicator.code},
                    error_messages={
                        "invalid_choice": _(
                            "This person is not in the assessment team. Reload the page."
                        )
                    },
                )

    @cached_property
    def rows(self) -> list[Row]:
        """The PIs of this year first, then those carried over."""
        return [self._row(rating) for rating in self.ratings]

    @property
    def reassessed_rows(self) -> list[Row]:
        return [row for row in self.rows if row.rating.is_reassessed]

    @property
    def carried_rows(self) -> list[Row]:
        return [row for row in self.rows if not row.rating.is_reassessed]

    def _row(self, rating):
        stored = {str(row.pk) for row in rating.assigned_to.all()}
        ticked = set(self.data.getlist(_name(rating))) if self.is_bound else stored
        boxes = [
            Box(
                member=member,
                name=_name(rating),
                was_name=_was(rating),
                is_ticked=str(member.pk) in ticked,
                was_ticked=str(member.pk) in stored,
            )
            for member in self.members
        ]
        return Row(rating=rating, boxes=boxes)

    @property
    def columns(self) -> list[Column]:
        counts = Counter(
            box.member.pk for row in self.reassessed_rows for box in row.boxes if box.is_ticked
        )
        return [Column(member=member, count=counts[member.pk]) for member in self.members]

    @property
    def changes(self) -> dict[IndicatorRating, tuple[set[int], set[int]]]:
        """The members added to and removed from each PI that was changed, by primary key."""
        changes = {}
        for rating in self.ratings:
            ticked = set(map(int, self.cleaned_data[_name(rating)]))
            was = set(map(int, self.cleaned_data[_was(rating)]))
            if ticked != was:
                changes[rating] = (ticked - was, was - ticked)
        return changes

    @property
    def sentences(self) -> list[tuple[str, str]]:
        """Every refused field as (id of its row, sentence), for the summary on top."""
        return [
            (f"row-{rating.pk}", f"{self.fields[name].label}: {sentence}")
            for rating in self.ratings
            for name in (_name(rating), _was(rating))
            for sentence in self.errors.get(name, [])
        ]


def _name(rating):
    return f"pi-{rating.indicator.code}"


def _was(rating):
    return f"was-{rating.indicator.code}"


def assignable(team) -> list[Membership]:
    """Return those of a team who can be assigned: the assessment team that serves, by entity."""
    members = Membership.objects.in_team(team).active().of_assessment_team()
    return list(members.order_by("entity__acronym", "user__name"))


@transaction.atomic
def assign(
    assessment: Assessment, changes: Mapping[IndicatorRating, tuple[set[int], set[int]]], *, by
) -> int:
    """Write the changes to who works on which PI, and tell who has new ones.

    Returns how many PIs the changes touch.

    changes: (members to add, members to remove) by primary key, for each PI.

    Raises TransitionRefused once ratings are no longer prepared or given, and for a member who
    has left.
    """
    lock = Assessment.objects.select_for_update(of=("self",), no_key=True)
    assessment = lock.get(pk=assessment.pk)
    if assessment.state not in UNTIL_CONSOLIDATED:
        raise TransitionRefused(
            _("Nobody can be assigned while the assessment is in “%(state)s”.")
            % {"state": STATES[assessment.state]}
        )
    serving = {member.pk: member for member in assignable(assessment.team)}
    for rating, (added, removed) in changes.items():
        if added - serving.keys():
            raise TransitionRefused(
                _("Somebody left the assessment team meanwhile. Reload the page and assign again.")
            )
        rating.assigned_to.add(*added)
        rating.assigned_to.remove(*removed)
    _tell_of_new(assessment, changes, serving, by=by)
    return len(changes)


def _tell_of_new(assessment, changes, serving, *, by):
    codes_of: dict[int, list[str]] = {}
    for rating, (added, _removed) in changes.items():
        for pk in added:
            codes_of.setdefault(pk, []).append(rating.indicator.code)
    for pk, codes in codes_of.items():
        if serving[pk].user != by:
            notify(
                Event.ASSIGNED,
                to=[serving[pk].user],
                team=assessment.team,
                link=assessment.get_absolute_url(),
                assessment=assessment,
                codes=codes,
                by=by,
            )
