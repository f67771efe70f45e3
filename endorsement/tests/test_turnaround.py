from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from endorsement.review.turnaround import Move, TurnAround

START = datetime(2022, 12, 1, tzinfo=UTC)


def moves(*steps, assessment=1):
    """steps: (day, from, to)."""
    return [
        Move(assessment=assessment, before=before, after=after, at=START + timedelta(days=day))
        for day, before, after in steps
    ]


def test_days_run_from_submission_to_answer_and_from_return_to_the_next_submission():
    found = TurnAround.of(
        moves(
            (0, "endorsed", "submitted"),
            (10, "submitted", "consolidation"),
            (14, "endorsed", "submitted"),
            (20, "submitted", "accepted"),
        )
    )
    assert (found.submissions, found.accepted, found.returned) == (2, 1, 1)
    assert (found.days_to_answer, found.days_to_resubmit) == (8, 4)


def test_what_the_team_reopened_is_neither_answered_nor_returned():
    first, back, again = moves(
        (0, "endorsed", "submitted"),
        (1, "submitted", "consolidation"),
        (5, "endorsed", "submitted"),
    )
    found = TurnAround.of([first, replace(back, by_team=True), again])
    assert (found.submissions, found.accepted, found.returned) == (2, 0, 0)
    assert (found.days_to_answer, found.days_to_resubmit) == (None, None)
    accepted = moves((8, "submitted", "accepted"))
    assert TurnAround.of([first, replace(back, by_team=True), again, *accepted]).days_to_answer == 3


def test_the_middle_of_several_teams_counts_and_not_the_mean():
    quick = moves((0, "endorsed", "submitted"), (1, "submitted", "accepted"))
    usual = moves((0, "endorsed", "submitted"), (3, "submitted", "accepted"), assessment=2)
    slow = moves((0, "endorsed", "submitted"), (99, "submitted", "accepted"), assessment=3)
    found = TurnAround.of(sorted([*quick, *usual, *slow], key=lambda move: move.at))
    assert found.days_to_answer == 3


def test_before_anything_was_handed_in_there_are_no_days():
    assert TurnAround.of([]) == TurnAround(
        submissions=0, accepted=0, returned=0, days_to_answer=None, days_to_resubmit=None
    )


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(some.lists(some.tuples(some.integers(0, 9), some.booleans()), max_size=8))
def test_every_submission_is_answered_at_most_once(rounds):
    steps, day = [], 0
    for wait, is_accepted in rounds:
        steps.append((day, "endorsed", "submitted"))
        day += wait
        steps.append((day, "submitted", "accepted" if is_accepted else "consolidation"))
    found = TurnAround.of(moves(*steps))
    assert found.accepted + found.returned == found.submissions == len(rounds)
