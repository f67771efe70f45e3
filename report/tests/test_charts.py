import pytest

from assessments.tests.factories import make_assessment, make_carried_rating, make_rating
from report.charts import Skyline
from report.contents import AssessmentReport
from scorecard.palette import colours, rating_colour
from scorecard.rating import Rating


def skyline_of(assessment):
    return Skyline.of(AssessmentReport.of(assessment).overview)


@pytest.mark.django_db
@pytest.mark.parametrize("rating", Rating)
def test_column_is_filled_as_high_as_the_mark(rating):
    made = make_rating(rating=rating, difference_reason="So.")

    filled = [
        block for block in skyline_of(made.assessment).blocks if block.fill != colours()["paper"]
    ]

    assert len(filled) == rating - 1
    assert {block.fill for block in filled} <= {rating_colour(rating)}


@pytest.mark.django_db
def test_columns_are_outlined_with_dashes_where_nothing_is_rated():
    assert all(block.is_dashed for block in skyline_of(make_assessment()).blocks)


@pytest.mark.django_db
def test_blocks_stand_side_by_side_inside_the_picture():
    chart = skyline_of(make_assessment())

    places = {(block.x, block.y) for block in chart.blocks}
    assert len(places) == len(chart.blocks) == 3 * 15
    for block in chart.blocks:
        assert 0 <= block.x <= chart.width - block.width
        assert 0 <= block.y <= chart.base.y - block.height


@pytest.mark.django_db
def test_picture_holds_codes_and_numbers_but_no_words():
    texts = [label.text for label in skyline_of(make_assessment()).labels]

    assert len(texts) == 15 + 7
    assert not any(character.isalpha() for text in texts for character in text)


@pytest.mark.django_db
def test_picture_of_no_ratings_is_empty():
    assessment = make_assessment()
    assessment.indicator_ratings.all().delete()

    assert skyline_of(assessment).blocks == ()


def test_colours_are_those_of_the_design_tokens():
    assert [rating_colour(level) for level in Rating] == [
        "#a3243b",
        "#965700",
        "#2c7a4b",
        "#0f5c8c",
    ]
    assert rating_colour(None) == colours()["ink-2"] == "#545f71"


@pytest.mark.django_db
def test_a_carried_rating_shows_the_year_in_which_it_was_assessed():
    agreed = {"rating": Rating.MEETS, "difference_reason": "So."}
    assessment = make_rating(code="2.1", **agreed).assessment
    make_carried_rating(
        assessment=assessment, origin=make_rating(assessment=make_assessment(year=2019), **agreed)
    )
    make_rating(assessment=assessment, code="3.1", is_reassessed=False, **agreed)

    chart = skyline_of(assessment)

    years = [label.text for label in chart.labels if label.is_small]
    assert years == ["2019", "?"]
    assert "2.1 Meets;" in chart.title
    assert "2.2 Meets (2019);" in chart.title
