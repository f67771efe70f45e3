"""What the team agrees on: saved as the workspace saves it, with the votes that it rests on."""

import pytest

from accounts.models import Membership
from assessments.models import Agreement, Dissent, IndicatorRating, WorkshopEvent
from assessments.tests.factories import make_assessment, make_rating
from assessments.tests.workshop_data import make_scene
from assessments.transitions import TransitionRefused
from assessments.workshop import agreement, transitions
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return make_scene()


def record(scene, agreed, **fields):
    rating = IndicatorRating.objects.select_related("assessment__team", "indicator").get(
        pk=scene.rating.pk
    )
    return agreement.record_agreed(
        scene.workshop, rating, agreed=agreed, by=scene.coordinator, **fields
    )


def refused(scene, agreed, **fields):
    with pytest.raises(agreement.NotExplained) as refusal:
        record(scene, agreed, **fields)
    assert Agreement.objects.count() == 0
    stored = IndicatorRating.objects.get(pk=scene.rating.pk)
    assert (stored.rating, stored.version) == (None, scene.rating.version)
    return refusal.value.problems


def test_the_agreed_rating_is_saved_with_the_votes_it_rests_on(scene):
    revealed = scene.revealed(FAO=2, UNDP=3, UNICEF=3)
    row = record(scene, Rating.MEETS, minute="FAO was heard.")
    assert (row.round, row.votes_counted) == (revealed, 3)
    assert (row.median_low, row.median_high, row.minute) == (3, 3, "FAO was heard.")
    stored = IndicatorRating.objects.get(pk=scene.rating.pk)
    assert (stored.rating, stored.changed_by) == (Rating.MEETS, scene.coordinator)
    assert stored.history.first().history_user == scene.coordinator
    assert scene.workshop.events.last().kind == WorkshopEvent.Kind.AGREED


def test_a_rating_that_is_not_what_the_criteria_give_needs_its_reason(scene):
    scene.revealed(FAO=4, UNDP=4, UNICEF=4)
    problems = refused(scene, Rating.EXCEEDS)
    assert list(problems) == ["difference_reason"]
    assert "say why" in problems["difference_reason"]
    record(scene, Rating.EXCEEDS, reasons={"difference_reason": "A new campaign."})
    stored = IndicatorRating.objects.get(pk=scene.rating.pk)
    assert (stored.rating, stored.difference_reason) == (4, "A new campaign.")


def test_a_rating_off_the_median_needs_a_minute(scene):
    scene.revealed(FAO=2, UNDP=2, UNICEF=3)
    problems = refused(scene, Rating.MEETS)
    assert "say in the minute how the team came to it" in problems["minute"]
    assert record(scene, Rating.MEETS, minute="The plan was found.").minute


def test_a_rating_between_two_middle_votes_needs_none():
    scene = make_scene(entities=["FAO", "UNDP"])
    scene.revealed(FAO=2, UNDP=4)
    assert record(scene, Rating.MEETS).minute == ""


def test_a_rating_below_last_years_needs_its_reason():
    before = make_assessment(year=2021)
    make_rating(assessment=before, code="2.2", met="abcd", rating=Rating.EXCEEDS)
    scene = make_scene(team=before.team)
    scene.revealed(FAO=3, UNDP=3)
    problems = refused(scene, Rating.MEETS)
    assert "falls from Exceeds to Meets: say why" in problems["regression_reason"]
    record(scene, Rating.MEETS, reasons={"regression_reason": "The campaign ended."})


def test_nothing_is_agreed_before_a_vote_and_while_a_round_is_blind(scene):
    with pytest.raises(TransitionRefused, match="There was no vote on PI 2.2 yet"):
        record(scene, Rating.MEETS)
    scene.vote(scene.opened(), "FAO", Rating.MEETS)
    with pytest.raises(TransitionRefused, match="Round 1 on PI 2.2 is open. Reveal it"):
        record(scene, Rating.MEETS)
    assert Agreement.objects.count() == 0


def test_agreeing_anew_adds_a_row_and_the_last_one_counts(scene):
    scene.revealed(FAO=3, UNDP=3)
    first = record(scene, Rating.MEETS)
    scene.revealed(FAO=2, UNDP=2)
    second = record(scene, Rating.APPROACHES, reasons={"difference_reason": "Not yet in use."})
    assert list(Agreement.objects.all()) == [first, second]
    assert Agreement.objects.in_force([scene.rating]) == {scene.rating.pk: second}
    assert IndicatorRating.objects.get(pk=scene.rating.pk).rating == Rating.APPROACHES


