import pytest
from django.template import Context, Template

from assessments.tests.factories import make_carried_rating, make_rating
from evidence.tests.factories import make_citation, make_document

pytestmark = pytest.mark.django_db


def shown(rating):
    template = Template("{% load evidence_tags %}{% citations_of rating %}")
    return template.render(Context({"rating": rating}))


def test_citations_are_counted_and_linked_with_their_category():
    rating = make_rating()
    citation = make_citation(rating=rating, category="Communication/Advocacy")
    text = shown(rating)
    assert "Evidence (1)" in text
    assert f'href="{citation.document.get_absolute_url()}"' in text
    assert "Work plan 2022" in text
    assert "Communication/Advocacy" in text


def test_without_documents_it_says_so():
    text = shown(make_rating())
    assert "Evidence (0)" in text
    assert "No document is cited here yet." in text


def test_carried_rating_shows_the_documents_of_its_origin():
    carried = make_carried_rating()
    make_citation(rating=carried.origin)
    assert "Work plan 2022" in shown(carried)


def test_title_is_escaped():
    rating = make_rating()
    document = make_document(team=rating.assessment.team, title="<script>alert(1)</script>")
    make_citation(rating=rating, document=document)
    text = shown(rating)
    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_tag_takes_one_query_whatever_the_number_of_documents(django_assert_num_queries):
    rating = make_rating()
    for number in range(5):
        content = b"%%PDF-1.7 %d" % number
        make_citation(
            rating=rating, document=make_document(team=rating.assessment.team, content=content)
        )
    with django_assert_num_queries(1):
        shown(rating)
