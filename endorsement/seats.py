"""Who has a seat today, who may answer for it, and what the seats say together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from accounts.models import Membership, User
from assessments.models import Assessment
from endorsement.models import Ask, Decision, Delegation, EndorsementRule, ReportVersion, Seat
from endorsement.rule import AskedSeat, Choice, Given, Outcome, Rule, RuleKind, outcome

HEADS = [Membership.Role.HEAD_OF_AGENCY, Membership.Role.RESIDENT_COORDINATOR]
NEVER = 10_000  # a seat that was not asked yet: no version has this number


def heads(team) -> list[Membership]:
    """Everybody who has a seat when endorsement is requested now."""
    return list(Membership.objects.in_team(team).active().filter(role__in=HEADS))


def open_seats(assessment: Assessment, *, version: ReportVersion, at) -> list[Seat]:
    """Give a seat to each head who has none, and ask them. Returns the new seats.

    Called under the lock of the assessment.
    """
    present = set(Seat.objects.of(assessment).valid().values_list("membership", flat=True))
    new = [
        Seat.objects.create(
            assessment=assessment,
            role=membership.role,
            entity=membership.entity,
            membership=membership,
            opened_at=at,
        )
        for membership in heads(assessment.team)
        if membership.pk not in present
    ]
    ask(new, version=version, at=at)
    return new


def ask(seats: Iterable[Seat], *, version: ReportVersion, at):
    for seat in seats:
        Ask.objects.create(seat=seat, version=version, at=at)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A seat and what it says now.

    decision: None while it is asked and has not answered. earlier: its other decisions, oldest
    first, on whatever version. is_valid: its person serves in it today, so that it counts.
    """

    seat: Seat
    decision: Decision | None
    earlier: list[Decision]
    delegations: list[Delegation]
    is_valid: bool

    @property
    def is_waiting(self) -> bool:
        return self.decision is None

    @property
    def objects(self) -> bool:
        return self.decision is not None and self.decision.kind == Decision.Kind.OBJECT

    def deciders(self, on: date) -> list[User]:
        """Who may decide for the seat on that day."""
        officers = [row.officer.user for row in self.delegations if row.stands(on)]
        return [self.seat.membership.user, *officers]


def asked_seats(seats: Iterable[Seat]) -> list[AskedSeat]:
    """One query: on which version each seat was asked last."""
    seats = list(seats)
    asks = Ask.objects.filter(seat__in=seats).values("seat")
    asked_on = dict(asks.annotate(number=Max("version__number")).values_list("seat", "number"))
    return [AskedSeat(key=seat.pk, asked_on=asked_on.get(seat.pk, NEVER)) for seat in seats]


def standings(assessment: Assessment, *, today: date) -> list[Standing]:
    """Return every valid seat, the resident coordinator's first. A fixed number of queries."""
    return [row for row in standings_of_record(assessment, today=today) if row.is_valid]


def standings_of_record(assessment: Assessment, *, today: date) -> list[Standing]:
    """Return every valid seat, then those that are valid no more and had decided.

    The record keeps what they said. A fixed number of queries.
    """
    rows = Seat.objects.of(assessment).with_validity()
    seats = list(rows.order_by("-is_valid", "-role", "entity__acronym", "pk"))
    asked_on = {seat.key: seat.asked_on for seat in asked_seats(seats)}
    made: dict[int, list[Decision]] = {}
    for decision in Decision.objects.of(assessment).select_related("version"):
        made.setdefault(decision.seat_id, []).append(decision)
    delegated: dict[int, list[Delegation]] = {}
    open_delegations = Delegation.objects.not_over(on=today).filter(seat__in=seats)
    for row in open_delegations.select_related("officer__user", "officer__entity"):
        delegated.setdefault(row.seat_id, []).append(row)
    return [
        _standing(seat, made.get(seat.pk, []), asked_on[seat.pk], delegated.get(seat.pk, []))
        for seat in seats
        if seat.is_valid or seat.pk in made
    ]


def _standing(seat, decisions, asked_on, delegations):
    """Whose person has left is asked no more: the last decision is the last word."""
    is_answered = decisions and (not seat.is_valid or decisions[-1].version.number >= asked_on)
    return Standing(
        seat=seat,
        decision=decisions[-1] if is_answered else None,
        earlier=decisions[:-1] if is_answered else decisions,
        delegations=delegations if seat.is_valid else [],
        is_valid=seat.is_valid,
    )


def outcome_of(assessment: Assessment, *, today: date) -> Outcome:
    """What the seats that are valid today have decided, under the rule of the assessment."""
    seats = Seat.objects.of(assessment).valid()
    decisions = Decision.objects.filter(version__assessment=assessment).order_by("pk")
    given = [
        Given(seat=seat, version=version, choice=Choice(kind))
        for seat, version, kind in decisions.values_list("seat", "version__number", "kind")
    ]
    rule = rule_of(assessment.endorsement_rule)
    return outcome(rule, asked_seats(seats), given, today=today)


def rule_of(row: EndorsementRule) -> Rule:
    return Rule(kind=RuleKind(row.kind), quorum=row.quorum, due=row.due)


def deciders(seat: Seat, *, on: date) -> list[Membership]:
    """Who may decide for the seat on that day: its head, and whom the head has named for it."""
    officers = Delegation.objects.standing(on=on).filter(seat=seat, officer__ended_on__isnull=True)
    named = officers.select_related("officer__user", "officer__entity")
    return [seat.membership, *(row.officer for row in named)]
