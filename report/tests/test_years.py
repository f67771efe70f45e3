"""All years of a team side by side."""

import pytest

from accounts.tests.factories import make_team
from assessments.models import IndicatorRating
from assessments.tests.factories import make_rating
from report.chapters.change import ChangeChapter, Direction
from report.chapters.years import YearsTable
from report.contents import AssessmentReport
from report.tests.lookup import change_of
from report.tests.years import carry_over, make_years, row_of, states, words
from report.year_bars import UNIT, YearBars
from scorecard.models import Indicator
from scorecard.rating import Rating
from scorecard.tests.factories import indicator_row, load_changed, load_edition

pytestmark = pytest.mark.django_db
LEVELS = {2019: Rating.MISSING, 2020: Rating.APPROACHES, 2022: Rating.MEETS}


def table_of(*assessments):
    ratings = IndicatorRating.objects.filter(assessment__in=assessments).to_compare()
    return YearsTable.of(list(ratings), {})


def test_years_stand_in_order_with_a_dash_where_none_is_on_record():
    table = table_of(*make_years(LEVELS))

    assert [column.year for column in table.columns] == [2019, 2020, 2021, 2022]
    assert words(table, "2.2") == ["Missing", "Approaches", "–", "Meets"]


def test_carried_rating_shows_the_year_it_stems_from():
    first, *others = make_years({2019: Rating.MEETS, 2020: None, 2021: None})
    for assessment in others:
        carry_over(assessment, origin=first)

    table = table_of(first, *others)

    assert words(table, "2.2") == ["Meets", "Meets, from 2019", "Meets, from 2019"]
    assert states(table, "2.2") == ["assessed", "carried", "carried"]


def test_carried_rating_of_unknown_year_says_so():
    (assessment,) = make_years({2022: Rating.MEETS})
    assessment.indicator_ratings.update(is_reassessed=False)

    assert words(table_of(assessment), "2.2") == ["Meets, year unknown"]


def test_indicator_without_a_rating_is_told_from_a_year_without_a_record():
    assert states(table_of(*make_years({2020: None, 2022: Rating.MEETS})), "2.2") == [
        "not-rated",
        "no-record",
        "assessed",
    ]


def test_numbers_of_each_year_are_counted():
    table = table_of(*make_years({2020: Rating.EXCEEDS, 2022: Rating.APPROACHES}))

    assert [(level.label, counts) for level, counts in table.level_counts] == [
        ("Exceeds", [1, None, 0]),
        ("Meets", [0, None, 0]),
        ("Approaches", [0, None, 1]),
        ("Missing", [0, None, 0]),
    ]
    first = table.columns[0]
    assert (first.meeting, first.assessed, first.total, first.not_rated) == (1, 15, 15, 14)


# Editions


def make_two_editions():
    team = make_team()
    return [
        *make_years({2021: Rating.EXCEEDS, 2022: Rating.EXCEEDS}, team=team),
        *make_years({2023: Rating.MEETS}, team=team, edition="unct-swap-2023"),
    ]


def test_change_of_edition_is_marked_and_told():
    table = table_of(*make_two_editions())

    assert [column.begins_edition for column in table.columns] == [False, False, True]
    assert [cell.begins_edition for cell in row_of(table, "2.2").cells] == [False, False, True]
    assert [(span.edition, span.width) for span in table.editions] == [("2018", 2), ("2023", 1)]
    assert table.breaks == (
        "From 2023 on the edition of 2023 applies, until then that of 2018. "
        "Their criteria differ: across the line, ratings do not compare.",
    )


def test_titles_are_those_of_the_newest_edition():
    table = table_of(*make_two_editions())

    newest = Indicator.objects.of_framework(load_edition("unct-swap-2023")).get(code="2.3")
    assert row_of(table, "2.3").title == newest.title


def test_years_without_a_record_go_with_the_edition_before_them():
    team = make_team()
    years = make_years({2019: Rating.MEETS}, team=team)
    years += make_years({2022: Rating.MEETS}, team=team, edition="unct-swap-2023")

    spans = table_of(*years).editions

    assert [(span.edition, span.width) for span in spans] == [("2018", 3), ("2023", 1)]


def load_with_another_code():
    """The 2023 edition, in which PI 7.1 is called 7.2."""

    def rename(content):
        indicator_row(content, "7.1")["code"] = "7.2"

    return load_changed(rename, "unct-swap-2023").framework


