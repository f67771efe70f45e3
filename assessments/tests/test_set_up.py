"""Setting up a year: what it refuses, what it takes over besides ratings."""

import pytest

from accounts.models import CooperationFramework, Membership
from accounts.tests.factories import make_cycle, make_membership, make_team, make_user
from accounts.transitions import end_membership
from assessments.cycle.transitions import set_up
from assessments.models import Assessment, AssessmentEvent
from assessments.tests.factories import make_assessment, make_rating
from assessments.transitions import TransitionRefused
from scorecard.tests.factories import load_edition

pytestmark = pytest.mark.django_db


def make_unsaved(team=None, *, kind="annual", year=2022, **fields):
    cycle = make_cycle(team=team or make_team())
    return Assessment(
        **{
            "team": cycle.team,
            "cooperation_framework": cycle,
            "framework": fields.pop("framework", None) or load_edition(),
            "kind": kind,
            "year": year,
        }
        | fields
    )


def following(earlier, **fields):
    """The next year of a team that has assessed before."""
    return Assessment(
        **{
            "team": earlier.team,
            "cooperation_framework": earlier.cooperation_framework,
            "framework": earlier.framework,
            "kind": "annual",
            "year": earlier.year + 1,
        }
        | fields
    )


def refused(assessment, match):
    before = Assessment.objects.count()
    with pytest.raises(TransitionRefused, match=match):
        set_up(assessment, by=make_user())
    assert (Assessment.objects.count(), AssessmentEvent.objects.count()) == (before, 0)


def test_set_up_begins_the_story_of_the_assessment():
    by = make_user()
    assessment = set_up(make_unsaved(), by=by)
    event = AssessmentEvent.objects.get()
    assert assessment.state == "planning"
    assert (event.from_state, event.to_state, event.by) == ("", "planning", by)


def test_set_up_writes_the_history_of_all_fifteen():
    by = make_user()
    assessment = set_up(make_unsaved(), by=by)
    histories = [row.history.get() for row in assessment.indicator_ratings.all()]
    assert {row.history_user for row in histories} == {by}


def test_set_up_saves_a_new_cooperation_framework_along():
    team = make_team()
    cycle = CooperationFramework(team=team, title="New", first_year=2026, last_year=2030)
    assessment = make_unsaved(team, year=2026, cooperation_framework=None)
    set_up(assessment, cooperation_framework=cycle, by=make_user())
    assert Assessment.objects.get().cooperation_framework.title == "New"


def test_a_second_assessment_of_the_year_is_refused_in_words():
    earlier = make_assessment()
    refused(following(earlier, year=2022), "This team has an assessment of this year already.")


def test_a_second_comprehensive_assessment_of_the_cycle_is_refused_in_words():
    earlier = make_assessment(kind="comprehensive")
    refused(
        following(earlier, kind="comprehensive"),
        "This Cooperation Framework has a comprehensive assessment already.",
    )


def test_another_edition_starts_with_a_comprehensive_assessment():
    earlier = make_assessment()
    other = load_edition("unct-swap-2023")
    refused(following(earlier, framework=other), "starts with a comprehensive assessment")
    set_up(following(earlier, framework=other, kind="comprehensive"), by=make_user())
    set_up(following(earlier, framework=other, year=2024), by=make_user())
    assert Assessment.objects.filter(framework=other).count() == 2


def test_nobody_goes_back_to_the_edition_before_without_a_comprehensive_assessment():
    earlier = make_assessment()
    other = load_edition("unct-swap-2023")
    set_up(following(earlier, framework=other, kind="comprehensive"), by=make_user())
    with pytest.raises(TransitionRefused, match="made on the edition of 2023"):
        set_up(following(earlier, year=2024), by=make_user())


def test_whoever_worked_on_a_pi_last_time_and_still_serves_is_assigned_again():
    earlier = make_assessment()
    stays, leaves, moves = (make_membership(team=earlier.team) for _ in range(3))
    make_rating(assessment=earlier, code="2.2", assigned=[stays, leaves, moves])
    end_membership(leaves, by=make_user())
    Membership.objects.filter(pk=moves.pk).update(role="observer")
    assessment = set_up(following(earlier), by=make_user())
    same, other = (
        assessment.indicator_ratings.get(indicator__code=code) for code in ("2.2", "1.1")
    )
    assert list(same.assigned_to.all()) == [stays]
    assert not other.assigned_to.exists()
