"""Chapter 5: how the team went about the assessment, and who took part."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from accounts.models import Membership
from assessments.models import Assessment
from scorecard.plain_text import printable


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the team wrote under one of the questions; "" where it wrote nothing."""

    heading: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """Known by function: a report names offices, not persons."""

    function: str
    is_coordinator: bool


@dataclass(frozen=True, kw_only=True)
class TakingPart:
    """One UN entity and its people in the inter-agency assessment team (IAT)."""

    acronym: str
    name: str
    people: tuple[Person, ...]


@dataclass(frozen=True, kw_only=True)
class ProcessChapter:
    answers: tuple[Answer, ...]
    entities: tuple[TakingPart, ...]
    entity_count: int
    person_count: int
    comments: str

    @classmethod
    def of(cls, assessment: Assessment, memberships: list[Membership]) -> "ProcessChapter":
        entities = tuple(_by_entity(memberships))
        return cls(
            answers=tuple(_answers(assessment)),
            entities=entities,
            entity_count=len(entities),
            person_count=sum(len(entity.people) for entity in entities),
            comments=printable(assessment.comments).strip(),
        )


def _rationale(assessment: Assessment) -> str:
    if assessment.is_comprehensive and not assessment.rationale:
        return _("All indicators, as in every comprehensive assessment.")
    return assessment.rationale


def _answers(assessment: Assessment) -> Iterable[Answer]:
    asked = [
        (_("Process"), assessment.process),
        (_("Indicators chosen, and why"), _rationale(assessment)),
        (_("Role of the assessment team and its coordinators"), assessment.team_role),
        (_("Engagement of the UNCT"), assessment.unct_engagement),
    ]
    for heading, text in asked:
        yield Answer(heading=heading, text=printable(text).strip())


def _by_entity(memberships: list[Membership]) -> Iterable[TakingPart]:
    """By acronym; within an entity coordinators first. A person of two roles appears once."""
    ordered = sorted(
        memberships,
        key=lambda row: (row.entity.acronym.casefold(), not _coordinates(row), row.user.name),
    )
    for entity, rows in groupby(ordered, key=lambda row: row.entity):
        first_roles = {row.user_id: row for row in reversed(list(rows))}
        yield TakingPart(
            acronym=entity.acronym,
            name=entity.name,
            people=tuple(_person(row) for row in reversed(first_roles.values())),
        )


def _person(membership: Membership) -> Person:
    """The entity, which stands beside it, is left out of "Gender Specialist, UNDP"."""
    name = printable(membership.user.name).strip()
    return Person(
        function=name.removesuffix(f", {membership.entity.acronym}"),
        is_coordinator=_coordinates(membership),
    )


def _coordinates(membership: Membership) -> bool:
    return membership.role == Membership.Role.COORDINATOR
