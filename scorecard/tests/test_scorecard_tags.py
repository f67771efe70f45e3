from fractions import Fraction

import pytest
from django.template import Context, Template

from scorecard.rating import Rating


def render(source, **context):
    return Template("{% load scorecard_tags %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("rating", "word", "filled"),
    [
        (Rating.MISSING, "Missing", 0),
        (Rating.APPROACHES, "Approaches", 1),
        (Rating.MEETS, "Meets", 2),
        (Rating.EXCEEDS, "Exceeds", 3),
        (3, "Meets", 2),
    ],
)
def test_a_rating_is_shown_by_word_class_and_bars(rating, word, filled):
    mark = render("{% rating_mark rating %}", rating=rating)
    assert f'class="rating-mark rating-{int(rating)} rating-mark-m"' in mark
    assert f"</svg>{word}</span>" in mark
    assert mark.count('fill="currentColor"') == filled
    assert mark.count('fill="none"') == 3 - filled


def test_no_rating_is_shown_as_not_rated():
    mark = render("{% rating_mark rating 's' %}", rating=None)
    assert 'class="rating-mark rating-none rating-mark-s"' in mark
    assert "Not rated" in mark


def test_a_rating_outside_the_scale_is_not_drawn():
    with pytest.raises(KeyError):
        render("{% rating_mark rating %}", rating=7)


@pytest.mark.parametrize(
    ("share", "text"), [(Fraction(38, 78), "48.7 %"), (Fraction(0), "0.0 %"), (None, "–")]
)
def test_a_share_is_shown_in_per_cent_and_none_as_a_dash(share, text):
    assert render("{{ share|percent }}", share=share) == text
