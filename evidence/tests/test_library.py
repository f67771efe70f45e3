"""The library page of a team: what it lists, finds and counts, and what it costs."""

import pytest
from django.urls import reverse

from accounts.models import Membership
from accounts.tests.factories import make_membership, make_team, make_user
from assessments.tests.factories import make_assessment, make_rating
from assessments.tests.pages import text_of
from evidence.models import Citation, Document
from evidence.tests.factories import make_citation, make_document, make_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment():
    return make_assessment()


@pytest.fixture
def team(assessment, client):
    team = assessment.team
    client.force_login(make_membership(team=team).user)
    return team


def page_of(client, team, **query):
    return client.get(reverse("evidence:library", args=[team.code]), query)


def titles(client, team, **query):
    return [document.title for document in page_of(client, team, **query).context["page"]]


def make_documents(team, *names, **fields):
    return [
        make_document(team=team, title=name, content=f"%PDF-1.7 {name}".encode(), **fields)
        for name in names
    ]


def test_library_lists_the_documents_of_the_team_by_title_and_no_others(client, team):
    make_documents(team, "Beta", "Alpha")
    make_documents(make_team(code="KGZ", country="Kyrgyzstan"), "Gamma")
    assert titles(client, team) == ["Alpha", "Beta"]


def test_a_row_says_what_a_document_is_and_where_it_is_cited(client, team, assessment):
    (document,) = make_documents(
        team, "Plan", period_from="2022-01-01", period_to="2022-12-31", confidentiality="shared"
    )
    for code in ["2.2", "2.1"]:
        make_citation(rating=make_rating(assessment=assessment, code=code), document=document)
    text = text_of(page_of(client, team))
    assert "Plan PDF 13 bytes 1 Jan 2022 – 31 Dec 2022 Shared to the knowledge hub" in text
    assert "2022: 2.1 , 2.2" in text
    assert str(document.uploaded_by) in text


def test_a_pi_is_named_once_however_many_criteria_cite_the_document(client, team, assessment):
    rating = make_rating(assessment=assessment, code="2.2")
    (document,) = make_documents(team, "Plan")
    for criterion in [None, "a", "b"]:
        make_citation(rating=rating, document=document, criterion=criterion)
    assert document.uses == [(2022, [rating])]


def test_uses_stand_newest_year_first(client, team, assessment):
    (document,) = make_documents(team, "Plan")
    for year in [2021, 2023]:
        other = make_assessment(team=team, year=year)
        make_citation(rating=make_rating(assessment=other, code="1.1"), document=document)
    assert [year for year, _ratings in document.uses] == [2023, 2021]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("plan", ["Joint plan 2022", "Plan of work"]),
        ("PLAN joint", ["Joint plan 2022"]),
        ("minutes.pdf", ["Joint plan 2022"]),
        ("un.org", ["Gender page"]),
        ("nothing", []),
        ("%", []),
    ],
)
def test_search_finds_every_word_in_title_file_name_or_link(client, team, words, found):
    make_documents(team, "Joint plan 2022", original_name="Minutes.pdf")
    make_documents(team, "Plan of work")
    make_link(team=team)
    assert titles(client, team, q=words) == found


def test_filters_narrow_down_by_where_a_document_is_cited(client, team, assessment):
    plan, report, _note = make_documents(team, "Plan", "Report", "Note")
    later = make_assessment(team=team, year=2023)
    at = {
        (year, code): make_rating(assessment=of, code=code)
        for year, of in [(2022, assessment), (2023, later)]
        for code in ["2.1", "2.2"]
    }
    make_citation(rating=at[2022, "2.1"], document=plan, category="Joint Program documents")
    make_citation(rating=at[2023, "2.2"], document=plan)
    make_citation(rating=at[2022, "2.2"], document=report)
    assert titles(client, team, indicator="2.2") == ["Plan", "Report"]
    assert titles(client, team, year="2023") == ["Plan"]
    assert titles(client, team, category="Other", indicator="2.2", year="2022") == ["Report"]
    assert titles(client, team, indicator="2.1", year="2023") == []
    assert titles(client, team, cited="no") == ["Note"]


def test_filter_by_confidentiality(client, team):
    make_documents(team, "Open", confidentiality="shared")
    make_documents(team, "Closed")
    assert titles(client, team, confidentiality="shared") == ["Open"]


def test_a_filter_that_does_not_exist_asks_for_nothing(client, team):
    make_documents(team, "Plan")
    assert titles(client, team, indicator="9.9", year="x", q="a\0b") == ["Plan"]


def test_count_is_said_in_words(client, team):
    make_documents(team, "Plan")
    assert "1 document " in text_of(page_of(client, team))
    make_documents(team, "Report")
    assert "2 documents " in text_of(page_of(client, team))
    assert "1 of 2 documents match " in text_of(page_of(client, team, q="report"))


def test_an_empty_library_says_what_to_do_first(client, team):
    text = text_of(page_of(client, team))
    assert "No documents yet Upload the first files" in text
    assert "Upload files" in text


def test_a_search_without_a_match_offers_the_way_back(client, team):
    make_documents(team, "Plan")
    assert "No document matches Clear the search" in text_of(page_of(client, team, q="x"))


def test_fifty_documents_make_a_page(client, team):
    make_documents(team, *[f"Plan {number:03}" for number in range(51)])
    assert len(titles(client, team)) == 50
    assert titles(client, team, page=2) == ["Plan 050"]
    assert titles(client, team, page="x")[0] == "Plan 000"
    page = page_of(client, team, q="plan").content.decode()
    assert "Page 1 of 2" in page
    assert "?q=plan&amp;page=2" in page


def test_who_may_only_read_is_offered_no_upload(client, assessment):
    user = make_membership(team=assessment.team, role=Membership.Role.OBSERVER).user
    client.force_login(user)
    text = text_of(page_of(client, assessment.team))
    assert "Upload files" not in text
    assert "Members of the assessment team and the coordinator add documents here." in text


def test_library_of_another_team_does_not_exist(client, team):
    other = make_team(code="KGZ", country="Kyrgyzstan")
    assert page_of(client, other).status_code == 404


def test_titles_are_escaped(client, team):
    make_documents(team, "<script>alert(1)</script>")
    assert "<script>alert" not in page_of(client, team).content.decode()


def test_library_takes_as_many_queries_for_300_documents_as_for_one(
    client, team, assessment, django_assert_max_num_queries
):
    user = make_user()
    ratings = list(assessment.indicator_ratings.all())
    category = assessment.framework.evidence_categories.first()
    for _member in range(40):
        make_membership(team=team)
    documents = Document.objects.bulk_create(
        Document(team=team, title=f"D {number}", link=f"https://un.org/{number}", uploaded_by=user)
        for number in range(300)
    )
    Citation.objects.bulk_create(
        Citation(document=document, indicator_rating=rating, category=category)
        for document in documents
        for rating in ratings[:3]
    )
    with django_assert_max_num_queries(11):
        page_of(client, team)
    with django_assert_max_num_queries(11):
        page_of(client, team, q="D", indicator="1.1", year="2022")
    with django_assert_max_num_queries(11):
        client.get(documents[0].get_absolute_url())
    address = reverse("evidence:cite-list", args=[assessment.pk, "1.1"])
    client.force_login(make_membership(team=team, role=Membership.Role.COORDINATOR).user)
    with django_assert_max_num_queries(11):
        client.get(address)