def test_dissent_names_entity_and_sentence_and_can_be_withdrawn(scene):
    scene.revealed(FAO=2, UNDP=3)
    by = {"by": scene.coordinator}
    fao = scene.entity("FAO")
    for sentence in ("Too early.", "The plan has no budget."):
        dissent = agreement.record_dissent(
            scene.workshop, scene.rating, entity=fao, sentence=sentence, **by
        )
    assert [row.sentence for row in scene.rating.dissents.all()] == ["The plan has no budget."]
    agreement.withdraw_dissent(scene.workshop, dissent, **by)
    assert not Dissent.objects.exists()
    kinds = scene.workshop.events.filter(entity=fao).values_list("kind", flat=True)
    assert list(kinds)[-3:] == ["dissent-recorded", "dissent-recorded", "dissent-withdrawn"]


def test_dissent_comes_after_a_reveal(scene):
    scene.vote(scene.opened(), "FAO", Rating.MEETS)
    with pytest.raises(TransitionRefused, match="Reveal it"):
        agreement.record_dissent(
            scene.workshop,
            scene.rating,
            entity=scene.entity("FAO"),
            sentence="Too early.",
            by=scene.coordinator,
        )


def test_a_closed_workshop_agrees_on_nothing(scene):
    scene.revealed(FAO=3)
    transitions.close(scene.workshop, by=scene.coordinator)
    with pytest.raises(TransitionRefused, match="closed"):
        record(scene, Rating.MEETS)


# In the workspace afterwards


def workspace(scene, client):
    client.force_login(scene.coordinator)
    return client.get(scene.rating.get_absolute_url()).context["workspace"]


def test_the_workspace_keeps_the_rating_that_the_workshop_agreed_on(scene, client):
    assert workspace(scene, client).may_rate
    scene.revealed(FAO=3, UNDP=3)
    record(scene, Rating.MEETS)
    shown = workspace(scene, client)
    page = client.get(scene.rating.get_absolute_url()).content.decode()
    assert "Change it in the workshop" in page
    assert "rating" not in shown.form.fields
    assert "difference_reason" in shown.form.fields
    sent = {"version": shown.rating.version, "rating": "4", "difference_reason": "Because."}
    client.post(f"{scene.rating.get_absolute_url()}autosave/", sent)
    stored = IndicatorRating.objects.get(pk=scene.rating.pk)
    assert (stored.rating, stored.difference_reason) == (Rating.MEETS, "Because.")


def test_history_does_not_bring_back_another_rating(scene, client):
    scene.revealed(FAO=3, UNDP=3)
    version = IndicatorRating.objects.get(pk=scene.rating.pk).version
    record(scene, Rating.MEETS)
    client.force_login(scene.coordinator)
    restore = f"{scene.rating.get_absolute_url()}history/{version}/rating/restore/"
    page = client.post(restore, follow=True)
    assert "is the workshop’s. Change it there" in page.content.decode()
    assert IndicatorRating.objects.get(pk=scene.rating.pk).rating == Rating.MEETS


def test_a_member_sees_the_rating_in_the_workspace_as_before(scene, client):
    assert scene.people["FAO"].memberships.get().role == Membership.Role.MEMBER
    client.force_login(scene.people["FAO"])
    scene.rating.assigned_to.set(scene.people["FAO"].memberships.all())
    form = client.get(scene.rating.get_absolute_url()).context["workspace"].form
    assert not {"rating", "difference_reason", "regression_reason"} & form.fields.keys()


@pytest.mark.parametrize("who", ["coordinator", "member"])
def test_the_agreed_rating_stays_a_place_that_a_link_can_lead_to(client, scene, who):
    scene.revealed(FAO=3, UNDP=3, UNICEF=3)
    record(scene, Rating.MEETS, reasons={"difference_reason": "The team says so."})
    person = scene.coordinator
    if who == "member":
        person = scene.people["FAO"]
        member = person.memberships.get()
        scene.rating.assigned_to.add(member)
    client.force_login(person)
    page = client.get(scene.rating.get_absolute_url()).content.decode()
    assert page.count('id="id_rating"') == 1