@pytest.fixture
def other_codes(monkeypatch):
    """A year on the 2018 edition, and one on an edition that has PI 7.2 instead of 7.1."""
    team = make_team()
    (before,) = make_years({2022: Rating.MEETS}, code="7.1", team=team)
    framework = load_with_another_code()
    monkeypatch.setattr("report.tests.years.load_edition", lambda _edition: framework)
    (now,) = make_years({2023: Rating.MEETS}, code="7.2", team=team)
    return before, now


def test_indicator_that_an_edition_does_not_have_says_so(other_codes):
    table = table_of(*other_codes)

    assert words(table, "7.1") == ["Meets", "not in this edition"]
    assert words(table, "7.2") == ["not in this edition", "Meets"]


def test_change_names_the_indicators_of_one_edition_only(other_codes):
    report = AssessmentReport.of(other_codes[1])

    assert change_of(report, "7.1").direction == Direction.ONLY_BEFORE
    assert change_of(report, "7.2").direction == Direction.ONLY_NOW


def test_nothing_rises_or_falls_from_one_edition_to_another():
    *_years, now = make_two_editions()

    change = AssessmentReport.of(now).change

    assert change_of(AssessmentReport.of(now), "2.2").direction == Direction.OTHER_EDITION
    assert change.edition_note.startswith("2022 was assessed with the edition of 2018.")


# Reading and printing


@pytest.mark.parametrize(
    ("count", "widths"), [(1, [1]), (8, [8]), (9, [5, 4]), (16, [8, 8]), (17, [6, 6, 5])]
)
def test_table_is_printed_in_parts_that_fit_a_page(count, widths):
    ends = make_years({2000: Rating.MEETS, 2000 + count - 1: Rating.EXCEEDS})
    table = table_of(*ends)

    parts = table.parts

    assert [len(part.columns) for part in parts] == widths
    assert [word for part in parts for word in words(part, "2.2")] == words(table, "2.2")
    assert sum(span.width for part in parts for span in part.editions) == count


def test_no_year_makes_an_empty_table():
    table = table_of()

    assert (table.columns, table.dimensions, table.parts) == ((), (), ())


def test_report_takes_years_up_to_its_own_and_none_after_it():
    first, second, third = make_years(LEVELS)

    years = AssessmentReport.of(second).change.years

    assert [column.year for column in years.columns] == [2019, 2020]


def test_rows_that_went_one_way_stand_together():
    first, second = make_years({2021: Rating.MEETS, 2022: Rating.EXCEEDS})
    make_rating(assessment=first, code="1.1", rating=Rating.MEETS, difference_reason="So.")
    make_rating(assessment=second, code="1.1", rating=Rating.MISSING)

    ways = {
        way: [row.code for row in rows]
        for way, rows in AssessmentReport.of(second).change.by_direction
    }

    assert ways[Direction.ROSE] == ["2.2"]
    assert ways[Direction.FELL] == ["1.1"]
    assert list(ways)[:2] == [Direction.ROSE, Direction.FELL]


def test_fall_without_a_reason_on_record_says_so():
    _first, second = make_years({2021: Rating.MEETS, 2022: Rating.MISSING})

    assert change_of(AssessmentReport.of(second), "2.2").why_it_fell == "No reason recorded"


def test_change_is_against_the_latest_of_the_earlier_years():
    first, second, third = make_years(LEVELS)
    ratings = list(third.indicator_ratings.to_compare())
    earlier = list(IndicatorRating.objects.filter(assessment__in=[first, second]).to_compare())

    assert ChangeChapter.of(ratings, earlier, {}).previous_year == 2020


# Bars


def test_bars_are_as_high_as_there_are_indicators():
    table = table_of(*make_years({2021: Rating.EXCEEDS, 2022: Rating.MISSING}))

    bars = YearBars.of(table)

    heights = [segment.height + 1 for segment in bars.segments]
    assert heights == [UNIT, 14 * UNIT, UNIT, 14 * UNIT]
    assert "2021: 1 of 15 PIs meet or exceed" in bars.title


def test_bars_mark_where_an_edition_begins():
    bars = YearBars.of(table_of(*make_two_editions()))

    assert len(bars.breaks) == 1
