"""Whatever people do, in whatever order, these stay true of all assessments of a team."""

import pytest
from hypothesis.stateful import run_state_machine_as_test

from assessments.tests.voting_rules import walk
from assessments.tests.year_rules import Years
from scorecard.tests.factories import load_edition


@pytest.mark.django_db
def test_whatever_people_do_the_invariants_hold():
    load_edition()  # once, outside what each run undoes
    run_state_machine_as_test(Years, settings=walk(examples=8))
