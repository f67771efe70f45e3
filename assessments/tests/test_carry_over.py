"""What a PI takes over from earlier years, and that it stays equal to where it comes from."""

import pytest

from accounts.tests.factories import make_cycle, make_user
from assessments.carry_over import sources
from assessments.cycle.transitions import choose, confirm_unchanged, record_earlier, set_up
from assessments.models import Assessment, IndicatorRating
from assessments.tests.factories import make_quiet_assessment, make_rating, stored
from assessments.transitions import TransitionRefused
from assessments.workspace.transitions import save_rating
from scorecard.rating import Rating
from scorecard.tests.factories import load_changed, load_edition

pytestmark = pytest.mark.django_db
FIVE = {"1.1", "3.1", "4.1", "5.1", "6.1"}


def make_endorsed(**fields):
    """An endorsed assessment of 2021 that reassessed PI 2.2, which meets."""
    assessment = make_quiet_assessment(**{"year": 2021, "state": "endorsed"} | fields)
    make_rating(assessment=assessment, code="2.2", met="bc", rating=Rating.MEETS)
    return assessment


def start(earlier, *, year=2022, kind="annual", **fields):
    """The next assessment of the team, set up."""
    assessment = Assessment(
        **{
            "team": earlier.team,
            "cooperation_framework": earlier.cooperation_framework,
            "framework": earlier.framework,
            "kind": kind,
            "year": year,
        }
        | fields
    )
    return set_up(assessment, by=make_user())


def pi(assessment, code="2.2"):
    return IndicatorRating.objects.select_related("indicator", "assessment", "origin").get(
        assessment=assessment, indicator__code=code
    )


def test_set_up_makes_all_fifteen_and_carries_each_rating_with_its_origin():
    earlier = make_endorsed()
    assessment = start(earlier)
    rating = pi(assessment)
    assert assessment.indicator_ratings.count() == 15
    assert not rating.is_reassessed
    assert (rating.origin, rating.rating) == (pi(earlier), Rating.MEETS)
    assert (rating.last_assessed, rating.age) == (2021, 1)
    assert stored(rating).source.findings_by_key["b"].is_met


def test_the_origin_is_always_the_row_that_was_assessed_never_a_link_in_a_chain():
    first = make_endorsed(year=2020)
    second = start(first, year=2021)
    Assessment.objects.filter(pk=second.pk).update(state="accepted")
    third = start(first, year=2022)
    rating = pi(third)
    assert rating.origin == pi(first)
    assert (rating.last_assessed, rating.age) == (2020, 2)


def test_history_from_before_this_product_keeps_its_year_and_note():
    earlier = make_endorsed()
    make_rating(
        assessment=earlier,
        code="3.1",
        is_reassessed=False,
        rating=Rating.MISSING,
        origin_year=2018,
        origin_note="From the printed report.",
    )
    make_rating(assessment=earlier, code="4.1", is_reassessed=False, rating=Rating.MISSING)
    assessment = start(earlier)
    known, unknown = pi(assessment, "3.1"), pi(assessment, "4.1")
    assert (known.rating, known.last_assessed, known.age) == (Rating.MISSING, 2018, 4)
    assert known.source.origin_note == "From the printed report."
    assert (unknown.rating, unknown.last_assessed, unknown.age) == (Rating.MISSING, None, None)


@pytest.mark.parametrize("state", ["planning", "scoring", "consolidation", "endorsement"])
def test_nothing_is_carried_from_an_assessment_that_is_not_endorsed(state):
    earlier = make_endorsed(year=2020)
    make_endorsed(team=earlier.team, year=2021, state=state)
    assessment = start(earlier, year=2022)
    assert pi(assessment).origin == pi(earlier)


def test_nothing_is_carried_over_where_there_is_nothing():
    cycle = make_cycle()
    assessment = Assessment(
        team=cycle.team,
        cooperation_framework=cycle,
        framework=load_edition(),
        kind="annual",
        year=2022,
    )
    rating = pi(set_up(assessment, by=make_user()))
    assert (rating.rating, rating.origin, rating.last_assessed) == (None, None, None)


def test_a_comprehensive_assessment_carries_nothing():
    assessment = start(make_endorsed(), kind="comprehensive")
    assert sources(assessment) == {}
    assert not assessment.indicator_ratings.filter(is_reassessed=False).exists()
    assert not assessment.indicator_ratings.filter(origin__isnull=False).exists()


def test_a_later_revision_of_the_same_edition_carries_over_by_code(django_assert_max_num_queries):
    earlier = make_endorsed()
    revision = load_changed(lambda content: content.update(title="Second revision")).framework
    rating = pi(start(earlier, framework=revision))
    assert rating.origin == pi(earlier)
    assert rating.indicator != rating.origin.indicator
    detail = stored(rating)
    with django_assert_max_num_queries(0):
        assert detail.source.standing.rating == Rating.MEETS


# Equal to its origin


