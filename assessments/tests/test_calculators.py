"""Counting, from tables and by properties: no database."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.calculators.counting import (
    LEVELS,
    Answers,
    Band,
    ParityBand,
    ParityResult,
    Staff,
    SurveyResult,
)

BAND = ParityBand(from_percent=47, to_percent=53)
counts = st.integers(min_value=0, max_value=1_000_000)
answers = st.builds(Answers, **dict.fromkeys(LEVELS, counts))
staff = st.builds(Staff, women=counts, men=counts)


def make_survey(*questions, expected=200, answered=100):
    return SurveyResult(
        expected=expected,
        answered=answered,
        questions=tuple((f"Question {n}", row) for n, row in enumerate(questions, start=1)),
    )


def make_parity(**by_entity):
    """make_parity(UNDP={"gs": (1, 2)})"""
    return ParityResult(
        entities=tuple(by_entity),
        groups=("gs", "no"),
        counts={
            (entity, group): Staff(women=women, men=men)
            for entity, row in by_entity.items()
            for group, (women, men) in row.items()
        },
        band=BAND,
    )


@pytest.mark.parametrize(
    ("numbers", "positive", "negative", "share"),
    [
        ((0, 0, 0, 0, 0), 0, 0, None),
        ((1, 0, 0, 0, 0), 1, 0, Fraction(1)),
        ((0, 0, 1, 0, 0), 0, 0, Fraction(0)),
        ((30, 43, 20, 5, 2), 73, 7, Fraction(73, 100)),
        ((0, 2, 0, 1, 0), 2, 1, Fraction(2, 3)),
    ],
)
def test_answers_are_positive_from_agree_upwards(numbers, positive, negative, share):
    row = Answers(**dict(zip(LEVELS, numbers, strict=True)))
    assert (row.positive, row.negative, row.share_positive) == (positive, negative, share)


def test_a_survey_is_positive_over_the_answers_to_all_questions():
    survey = make_survey(Answers(agree=9, neutral=1), Answers(strongly_agree=5, disagree=85))
    assert survey.together == Answers(strongly_agree=5, agree=9, neutral=1, disagree=85)
    assert survey.together.share_positive == Fraction(14, 100)


def test_a_survey_without_questions_or_people_gives_nothing():
    survey = make_survey(expected=0, answered=0)
    assert survey.together.share_positive is None
    assert survey.response_rate is None
    assert not survey.may_reveal_a_person


@pytest.mark.parametrize(("answered", "may"), [(0, False), (1, True), (4, True), (5, False)])
def test_fewer_than_five_people_may_be_recognised(answered, may):
    assert make_survey(answered=answered).may_reveal_a_person is may


@pytest.mark.parametrize(
    ("women", "men", "band"),
    [
        (46, 54, Band.BELOW),
        (4699, 5301, Band.BELOW),
        (47, 53, Band.WITHIN),
        (1, 1, Band.WITHIN),
        (53, 47, Band.WITHIN),
        (5301, 4699, Band.ABOVE),
        (1, 0, Band.ABOVE),
        (0, 1, Band.BELOW),
        (0, 0, None),
    ],
)
def test_both_ends_of_the_band_belong_to_parity(women, men, band):
    assert BAND.of(Staff(women=women, men=men).share_of_women) == band


def test_parity_is_summed_by_entity_by_group_and_overall():
    result = make_parity(UNDP={"gs": (3, 1), "no": (1, 1)}, UNICEF={"gs": (1, 3)})
    assert result.by_entity == {"UNDP": Staff(women=4, men=2), "UNICEF": Staff(women=1, men=3)}
    assert result.by_group == {"gs": Staff(women=4, men=4), "no": Staff(women=1, men=1)}
    assert result.overall == Staff(women=5, men=5)
    assert [group for group, _ in result.groups_in(Band.WITHIN)] == ["gs", "no"]


def test_a_parity_table_without_people_has_no_share():
    result = make_parity(UNDP={})
    assert result.overall.share_of_women is None
    assert [result.groups_in(band) for band in Band] == [[], [], []]


@pytest.mark.parametrize("make", [lambda: Answers(agree=-1), lambda: Staff(women=-1)])
def test_a_number_below_0_is_refused(make):
    with pytest.raises(ValueError, match="never below 0"):
        make()


@given(st.lists(answers))
def test_together_counts_every_answer_once(rows):
    together = Answers.together(rows)
    assert together.total == sum(row.total for row in rows)
    assert together.positive + together.neutral + together.negative == together.total


@given(answers)
def test_a_share_of_answers_lies_between_0_and_1(row):
    assert row.share_positive is None or 0 <= row.share_positive <= 1


@given(st.dictionaries(st.text(), st.dictionaries(st.sampled_from(["gs", "no"]), staff)))
def test_rows_and_columns_of_a_parity_table_have_one_sum(table):
    result = ParityResult(
        entities=tuple(table),
        groups=("gs", "no"),
        counts={(name, group): cell for name, row in table.items() for group, cell in row.items()},
        band=BAND,
    )
    assert Staff.together(result.by_entity.values()) == result.overall
    assert Staff.together(result.by_group.values()) == result.overall


@given(staff)
def test_every_share_lies_in_one_part_of_the_band(cell):
    assert (BAND.of(cell.share_of_women) is None) == (cell.total == 0)
    swapped = Staff(women=cell.men, men=cell.women)
    opposite = {Band.BELOW: Band.ABOVE, Band.ABOVE: Band.BELOW}
    band = BAND.of(cell.share_of_women)
    assert BAND.of(swapped.share_of_women) == opposite.get(band, band)
