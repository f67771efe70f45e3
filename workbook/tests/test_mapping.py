import pytest

from scorecard.rating import Rating
from workbook.history.mapping import Role, columns_of, guessed, head_row_of, memory_key
from workbook.tests.books import grid_of

WORDS = {"Cumple": Rating.MEETS}


def sheet_of(*rows):
    return grid_of(*rows).sheets[0]


def roles_of(*rows, remembered=None):
    sheet = sheet_of(*rows)
    head = head_row_of(sheet)
    roles = guessed(sheet, head, words=WORDS, remembered=remembered or {})
    names = {column.number: column.name for column in columns_of(sheet, head)}
    return {names[number]: role for number, role in roles.items()}


def test_a_long_table_is_guessed_by_its_heads():
    assert roles_of(
        ["PI", "Year", "Rating", "Findings", "Means of verification", "Last assessed", "Remarks"],
        ["2.2", 2021, "Meets", "Because.", "Minutes", 2019, "x"],
    ) == {
        "PI": Role.PI,
        "Year": Role.YEAR,
        "Rating": Role.RATING,
        "Findings": Role.FINDINGS,
        "Means of verification": Role.MEANS,
        "Last assessed": Role.LAST_ASSESSED,
    }


def test_a_wide_table_has_a_year_in_each_head():
    assert roles_of(
        ["Indicator", "2019", "Score 2020", "Progress 2020"],
        ["1.1", "Missing", "B. Approaching", "A training took place."],
        ["1.2", "Meets", "Cumple", "A study was made."],
    ) == {
        "Indicator": Role.PI,
        "2019": Role.RATING_OF_YEAR,
        "Score 2020": Role.RATING_OF_YEAR,
        "Progress 2020": Role.ACTIVITY_OF_YEAR,
    }


def test_columns_without_a_telling_name_are_guessed_by_what_they_say():
    assert roles_of(
        ["A", "B", "C"], [2.2000000000000002, "Cumple", 2020], [1.1, "Exceeds", 2021]
    ) == {"A": Role.PI, "B": Role.RATING, "C": Role.YEAR}


def test_an_action_plan_is_guessed():
    assert roles_of(
        ["PI", "Action point", "Activities undertaken in 2021"],
        ["2.2", "Agree on messages.", "Messages were agreed."],
    ) == {
        "PI": Role.PI,
        "Action point": Role.ACTION,
        "Activities undertaken in 2021": Role.ACTIVITY_OF_YEAR,
    }


def test_no_role_is_guessed_twice_but_those_that_bear_a_year():
    assert roles_of(["PI", "Rating", "Final rating"], ["2.2", "Meets", "Meets"]) == {
        "PI": Role.PI,
        "Rating": Role.RATING,
    }


def test_what_the_team_chose_before_is_guessed_first():
    remembered = {memory_key("Nota 2021"): "findings", "color": "rating_of_year"}
    roles = roles_of(["PI", "Nota 2022", "Color"], ["2.2", "Meets", "green"], remembered=remembered)
    assert roles == {"PI": Role.PI, "Nota 2022": Role.FINDINGS}


@pytest.mark.parametrize(
    ("rows", "head"),
    [
        ([["PI", "Rating"], ["2.2", "Meets"]], 1),
        ([["Our ratings"], [], ["PI", "Rating"], ["2.2", "Meets"]], 3),
        ([["Team", "Kazakhstan"], ["PI", "Rating"], ["2.2", "Meets"]], 2),
        ([["a", "b"], ["c", "d"]], 1),
        ([], 1),
    ],
)
def test_the_head_stands_above_the_first_pi(rows, head):
    assert head_row_of(sheet_of(*rows)) == head


def test_columns_show_what_stands_in_them():
    column = columns_of(sheet_of(["PI", " Score \n2020 "], ["1.1", "Meets"], ["1.2", ""]), 1)[1]
    assert (column.name, column.year, column.samples) == ("Score 2020", 2020, ("Meets",))
