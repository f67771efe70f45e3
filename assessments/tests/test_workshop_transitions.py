"""The moves of a workshop: what each does, what it leaves behind, what it refuses."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Membership
from accounts.tests.factories import make_entity, make_membership
from assessments.models import Assessment, Attendance, Round, Vote, Workshop, WorkshopEvent
from assessments.tests.factories import make_assessment, make_person
from assessments.tests.workshop_data import make_scene
from assessments.transitions import TransitionRefused
from assessments.workshop import transitions
from assessments.workshop.representation import entities_of, voting_entities
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db
Kind = WorkshopEvent.Kind


@pytest.fixture
def scene():
    return make_scene()


def everything():
    """All that a refused move must leave as it was."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Workshop, Round, Vote, Attendance, WorkshopEvent)
    ]


def refuse(move, text):
    before = everything()
    with pytest.raises(TransitionRefused, match=text):
        move()
    assert everything() == before


def kinds(scene):
    return list(scene.workshop.events.values_list("kind", flat=True))


# Start


def test_a_workshop_starts_once_with_a_code_that_can_be_read_aloud(scene):
    assert len(scene.workshop.code) == 6
    assert set(scene.workshop.code) <= set(transitions.CODE_LETTERS)
    assert kinds(scene) == [Kind.STARTED]
    again = lambda: transitions.start(scene.assessment, by=scene.coordinator)  # noqa: E731
    refuse(again, "started already")


@pytest.mark.parametrize("state", ["planning", "scoring", "endorsement", "accepted"])
def test_a_workshop_starts_in_consolidation_only(state):
    assessment = make_assessment(state=state)
    coordinator = make_person(assessment=assessment)
    refuse(lambda: transitions.start(assessment, by=coordinator), "take place in “Consolidation”")


# Rounds and votes


def test_opening_a_round_gives_every_entity_of_the_team_an_empty_vote(scene):
    make_membership(team=scene.assessment.team, role=Membership.Role.OBSERVER)
    left = make_membership(team=scene.assessment.team, entity=make_entity(acronym="WHO"))
    Membership.objects.filter(pk=left.pk).update(ended_on="2022-01-01")
    opened = scene.opened()
    votes = Vote.objects.filter(round=opened)
    assert [vote.entity.acronym for vote in votes] == ["FAO", "UNDP", "UNICEF"]
    assert {(vote.rating, vote.by, vote.at) for vote in votes} == {(None, None, None)}
    assert Workshop.objects.get().current == scene.rating


def test_a_second_round_opens_only_after_the_reveal(scene):
    opened = scene.opened()
    refuse(scene.opened, "Round 1 on PI 2.2 is open")
    scene.vote(opened, "FAO", Rating.MEETS)
    transitions.reveal(scene.workshop, opened, by=scene.coordinator)
    assert scene.opened().number == 2


def test_a_carried_pi_is_not_voted_on(scene):
    carried = scene.assessment.indicator_ratings.get(indicator__code="1.1")
    carried.is_reassessed = False
    carried.save()
    refuse(lambda: scene.opened(carried), "PI 1.1 is carried over")
    show = lambda: transitions.show_indicator(scene.workshop, carried, by=scene.coordinator)  # noqa: E731
    refuse(show, "PI 1.1 is carried over")


def test_an_entity_has_one_vote_which_any_of_its_people_may_change_until_the_reveal(scene):
    colleague = make_membership(team=scene.assessment.team, entity=scene.entity("FAO")).user
    opened = scene.opened()
    scene.vote(opened, "FAO", Rating.MISSING)
    scene.vote(opened, "FAO", Rating.MEETS, by=colleague)
    vote = Vote.objects.get(round=opened, entity=scene.entity("FAO"))
    assert (vote.rating, vote.by) == (Rating.MEETS, colleague)
    voted = scene.workshop.events.filter(kind__in=[Kind.VOTED, Kind.VOTE_CHANGED])
    assert [(event.kind, event.by, event.entity.acronym) for event in voted] == [
        (Kind.VOTED, scene.people["FAO"], "FAO"),
        (Kind.VOTE_CHANGED, colleague, "FAO"),
    ]


