"""How far an assessment has come: by PI, by entity, by dimension."""

from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import Entity, Membership
from assessments.models import IndicatorRating
from assessments.overview import Overview, missing
from assessments.preliminary.ratings import one_per_person
from assessments.progress import Part, parts
from assessments.tasks.work import AssessmentWork, serving, unexplained
from scorecard.models import Dimension


@dataclass(frozen=True, kw_only=True)
class IndicatorProgress:
    """One reassessed PI: who works on it, what is decided, who has rated."""

    rating: IndicatorRating
    members: list[Membership]
    decided: Part  # criteria
    given: Part  # preliminary ratings

    @property
    def others_url(self):
        return f"{self.rating.get_absolute_url()}#others"


@dataclass(frozen=True, kw_only=True)
class GroupProgress:
    """The PIs of one entity or dimension that are complete; url: the list of them all."""

    name: str
    complete: Part
    url: str
    given: Part | None = None
    given_url: str = ""


@dataclass(frozen=True, kw_only=True)
class Progress:
    by_indicator: list[IndicatorProgress]
    by_entity: list[GroupProgress]
    by_dimension: list[GroupProgress]
    unassigned: list[IndicatorRating]

    @classmethod
    def of(cls, overview: Overview) -> "Progress":
        assessment, given = overview.assessment, overview.given
        chosen = [rating for rating in overview.ratings if rating.is_reassessed]
        people = one_per_person(overview.team)
        return cls(
            by_indicator=[_of_indicator(rating, people, given) for rating in chosen],
            by_entity=_by_entity(assessment, chosen, people, given),
            by_dimension=_by_dimension(assessment, chosen),
            unassigned=[rating for rating in chosen if not serving(rating)],
        )


def _of_indicator(rating, people, given):
    criteria = len(rating.indicator.criterion_rules)
    return IndicatorProgress(
        rating=rating,
        members=serving(rating),
        decided=Part(done=criteria - rating.undecided, of=criteria),
        given=Part(
            done=sum((rating.pk, person.user_id) in given for person in people), of=len(people)
        ),
    )


def _by_entity(assessment, chosen, people, given):
    complete = parts(
        (entity, rating.is_complete)
        for rating in chosen
        for entity in {member.entity for member in serving(rating)}
    )
    rated = parts(
        (person.entity, (rating.pk, person.user_id) in given)
        for rating in chosen
        for person in people
    )
    return [
        GroupProgress(
            name=entity.acronym,
            complete=complete.get(entity, Part(done=0, of=0)),
            given=rated.get(entity),
            given_url=reverse("assessments:work", args=[assessment.pk]),
            url=_url(assessment, "entity", entity.acronym),
        )
        for entity in sorted(complete.keys() | rated.keys(), key=lambda entity: entity.acronym)
    ]


def _by_dimension(assessment, chosen):
    complete = parts((rating.indicator.dimension, rating.is_complete) for rating in chosen)
    return [
        GroupProgress(
            name=str(dimension),
            complete=part,
            url=_url(assessment, "dimension", dimension.number),
        )
        for dimension, part in complete.items()
    ]


def _url(assessment, name, value):
    return f"{reverse('assessments:work', args=[assessment.pk])}?{urlencode({name: value})}"


@dataclass(frozen=True, kw_only=True)
class WorkRow:
    """One PI with what it still needs, and who has not given a preliminary rating."""

    rating: IndicatorRating
    members: list[Membership]
    needs: list[str]
    waiting: dict[Entity, int]  # how many of each entity


@dataclass(frozen=True, kw_only=True)
class WorkList:
    """The reassessed PIs, or those of one entity or dimension, with what is open in each."""

    rows: list[WorkRow]
    entities: list[Entity]
    dimensions: list[Dimension]
    entity: str | None
    dimension: str | None

    @classmethod
    def of(cls, work: AssessmentWork, *, entity: str | None, dimension: str | None) -> "WorkList":
        rows = [
            WorkRow(
                rating=rating,
                members=serving(rating),
                needs=missing(rating) + unexplained(rating),
                waiting=dict(Counter(row.entity for row in work.waiting_for(rating))),
            )
            for rating in work.reassessed
        ]
        dimensions = {row.rating.indicator.dimension: None for row in rows}
        return cls(
            rows=[
                row
                for row in rows
                if not entity or entity in {member.entity.acronym for member in row.members}
                if not dimension or dimension == str(row.rating.indicator.dimension.number)
            ],
            entities=list({member.entity: None for member in work.memberships}),
            dimensions=list(dimensions),
            entity=entity,
            dimension=dimension,
        )

    @property
    def open_count(self) -> int:
        return sum(bool(row.needs) for row in self.rows)
