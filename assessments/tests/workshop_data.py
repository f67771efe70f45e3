"""A workshop with its people, for tests: three entities, PI 2.2 with criteria that give Meets."""

from dataclasses import dataclass

from accounts.models import Entity, Membership, User
from accounts.tests.factories import make_entity, make_membership
from assessments.models import Assessment, IndicatorRating, Workshop
from assessments.tests.factories import make_assessment, make_rating
from assessments.workshop import transitions
from scorecard.rating import Rating

Role = Membership.Role
ACRONYMS = ["FAO", "UNDP", "UNICEF"]


@dataclass
class Scene:
    """coordinator: of UNDP. people: one voter for each entity, the coordinator for UNDP."""

    assessment: Assessment
    workshop: Workshop
    rating: IndicatorRating
    coordinator: User
    people: dict[str, User]

    def entity(self, acronym) -> Entity:
        return Entity.objects.get(acronym=acronym)

    def opened(self, rating=None):
        return transitions.open_round(self.workshop, rating or self.rating, by=self.coordinator)

    def vote(self, round, acronym, rating, *, by=None, at=None):
        transitions.cast_vote(
            self.workshop,
            round,
            entity=self.entity(acronym),
            rating=rating,
            by=by or self.people[acronym],
            at=at,
        )

    def revealed(self, **votes):
        """A round in which these entities voted so, all seen: revealed(FAO=2, UNDP=3)."""
        round = self.opened()
        for acronym, rating in votes.items():
            self.vote(round, acronym, rating)
        return transitions.reveal(self.workshop, round, by=self.coordinator)


def make_scene(*, entities=ACRONYMS, **fields) -> Scene:
    assessment = make_assessment(**{"state": "consolidation"} | fields)
    people = {
        acronym: make_membership(
            team=assessment.team,
            entity=make_entity(acronym=acronym, name=f"Name of {acronym}"),
            role=Role.COORDINATOR if acronym == "UNDP" else Role.MEMBER,
        ).user
        for acronym in entities
    }
    workshop = transitions.start(assessment, by=people["UNDP"])
    return Scene(
        assessment=assessment,
        workshop=workshop,
        rating=make_rating(assessment=assessment, code="2.2", met="bc", findings="Because."),
        coordinator=people["UNDP"],
        people=people,
    )


VOTES = {"FAO": Rating.APPROACHES, "UNDP": Rating.MEETS, "UNICEF": Rating.MEETS}