def test_nobody_votes_for_another_entity(scene):
    opened = scene.opened()
    before = everything()
    with pytest.raises(PermissionDenied, match="You do not vote for UNICEF"):
        scene.vote(opened, "UNICEF", Rating.MEETS, by=scene.people["FAO"])
    assert everything() == before


@pytest.mark.parametrize("role", ["head_of_agency", "resident_coordinator", "observer"])
def test_roles_outside_the_assessment_team_do_not_vote(scene, role):
    person = make_membership(team=scene.assessment.team, entity=scene.entity("FAO"), role=role).user
    opened = scene.opened()
    with pytest.raises(PermissionDenied):
        scene.vote(opened, "FAO", Rating.MEETS, by=person)


def test_whoever_has_left_the_team_does_not_vote(scene):
    opened = scene.opened()
    scene.people["FAO"].memberships.update(ended_on="2022-01-01")
    with pytest.raises(PermissionDenied):
        scene.vote(opened, "FAO", Rating.MEETS)


def test_an_entity_that_joins_during_a_round_votes_in_it(scene):
    opened = scene.opened()
    scene.people["WHO"] = make_membership(
        team=scene.assessment.team, entity=make_entity(acronym="WHO")
    ).user
    scene.vote(opened, "WHO", Rating.MEETS)
    assert Vote.objects.filter(round=opened, at__isnull=False).count() == 1


def test_a_vote_of_another_assessment_is_not_found(scene):
    other = make_scene(year=2021)
    opened = other.opened()
    with pytest.raises(Round.DoesNotExist):
        scene.vote(opened, "FAO", Rating.MEETS)


def test_nothing_is_revealed_before_somebody_votes_and_nothing_twice(scene):
    opened = scene.opened()
    reveal = lambda: transitions.reveal(scene.workshop, opened, by=scene.coordinator)  # noqa: E731
    refuse(reveal, "Nobody has voted on PI 2.2 yet")
    scene.vote(opened, "FAO", Rating.MEETS)
    assert reveal().revealed_by == scene.coordinator
    refuse(reveal, "revealed already")


def test_a_vote_given_before_the_reveal_stays_as_it_is(scene):
    revealed = scene.revealed(FAO=2, UNDP=3)
    transitions.allow_late_votes(
        scene.workshop,
        revealed,
        until=timezone.now() + timedelta(hours=1),
        by=scene.coordinator,
    )
    refuse(lambda: scene.vote(revealed, "FAO", Rating.EXCEEDS), "vote of FAO stays as it is")


def test_late_entities_vote_until_the_set_time_and_not_after(scene):
    revealed = scene.revealed(FAO=2, UNDP=3)
    refuse(lambda: scene.vote(revealed, "UNICEF", Rating.MEETS), "came too late")
    until = timezone.now() + timedelta(hours=1)
    transitions.allow_late_votes(scene.workshop, revealed, until=until, by=scene.coordinator)
    transitions.close(scene.workshop, by=scene.coordinator)
    scene.vote(revealed, "UNICEF", Rating.MEETS)
    scene.vote(revealed, "UNICEF", Rating.APPROACHES)
    after = until + timedelta(seconds=1)
    too_late = lambda: scene.vote(revealed, "UNICEF", Rating.MISSING, at=after)  # noqa: E731
    refuse(too_late, "came too late")
    assert Vote.objects.get(entity=scene.entity("UNICEF")).rating == Rating.APPROACHES


def test_late_votes_end_when_the_next_round_opens(scene):
    revealed = scene.revealed(FAO=2)
    until = timezone.now() + timedelta(hours=1)
    transitions.allow_late_votes(scene.workshop, revealed, until=until, by=scene.coordinator)
    scene.opened()
    refuse(lambda: scene.vote(revealed, "UNICEF", Rating.MEETS), "Round 1 on PI 2.2 is over")


def test_late_votes_need_a_reveal_and_a_time_to_come(scene):
    opened = scene.opened()
    now = timezone.now()

    def allow(until):
        transitions.allow_late_votes(scene.workshop, opened, until=until, by=scene.coordinator)

    refuse(lambda: allow(now + timedelta(hours=1)), "come after the reveal")
    scene.vote(opened, "FAO", Rating.MEETS)
    transitions.reveal(scene.workshop, opened, by=scene.coordinator)
    refuse(lambda: allow(now - timedelta(hours=1)), "Choose a time to come")


