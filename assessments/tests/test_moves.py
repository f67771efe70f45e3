"""The moves of an assessment: what each does, what refuses it; a refusal changes nothing."""

import pytest

from accounts.access_table import STATES
from accounts.models import Membership
from accounts.tests.factories import make_membership, make_user
from accounts.transitions import end_membership
from assessments import transitions
from assessments.cycle.missing import missing_for_endorsement, missing_for_scoring
from assessments.models import Assessment, AssessmentEvent
from assessments.tests.factories import (
    make_assessment,
    make_carried_rating,
    make_person,
    make_quiet_assessment,
    make_rating,
)
from assessments.transitions import TransitionRefused
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db
FIVE = ["1.1", "2.2", "3.1", "4.1", "5.1"]


def make_planned(*, chosen=FIVE, rationale="Because.", **fields):
    """An annual assessment in planning that lacks nothing for scoring."""
    assessment = make_assessment(**{"state": "planning", "rationale": rationale} | fields)
    member = make_membership(team=assessment.team, role=Membership.Role.MEMBER)
    for rating in assessment.indicator_ratings.select_related("indicator"):
        rating.is_reassessed = assessment.is_comprehensive or rating.indicator.code in chosen
        rating.save(update_fields=["is_reassessed"])
        rating.assigned_to.add(member)
    return assessment


def make_agreed(**fields):
    """An assessment in consolidation whose one reassessed PI is rated and explained."""
    assessment = make_quiet_assessment(**{"state": "consolidation"} | fields)
    make_rating(assessment=assessment, met="bc", rating=Rating.MEETS, findings="Seen.")
    return assessment


MOVES = [
    ("planning", "scoring", transitions.open_scoring),
    ("scoring", "consolidation", transitions.open_consolidation),
    ("consolidation", "endorsement", transitions.request_endorsement),
    ("endorsement", "endorsed", transitions.endorse),
    ("endorsed", "submitted", transitions.submit),
    ("submitted", "accepted", transitions.accept),
]


def back(move):
    return lambda assessment, by: move(assessment, by=by, reason="A figure was wrong.")


REOPEN, SEND_BACK = back(transitions.reopen), back(transitions.send_back)
WAYS_BACK = [
    ("endorsement", "consolidation", REOPEN),
    ("endorsed", "consolidation", REOPEN),
    ("submitted", "consolidation", REOPEN),
    ("submitted", "consolidation", SEND_BACK),
]
ALL = [*MOVES, *WAYS_BACK]
OUT_OF_PLACE = [
    (state, move)
    for move in dict.fromkeys(move for _before, _after, move in ALL)
    for state in STATES
    if state not in [before for before, _after, other in ALL if other is move]
]


def make_ready(state):
    """An assessment that may make any move out of this state."""
    return make_planned() if state == "planning" else make_agreed(state=state)


def state_and_events(assessment):
    stored = Assessment.objects.get(pk=assessment.pk)
    return stored.state, list(stored.events.values_list("from_state", "to_state", "comment"))


@pytest.mark.parametrize(("before", "after", "move"), MOVES)
def test_a_move_changes_the_state_and_leaves_an_event(before, after, move):
    assessment = make_ready(before)
    by = make_user()
    moved = move(assessment, by=by)
    event = AssessmentEvent.objects.get()
    assert moved.state == after
    assert state_and_events(assessment) == (after, [(before, after, "")])
    assert (event.by, event.assessment) == (by, assessment)


@pytest.mark.parametrize(("before", "after", "move"), WAYS_BACK)
def test_a_way_back_leads_to_consolidation_and_keeps_its_reason(before, after, move):
    assessment = make_ready(before)
    move(assessment, by=make_user())
    expected = [(before, after, "A figure was wrong.")]
    assert state_and_events(assessment) == (after, expected)


@pytest.mark.parametrize(("state", "move"), OUT_OF_PLACE)
def test_a_move_from_any_other_state_is_refused_and_changes_nothing(state, move):
    assessment = make_ready(state)
    with pytest.raises(TransitionRefused, match=f"is in “{STATES[state]}” by now"):
        move(assessment, by=make_user())
    assert state_and_events(assessment) == (state, [])


@pytest.mark.parametrize("move", [transitions.reopen, transitions.send_back])
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_way_back_needs_a_reason(move, reason):
    assessment = make_ready("submitted")
    with pytest.raises(TransitionRefused, match="Say why the assessment goes back"):
        move(assessment, by=make_user(), reason=reason)
    assert state_and_events(assessment) == ("submitted", [])


# Planning


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"chosen": FIVE[:4]}, "4 PIs are chosen; this assessment reassesses at least 5."),
        ({"chosen": FIVE[:1]}, "1 PI is chosen; this assessment reassesses at least 5."),
        ({"rationale": " "}, "The rationale for the chosen PIs is not written."),
    ],
)
def test_scoring_waits_for_enough_pis_and_a_rationale(fields, sentence):
    assessment = make_planned(**fields)
    assert [str(missing) for missing in missing_for_scoring(assessment)] == [sentence]
    with pytest.raises(TransitionRefused) as refusal:
        transitions.open_scoring(assessment, by=make_user())
    assert str(refusal.value) == f"Scoring cannot be opened. {sentence}"
    assert state_and_events(assessment) == ("planning", [])


