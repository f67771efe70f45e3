"""What the pre-flight says of who has been heard."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.tests.factories import make_entity, make_membership
from assessments.models import Assessment
from assessments.tests.factories import make_assessment, make_preliminary
from assessments.tests.workshop_data import make_scene
from assessments.workshop.agreement import record_agreed
from assessments.workshop.transitions import allow_late_votes
from report.checks import Severity
from report.tests.checking import codes, found, sentence
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db


def make_member(assessment, acronym):
    return make_membership(team=assessment.team, entity=make_entity(acronym=acronym, name="E"))


def test_entities_without_preliminary_rating_and_vote_are_named_together():
    assessment = make_assessment()
    heard = make_member(assessment, "FAO")
    make_preliminary(rating=assessment.indicator_ratings.first(), membership=heard, value=2)
    for acronym in ("WHO", "unaids"):
        make_member(assessment, acronym)

    assert sentence(assessment, "not-heard") == (
        "Neither a preliminary rating nor a vote has come from unaids, WHO. Ask them."
    )


def test_entity_that_voted_has_been_heard():
    scene = make_scene()
    scene.revealed(FAO=Rating.MEETS, UNDP=Rating.MEETS)

    assert "from UNICEF." in sentence(scene.assessment, "not-heard")


@pytest.mark.parametrize("state", ["planning", "endorsement", "accepted"])
def test_nobody_is_asked_for_while_nothing_can_be_given(state):
    assessment = make_assessment(state=state)
    make_member(assessment, "FAO")

    assert found(assessment, "not-heard") == found(assessment, "no-workshop") == []


@pytest.mark.parametrize(("state", "is_named"), [("scoring", False), ("consolidation", True)])
def test_workshop_without_a_vote_is_named_once_the_team_consolidates(state, is_named):
    assessment = make_assessment(state=state)

    assert bool(found(assessment, "no-workshop")) == is_named


def test_entity_without_a_vote_is_named_under_its_indicator():
    scene = make_scene()
    scene.revealed(FAO=Rating.MEETS, UNDP=Rating.MEETS)

    checks = {check.code: check.sentence for check in found(scene.assessment, "no-vote")}

    assert checks["2.2"] == ("PI 2.2: no vote from UNICEF. Let them vote late, or ask for a word.")
    assert found(scene.assessment, "no-workshop") == []


def test_indicators_left_out_of_the_workshop_are_named():
    scene = make_scene()
    scene.revealed(FAO=Rating.MEETS, UNDP=Rating.MEETS, UNICEF=Rating.MEETS)

    left_out = codes(scene.assessment, "no-vote")

    assert len(left_out) == 14
    assert "2.2" not in left_out


def test_open_round_is_named_and_nobody_in_it():
    scene = make_scene()
    scene.vote(scene.opened(), "FAO", Rating.MEETS)

    checks = {check.code: check.sentence for check in found(scene.assessment, "no-vote")}

    assert checks["2.2"] == ("PI 2.2: the votes of the last round are not revealed. Reveal them.")


def test_votes_are_no_matter_once_the_assessment_is_closed():
    scene = make_scene()
    scene.revealed(FAO=Rating.MEETS)
    Assessment.objects.update(state="submitted")

    assert found(scene.assessment, "no-vote") == []


def agreed_before_late_votes(*late):
    """Meets is agreed after the vote of FAO; then UNDP and UNICEF vote."""
    scene = make_scene()
    revealed = scene.revealed(FAO=Rating.MEETS)
    record_agreed(scene.workshop, scene.rating, agreed=Rating.MEETS, by=scene.coordinator)
    until = timezone.now() + timedelta(days=1)
    allow_late_votes(scene.workshop, revealed, until=until, by=scene.coordinator)
    for acronym, level in zip(["UNDP", "UNICEF"], late, strict=True):
        scene.vote(revealed, acronym, level)
    return scene


def test_agreement_that_late_votes_put_off_the_median_is_to_be_recorded_anew():
    scene = agreed_before_late_votes(Rating.MISSING, Rating.MISSING)

    (check,) = found(scene.assessment, "voted-afterwards")

    assert (check.code, check.severity) == ("2.2", Severity.WARNS)
    assert check.sentence == (
        "PI 2.2: late votes moved the median, and Meets was agreed before them. "
        "Record the agreement anew in the Room."
    )
    assert check.url == f"/assessments/{scene.assessment.pk}/workshop/#content"
    scene.rating.refresh_from_db()
    reasons = {"minute": "FAO was heard."}
    record_agreed(
        scene.workshop, scene.rating, agreed=Rating.MEETS, by=scene.coordinator, **reasons
    )
    assert found(scene.assessment, "voted-afterwards") == []


@pytest.mark.parametrize("late", [(3, 3), (1, 4), (3, 1)])
def test_late_votes_that_leave_what_was_agreed_the_median_are_left_alone(late):
    assert found(agreed_before_late_votes(*late).assessment, "voted-afterwards") == []