# People


def test_a_delegate_votes_for_an_entity_that_has_nobody_there(scene):
    head = make_membership(
        team=scene.assessment.team,
        entity=make_entity(acronym="UNODC"),
        role=Membership.Role.HEAD_OF_AGENCY,
    )
    assert head.entity not in voting_entities(scene.workshop)
    fao = scene.people["FAO"]
    transitions.name_delegate(scene.workshop, entity=head.entity, person=fao, by=scene.coordinator)
    assert head.entity in voting_entities(scene.workshop)
    assert entities_of(fao, scene.workshop) == [scene.entity("FAO"), head.entity]
    opened = scene.opened()
    scene.vote(opened, "UNODC", Rating.MEETS, by=fao)
    assert Vote.objects.get(at__isnull=False).entity == head.entity


def test_a_delegate_is_of_the_assessment_team_and_named_once(scene):
    observer = make_membership(
        team=scene.assessment.team, role=Membership.Role.OBSERVER, entity=scene.entity("FAO")
    ).user

    def name(person):
        transitions.name_delegate(
            scene.workshop, entity=scene.entity("FAO"), person=person, by=scene.coordinator
        )

    refuse(lambda: name(observer), "not in the assessment team")
    refuse(lambda: name(scene.people["FAO"]), "votes for FAO already")


def test_a_delegation_ends_with_the_delegates_membership(scene):
    fao = scene.people["FAO"]
    unicef = scene.entity("UNICEF")
    transitions.name_delegate(scene.workshop, entity=unicef, person=fao, by=scene.coordinator)
    fao.memberships.update(ended_on="2022-01-01")
    assert entities_of(fao, scene.workshop) == []


def test_coming_and_voting_are_attendance_noted_once(scene):
    transitions.attend(scene.workshop, by=scene.people["FAO"])
    transitions.attend(scene.workshop, by=scene.people["FAO"])
    scene.vote(scene.opened(), "UNICEF", Rating.MEETS)
    there = Attendance.objects.values_list("entity__acronym", "person")
    assert list(there) == [
        ("FAO", scene.people["FAO"].pk),
        ("UNICEF", scene.people["UNICEF"].pk),
    ]
    assert kinds(scene).count(Kind.ARRIVED) == 2


# Close and resume


def test_a_closed_workshop_takes_nothing_until_it_is_resumed_as_it_was(scene):
    opened = scene.opened()
    scene.vote(opened, "FAO", Rating.MEETS)
    transitions.close(scene.workshop, by=scene.coordinator)
    refuse(lambda: scene.vote(opened, "UNICEF", Rating.MEETS), "workshop is closed")
    refuse(lambda: transitions.reveal(scene.workshop, opened, by=scene.coordinator), "is closed")
    refuse(lambda: transitions.close(scene.workshop, by=scene.coordinator), "is closed")
    transitions.resume(scene.workshop, by=scene.coordinator)
    refuse(lambda: transitions.resume(scene.workshop, by=scene.coordinator), "is open already")
    scene.vote(opened, "UNICEF", Rating.MEETS)
    assert Workshop.objects.get().current == scene.rating
    assert Vote.objects.filter(round=opened, at__isnull=False).count() == 2


def test_every_move_is_refused_once_the_assessment_has_left_consolidation(scene):
    opened = scene.opened()
    scene.vote(opened, "FAO", Rating.MEETS)
    Assessment.objects.update(state="endorsement")
    by = {"by": scene.coordinator}
    for move in [
        lambda: scene.vote(opened, "FAO", Rating.EXCEEDS),
        lambda: transitions.reveal(scene.workshop, opened, **by),
        lambda: transitions.show_indicator(scene.workshop, scene.rating, **by),
        lambda: transitions.attend(scene.workshop, **by),
        lambda: transitions.close(scene.workshop, **by),
    ]:
        refuse(move, "The assessment is in “Endorsement”")


def test_every_move_raises_the_version_that_pages_compare(scene):
    version = Workshop.objects.get().version
    opened = scene.opened()
    scene.vote(opened, "FAO", Rating.MEETS)
    transitions.reveal(scene.workshop, opened, by=scene.coordinator)
    events = scene.workshop.events.count()
    assert Workshop.objects.get().version == version + events - 1