def test_scoring_waits_for_members_who_serve_on_every_chosen_pi():
    assessment = make_planned()
    gone = make_membership(team=assessment.team)
    end_membership(gone, by=make_user())
    observer = make_membership(team=assessment.team, role=Membership.Role.OBSERVER)
    for code, members in [("1.1", []), ("2.2", [gone]), ("3.1", [observer]), ("6.1", [])]:
        assessment.indicator_ratings.get(indicator__code=code).assigned_to.set(members)
    sentences = [str(missing) for missing in missing_for_scoring(assessment)]
    assert sentences == ["Nobody is assigned to 1.1, 2.2, 3.1."]


def test_a_comprehensive_assessment_needs_all_fifteen_and_no_rationale():
    assessment = make_planned(kind="comprehensive", rationale="")
    assert missing_for_scoring(assessment) == []
    assessment.indicator_ratings.filter(indicator__code="2.2").update(is_reassessed=False)
    (missing,) = missing_for_scoring(assessment)
    assert str(missing) == "14 PIs are chosen; this assessment reassesses at least 15."


# Consolidation


def needs(assessment):
    return [str(missing) for missing in missing_for_endorsement(assessment)]


def test_endorsement_waits_for_ratings_and_findings_of_the_reassessed_pis():
    assessment = make_quiet_assessment(state="consolidation")
    assert needs(assessment) == ["PI 2.2: no agreed rating, no findings."]
    with pytest.raises(TransitionRefused, match="Endorsement cannot be requested. PI 2.2: no agr"):
        transitions.request_endorsement(assessment, by=make_user())
    assert state_and_events(assessment) == ("consolidation", [])


def test_endorsement_waits_for_the_reason_of_a_fallen_rating():
    last_year = make_agreed(year=2021, state="accepted")
    assessment = make_quiet_assessment(team=last_year.team, state="consolidation")
    rating = make_rating(assessment=assessment, rating=Rating.MISSING, findings="Ended.")
    assert needs(assessment) == ["PI 2.2: no reason why the rating fell."]
    rating.regression_reason = "The campaign ended."
    rating.save()
    assert needs(assessment) == []


def test_endorsement_waits_for_what_the_checks_found():
    assessment = make_agreed()
    with pytest.raises(TransitionRefused, match="requested. PI 4.3 stands above its criteria."):
        transitions.request_endorsement(
            assessment, by=make_user(), blocking=["PI 4.3 stands above its criteria."]
        )
    assert state_and_events(assessment) == ("consolidation", [])


def test_endorsement_is_not_complete_while_the_rule_waits():
    assessment = make_agreed(state="endorsement")
    with pytest.raises(TransitionRefused, match="not endorsed yet. Two seats have not decided."):
        transitions.endorse(assessment, by=make_user(), missing=["Two seats have not decided."])
    assert state_and_events(assessment) == ("endorsement", [])


def test_a_deadline_endorses_without_anybody():
    assessment = make_agreed(state="endorsement")
    transitions.endorse(assessment, by=None, comment="No objection by 2 Dec 2022.")
    assert AssessmentEvent.objects.get().by is None


# Years that hang together


def test_a_year_whose_ratings_a_frozen_year_carries_cannot_be_revised():
    origin = make_rating(assessment=make_agreed(year=2021, state="accepted"), code="3.1")
    later = make_carried_rating(origin=origin).assessment
    Assessment.objects.filter(pk=origin.assessment_id).update(state="submitted")
    Assessment.objects.filter(pk=later.pk).update(state="endorsement")
    with pytest.raises(TransitionRefused, match="of 2022 carries its ratings over and is in “Endo"):
        transitions.reopen(origin.assessment, by=make_user(), reason="Wrong figure.")
    transitions.reopen(later, by=make_user(), reason="First this one.")
    moved = transitions.reopen(origin.assessment, by=make_user(), reason="Wrong figure.")
    assert moved.state == "consolidation"


def test_endorsement_waits_for_the_years_it_carries_from():
    before = make_agreed(year=2021)
    origin = make_rating(assessment=before, code="3.1")
    later = make_carried_rating(origin=origin).assessment
    other = before.indicator_ratings.get(indicator__code="2.2")
    make_carried_rating(origin=other, assessment=later)
    later.indicator_ratings.exclude(pk=origin.pk).update(is_reassessed=False)
    assert needs(later) == [
        "The assessment of 2021, from which ratings are carried over, is being revised. "
        "It has to be endorsed first."
    ]
    Assessment.objects.filter(pk=origin.assessment_id).update(state="endorsed")
    assert needs(later) == []


def test_what_is_missing_is_asked_in_a_constant_number_of_queries(django_assert_max_num_queries):
    planned, agreed = make_planned(), make_assessment(year=2023, state="consolidation")
    make_person(assessment=agreed)
    missing_for_endorsement(agreed)  # fills the cache of the edition
    with django_assert_max_num_queries(1):
        missing_for_scoring(planned)
    with django_assert_max_num_queries(6):
        missing_for_endorsement(agreed)
