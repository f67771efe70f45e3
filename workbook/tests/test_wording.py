from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.rating import Rating
from workbook.grid import Cell
from workbook.wording import (
    IsDate,
    NotUnderstood,
    answer_of,
    code_of,
    count_of,
    rating_of,
    year_of,
)

MISSING, APPROACHES, MEETS, EXCEEDS = Rating
WORDS = {"Cumple": MEETS, "Missing requirements": MISSING}


def text(value):
    return Cell("s", value)


@pytest.mark.parametrize(
    ("written", "rating"),
    [
        ("Approaches", APPROACHES),
        ("APPROACHING", APPROACHES),
        ("approaches minimum requirements", APPROACHES),
        ("B. Approaches Minimum Requirements", APPROACHES),
        ("b) Approaches the minimum requirement", APPROACHES),
        ("(b) approached", APPROACHES),
        ("B - Approaches", APPROACHES),
        ("\xa0 Approaches\u2003minimum\nrequirements. ", APPROACHES),
        ("▮▯▯ Approaches", APPROACHES),
        ("Approaches*", APPROACHES),
        ("ＭＥＥＴＳ", MEETS),
        ("Meet", MEETS),
        ("meeting requirements", MEETS),
        ("Exceeds Minimum Requirements", EXCEEDS),
        ("D. EXCEEDING", EXCEEDS),
        ("Missing", MISSING),
        ("a. Missing requirements", MISSING),
        ("cumple", MEETS),
        ("", None),
        ("  ", None),
        ("-", None),
        ("N/A", None),
        ("Not yet agreed", None),
    ],
)
def test_a_rating_is_understood_however_it_is_written(written, rating):
    assert rating_of(text(written), WORDS) == rating


@pytest.mark.parametrize(
    "written",
    [
        "Does not meet",
        "Not meeting minimum requirements",
        "Meets / exceeds",
        "Almost meets",
        "Meets most requirements",
        "Good",
        "3",
        "B",
        "100 %",
        "missing document",
    ],
)
def test_what_might_be_another_rating_is_not_guessed(written):
    with pytest.raises(NotUnderstood):
        rating_of(text(written), WORDS)


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("Met", True),
        ("yes ", True),
        ("X", True),
        ("✓", True),
        ("TRUE", True),
        ("NOT MET", False),
        ("no", False),
        ("", None),
        ("Not decided", None),
        ("?", None),
        ("oui", True),
    ],
)
def test_an_answer_is_understood(written, answer):
    assert answer_of(text(written), {"Oui": True}) is answer


def test_an_answer_that_is_none_is_refused():
    with pytest.raises(NotUnderstood):
        answer_of(text("partly"), {})


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (text("2.2"), "2.2"),
        (text(" 2.2 "), "2.2"),
        (text("PI 2.2"), "2.2"),
        (text("Indicator 2.2: Communication & Advocacy"), "2.2"),
        (text("2,2"), "2.2"),
        (text("2.2. Communication"), "2.2"),
        (text("2.2000000000000002"), "2.2"),
        (text("1.10"), "1.10"),
        (Cell("n", "2.2000000000000002"), "2.2"),
        (Cell("n", "2.2"), "2.2"),
        (Cell("n", "7.1"), "7.1"),
        (Cell("n", "7"), "7.0"),
    ],
)
def test_the_code_of_a_pi_is_understood(cell, code):
    assert code_of(cell) == code


@pytest.mark.parametrize("written", ["", "Communication", "22", "abc 2.2"])
def test_what_is_no_code_is_refused(written):
    with pytest.raises(NotUnderstood):
        code_of(text(written))


def test_a_code_that_became_a_date_is_told_apart():
    with pytest.raises(IsDate):
        code_of(Cell("d", "2026-02-02"))


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        (Cell("n", "2021"), 2021),
        (text("2021"), 2021),
        (text("Year 3 (2021)"), 2021),
        (text("FY2021"), 2021),
        (Cell("d", "2021-12-31"), 2021),
    ],
)
def test_a_year_is_understood(cell, year):
    assert year_of(cell) == year


@pytest.mark.parametrize("written", ["", "2020/2021", "21", "12021", "Year 3"])
def test_what_is_not_one_year_is_refused(written):
    with pytest.raises(NotUnderstood):
        year_of(text(written))


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        (Cell("n", "15"), 15),
        (text("15"), 15),
        (text(" 15.0 "), 15),
        (text("1,250"), 1250),
        (text("1 250"), 1250),
        (Cell("n", "14.999999999999998"), 15),
        (text(""), None),
    ],
)
def test_a_number_is_understood(cell, count):
    assert count_of(cell) == count


@pytest.mark.parametrize("written", ["-1", "1.5", "many", "1,5", "inf", "nan"])
def test_what_is_no_whole_number_is_refused(written):
    with pytest.raises(NotUnderstood):
        count_of(text(written))


@given(st.text())
def test_any_text_is_understood_or_refused(written):
    for read in (code_of, year_of, count_of):
        with suppress(NotUnderstood):
            read(text(written))
    for read in (rating_of, answer_of):
        with suppress(NotUnderstood):
            read(text(written), {})