def test_a_change_in_the_origin_reaches_the_years_that_carry_it():
    earlier = make_endorsed()
    assessment = start(earlier)
    Assessment.objects.filter(pk=earlier.pk).update(state="consolidation")
    row = pi(earlier)
    row.rating, row.difference_reason = Rating.APPROACHES, "The campaign had not begun."
    save_rating(row, [], [], by=make_user(), version=row.version)
    carried = pi(assessment)
    assert (carried.rating, carried.difference_reason) == (
        Rating.APPROACHES,
        "The campaign had not begun.",
    )
    assert carried.version == 2
    assert carried.history.count() == 2


def test_a_rating_from_before_this_product_recorded_late_reaches_the_years_that_carry_it():
    earlier = make_endorsed()
    assessment = start(earlier)
    Assessment.objects.filter(pk=earlier.pk).update(state="consolidation")
    row = pi(earlier, "3.1")
    row.rating, row.origin_year = Rating.APPROACHES, 2018
    record_earlier(row, by=make_user())
    carried = pi(assessment, "3.1")
    assert (carried.rating, carried.last_assessed) == (Rating.APPROACHES, 2018)


# Choosing


def test_a_chosen_pi_opens_empty_and_given_back_carries_again():
    assessment = start(make_endorsed())
    choose(assessment, add={"2.2"}, drop=set(), rationale="Because.", by=make_user())
    opened = pi(assessment)
    assert (opened.is_reassessed, opened.rating, opened.origin) == (True, None, None)
    assert opened.computed_rating == Rating.MISSING
    choose(assessment, add=set(), drop={"2.2"}, rationale="No.", by=make_user())
    back = pi(assessment)
    assert (back.is_reassessed, back.rating, back.last_assessed) == (False, Rating.MEETS, 2021)
    assert [row.is_reassessed for row in back.history.order_by("history_id")] == [
        False,
        True,
        False,
    ]
    assert Assessment.objects.get(pk=assessment.pk).rationale == "No."


def make_in_scoring():
    assessment = start(make_endorsed())
    choose(assessment, add=FIVE | {"2.2"}, drop=set(), rationale="Because.", by=make_user())
    Assessment.objects.filter(pk=assessment.pk).update(state="scoring")
    return assessment


def refused_choice(assessment, match, **choice):
    before = list(IndicatorRating.objects.order_by("pk").values())
    with pytest.raises(TransitionRefused, match=match):
        choose(
            assessment,
            **{"add": set(), "drop": set(), "rationale": "Because."} | choice,
            by=make_user(),
        )
    assert list(IndicatorRating.objects.order_by("pk").values()) == before


def test_while_scoring_a_pi_may_be_changed_for_another():
    assessment = make_in_scoring()
    choose(assessment, add={"7.1"}, drop={"2.2"}, rationale="Because.", by=make_user())
    assert pi(assessment, "7.1").is_reassessed
    assert not pi(assessment, "2.2").is_reassessed


def test_while_scoring_no_choice_is_taken_that_could_not_have_opened_it():
    assessment = make_in_scoring()
    refused_choice(assessment, "4 PIs are chosen; this ass", drop={"2.2", "3.1"})
    refused_choice(assessment, "Scoring is open. The rationale", rationale=" ")


def test_a_pi_on_which_somebody_has_worked_is_not_given_back():
    assessment = make_in_scoring()
    row = pi(assessment)
    row.findings = "Seen."
    save_rating(row, [], [], by=make_user(), version=row.version)
    refused_choice(assessment, "2.2 cannot be carried over any more", drop={"2.2"})


@pytest.mark.parametrize("state", ["consolidation", "endorsement", "accepted"])
def test_later_nothing_is_chosen(state):
    assessment = make_in_scoring()
    Assessment.objects.filter(pk=assessment.pk).update(state=state)
    refused_choice(assessment, "Nothing was changed: the assessment is in", add={"7.1"})


def test_of_a_comprehensive_assessment_nothing_is_chosen():
    assessment = start(make_endorsed(), kind="comprehensive")
    refused_choice(assessment, "reassesses all PIs", drop={"7.1"})


# Confirming


def test_a_carried_rating_is_confirmed_with_a_reason_and_stays_as_old_as_it_is():
    assessment = start(make_endorsed())
    by = make_user()
    confirm_unchanged(pi(assessment), reason="The campaign runs on.", by=by)
    rating = pi(assessment)
    assert (rating.confirmation, rating.confirmed_by) == ("The campaign runs on.", by)
    assert (rating.last_assessed, rating.is_reassessed) == (2021, False)
    assert rating.history.first().history_user == by


def test_only_a_carried_rating_can_be_confirmed():
    assessment = start(make_endorsed())
    choose(assessment, add={"2.2"}, drop=set(), rationale="", by=make_user())
    for code in ["2.2", "3.1"]:  # reassessed; without an earlier rating
        with pytest.raises(TransitionRefused, match=f"PI {code} carries no rating over"):
            confirm_unchanged(pi(assessment, code), reason="So.", by=make_user())


def test_choosing_a_pi_takes_its_confirmation_back():
    assessment = start(make_endorsed())
    confirm_unchanged(pi(assessment), reason="The campaign runs on.", by=make_user())
    choose(assessment, add={"2.2"}, drop=set(), rationale="", by=make_user())
    rating = pi(assessment)
    assert (rating.confirmation, rating.confirmed_at, rating.confirmed_by) == ("", None, None)
