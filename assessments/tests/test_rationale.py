import pytest

from assessments.cycle.rationale import left_out


@pytest.mark.parametrize(
    ("rationale", "missing"),
    [
        ("This year: 1.1, 2.2, 5.1.", ["3.2", "7.1"]),
        ("1.1, 2.2, 3.2, 5.1 and 7.1; not 4.2, which the survey will tell.", []),
        ("All five need it.", []),
        ("Not 4.2.", []),
        ("PI 11.1 and 1.11 are no PIs.", []),
        ("", []),
    ],
)
def test_a_rationale_that_names_some_chosen_pis_leaves_out_the_others(rationale, missing):
    assert left_out(rationale, {"1.1", "2.2", "3.2", "5.1", "7.1"}) == missing
