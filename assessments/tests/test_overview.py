import pytest

from accounts.tests.factories import make_team
from assessments.overview import Cell, Overview, missing, previous_ratings
from assessments.tests.factories import make_assessment, make_rating, stored
from scorecard.rating import Rating
from scorecard.tests.factories import load_edition

pytestmark = pytest.mark.django_db


def make_cell(before, now):
    """A cell whose PI had the one rating last year and has the other now."""
    ratings = [
        make_rating(
            assessment=make_assessment(year=year), rating=rating, difference_reason="So agreed."
        )
        for year, rating in [(2021, before), (2022, now)]
    ]
    return Cell(previous=ratings[0], rating=ratings[1])


def test_scorecard_has_fifteen_cells_in_seven_bands_in_the_order_of_the_framework():
    bands = Overview.of(make_assessment()).bands
    assert [band.dimension.number for band in bands] == [1, 2, 3, 4, 5, 6, 7]
    codes = [[cell.rating.indicator.code for cell in band.cells] for band in bands]
    assert codes == [
        ["1.1", "1.2", "1.3"],
        ["2.1", "2.2", "2.3"],
        ["3.1", "3.2"],
        ["4.1", "4.2", "4.3"],
        ["5.1", "5.2"],
        ["6.1"],
        ["7.1"],
    ]


def test_overview_counts_levels_and_what_is_done():
    assessment = make_assessment()
    make_rating(assessment=assessment, code="2.2", met="bc", rating=Rating.MEETS, findings="Text.")
    make_rating(assessment=assessment, code="2.3", met="a", rating=Rating.APPROACHES)
    make_rating(assessment=assessment, code="1.1", is_reassessed=False)
    overview = Overview.of(assessment)
    assert (overview.tally.meeting, overview.tally.rated, overview.tally.not_rated) == (1, 2, 13)
    assert (overview.reassessed, overview.reassessed_complete) == (14, 1)


def test_previous_ratings_are_those_of_the_latest_earlier_assessment_of_the_team():
    team = make_team()
    for year, rating in [(2020, Rating.MISSING), (2021, Rating.MEETS), (2023, Rating.EXCEEDS)]:
        assessment = make_assessment(team=team, year=year)
        make_rating(assessment=assessment, rating=rating, difference_reason="So agreed.")
    previous = previous_ratings(make_assessment(team=team, year=2022))
    assert previous["2.2"].rating == Rating.MEETS
    assert len(previous) == 15


def test_first_assessment_has_no_previous_ratings():
    make_assessment(team=make_team(code="KGZ", country="Kyrgyzstan"), year=2021)
    assert previous_ratings(make_assessment(year=2022)) == {}


@pytest.mark.parametrize(
    ("before", "now", "levels", "words"),
    [
        (Rating.APPROACHES, Rating.MEETS, 1, "up from Approaches"),
        (Rating.EXCEEDS, Rating.MISSING, -3, "down from Exceeds"),
        (Rating.MEETS, Rating.MEETS, 0, "as before"),
        (None, Rating.MEETS, None, "as before"),
        (Rating.MEETS, None, None, "as before"),
    ],
)
def test_cell_tells_the_change_in_words(before, now, levels, words):
    cell = make_cell(before, now)
    assert cell.change == levels
    assert cell.change_words == words


def test_cell_without_a_year_before_has_no_change():
    assert Cell(previous=None, rating=make_rating()).change is None


# What is missing

NOT_RATED, NO_FINDINGS = "No agreed rating yet", "No findings yet"


@pytest.mark.parametrize(
    ("fields", "needs"),
    [
        ({}, [NOT_RATED, NO_FINDINGS, "4 criteria are undecided"]),
        ({"met": "abc", "findings": "Text."}, [NOT_RATED, "1 criterion is undecided"]),
        ({"met": "abcd", "findings": "Text."}, [NOT_RATED]),
        ({"met": "abcd", "rating": Rating.EXCEEDS}, [NO_FINDINGS]),
        ({"met": "abcd", "rating": Rating.EXCEEDS, "findings": "Text."}, []),
        ({"refused": "abcd", "rating": Rating.MISSING, "findings": "Text."}, []),
        (
            {"met": "abcd", "rating": Rating.MEETS, "findings": "x", "difference_reason": "So."},
            [],
        ),
        (
            {"met": "bc", "refused": "ad", "rating": Rating.EXCEEDS, "findings": "x",
             "difference_reason": "Generous."},
            ["Agreed Exceeds, the criteria give Meets"],
        ),
        ({"is_reassessed": False}, []),
        (
            {"is_reassessed": False, "rating": Rating.MEETS, "difference_reason": "As in 2019."},
            ["Agreed Meets, the criteria give Missing"],
        ),
    ],
)  # fmt: skip
def test_missing_names_what_a_pi_still_needs(fields, needs):
    assert missing(make_rating(code="2.2", **fields)) == needs


def test_a_finding_under_a_criterion_is_a_finding():
    rating = make_rating(met="a")
    rating.criterion_findings.update(finding="Text.")
    assert NO_FINDINGS not in missing(stored(rating))


def test_open_work_lists_the_pis_with_something_open_and_no_other():
    assessment = make_assessment()
    assessment.indicator_ratings.update(is_reassessed=False)
    make_rating(assessment=assessment, code="4.3", is_reassessed=True)
    (work,) = Overview.of(assessment).open_work
    assert work.rating.indicator.code == "4.3"
    assert work.needs == [NOT_RATED, NO_FINDINGS, "3 criteria are undecided"]


def test_ratings_of_two_editions_are_not_compared_and_the_break_is_told():
    before = make_rating(assessment=make_assessment(year=2021), code="2.2", rating=Rating.MISSING)
    assessment = make_assessment(
        team=before.assessment.team,
        framework=load_edition("unct-swap-2023"),
        kind="comprehensive",
        year=2022,
    )
    make_rating(assessment=assessment, code="2.2", rating=Rating.MISSING)
    cells = [cell for band in Overview.of(assessment).bands for cell in band.cells]
    (cell,) = (cell for cell in cells if cell.rating.indicator.code == "2.2")
    assert (cell.previous, cell.change, cell.earlier_edition) == (before, None, "2018")
