"""Citing under a PI: adding, changing and removing, and who may when."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from accounts.models import Membership
from accounts.tests.factories import make_membership, make_team
from assessments.tests.factories import make_assessment, make_carried_rating, make_rating
from assessments.tests.pages import text_of
from evidence.models import Citation, Document
from evidence.models.document import DocumentQuerySet
from evidence.tests.factories import LINK, make_citation, make_document, make_link

pytestmark = pytest.mark.django_db
Role = Membership.Role
CLOSED = ["planning", "endorsement", "endorsed", "submitted", "accepted"]


@pytest.fixture
def rating():
    return make_rating(assessment=make_assessment(), code="2.2")


@pytest.fixture
def coordinator(rating, client):
    user = make_membership(team=rating.assessment.team, role=Role.COORDINATOR).user
    client.force_login(user)
    return user


def address_of(name, rating, *more):
    return reverse(f"evidence:{name}", args=[rating.assessment_id, rating.indicator.code, *more])


def addresses_under(rating, document, citation):
    """Every address at which something is done to what is cited under a PI."""
    return [
        address_of("indicator-upload", rating),
        address_of("indicator-link", rating),
        address_of("cite-list", rating),
        address_of("cite", rating, document.pk),
        reverse("evidence:citation-edit", args=[citation.pk]),
        reverse("evidence:citation-remove", args=[citation.pk]),
    ]


def category(rating, title="Other"):
    return rating.assessment.framework.evidence_categories.get(title=title).pk


# Citing what is there


def test_search_offers_documents_of_the_team_to_cite(client, rating, coordinator):
    team = rating.assessment.team
    plan, _report = make_document(team=team, title="Plan"), make_link(team=team, title="Report")
    make_link(team=make_team(code="KGZ"), title="Plan elsewhere")
    response = client.get(address_of("cite-list", rating), {"q": "plan"})
    assert address_of("cite", rating, plan.pk) in response.content.decode()
    assert "1 document " in text_of(response)
    assert "Report" not in text_of(response)
    assert "elsewhere" not in text_of(response)


def test_search_without_a_match_says_what_to_do(client, rating, coordinator):
    response = client.get(address_of("cite-list", rating), {"q": "nothing"})
    assert "No document found Search for fewer words, or upload" in text_of(response)


def test_a_document_is_cited_with_category_criterion_page_and_quote(client, rating, coordinator):
    document = make_document(team=rating.assessment.team)
    criterion = rating.indicator.criteria.get(key="b")
    response = client.post(
        address_of("cite", rating, document.pk),
        {
            "category": category(rating),
            "criterion": criterion.pk,
            "page": "12-14",
            "quote": "15 of 16.\r\n\x0bAll.",
        },
        follow=True,
    )
    assert "“Work plan 2022” is cited under PI 2.2." in text_of(response)
    citation = Citation.objects.get()
    assert (citation.document, citation.indicator_rating) == (document, rating)
    assert (citation.criterion, citation.page) == (criterion, "12-14")
    assert citation.quote == "15 of 16.\n\nAll."


def test_a_document_of_another_team_cannot_be_cited(client, rating, coordinator):
    other = make_link(team=make_team(code="KGZ"))
    address = address_of("cite", rating, other.pk)
    assert client.post(address, {"category": category(rating)}).status_code == 404


def test_category_of_another_edition_and_criterion_of_another_pi_are_refused(
    client, rating, coordinator
):
    document = make_document(team=rating.assessment.team)
    other = rating.assessment.indicator_ratings.get(indicator__code="1.1").indicator
    data = {"category": 10**6, "criterion": other.criteria.first().pk}
    response = client.post(address_of("cite", rating, document.pk), data)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"category", "criterion"}


def test_one_document_stands_under_a_pi_once_as_a_whole_and_once_for_each_criterion(rating):
    document = make_document(team=rating.assessment.team)
    for criterion in [None, "a", "b"]:
        make_citation(rating=rating, document=document, criterion=criterion)
    with pytest.raises(IntegrityError):
        make_citation(rating=rating, document=document, criterion="b")


@pytest.mark.parametrize(
    ("criterion", "sentence"),
    [
        (None, "This document is cited under this PI as a whole already."),
        ("b", "This document is cited for this criterion already."),
    ],
)
def test_the_same_citation_twice_is_refused_in_words(
    client, rating, coordinator, criterion, sentence
):
    citation = make_citation(rating=rating, criterion=criterion)
    data = {"category": category(rating), "criterion": citation.criterion_id or ""}
    response = client.post(address_of("cite", rating, citation.document_id), data)
    assert response.status_code == 422
    assert sentence in text_of(response)


def test_the_same_citation_by_two_at_once_is_refused_in_words(
    client, rating, coordinator, monkeypatch
):
    citation = make_citation(rating=rating)
    monkeypatch.setattr(Citation, "validate_constraints", lambda self, **kwargs: None)
    response = client.post(
        address_of("cite", rating, citation.document_id), {"category": category(rating)}
    )
    assert response.status_code == 422
    assert "“Work plan 2022” is cited there already." in text_of(response)


# Links


def test_a_link_is_kept_and_cited_at_once(client, rating, coordinator):
    data = {
        "link": LINK, "title": "Gender page", "confidentiality": "team",
        "category": category(rating),
    }  # fmt: skip
    response = client.post(address_of("indicator-link", rating), data)
    assert "Stored and cited under PI 2.2" in text_of(response)
    citation = Citation.objects.select_related("document").get()
    assert (citation.document.link, citation.document.title) == (LINK, "Gender page")


def test_a_link_that_is_held_already_is_offered(client, rating, coordinator):
    document = make_link(team=rating.assessment.team)
    data = {"link": LINK, "title": "Other", "confidentiality": "team"}
    address = reverse("evidence:link", args=[rating.assessment.team.code])
    response = client.post(address, data)
    assert f"“{LINK}” is in the library already, as “Gender page”." in text_of(response)
    assert Document.objects.get() == document


@pytest.fixture
def link_of_another(rating, monkeypatch):
    """A link of the team whose row was not there yet when it was looked for first."""
    document = make_link(team=rating.assessment.team)
    linking_to = DocumentQuerySet.linking_to
    answers = [Document.objects.none()]
    monkeypatch.setattr(
        DocumentQuerySet,
        "linking_to",
        lambda *args, **kwargs: answers.pop() if answers else linking_to(*args, **kwargs),
    )
    return document


def test_the_same_link_by_two_at_once_is_kept_once(client, rating, coordinator, link_of_another):
    data = {"link": LINK, "title": "Other", "confidentiality": "team"}
    response = client.post(reverse("evidence:link", args=[rating.assessment.team.code]), data)
    assert f"“{LINK}” is in the library already, as “Gender page”." in text_of(response)
    assert Document.objects.get() == link_of_another


def test_a_document_that_gives_way_to_a_link_of_another_at_once_stays(
    client, rating, coordinator, link_of_another
):
    document = make_document(team=rating.assessment.team)
    response = client.post(reverse("evidence:replace", args=[document.pk]), {"link": LINK})
    assert f"“{LINK}” is in the library already, as “Gender page”." in text_of(response)
    assert Document.objects.get(pk=document.pk).version == 1


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("javascript:alert(1)", "This is no address of a web page"),
        ("ftp://un.org/x", "This is no address of a web page"),
        ("data:text/html,x", "This is no address of a web page"),
        ("file:///etc/passwd", "This is no address of a web page"),
        ("two words", "This is no address of a web page"),
        ("https://me:secret@un.org/", "The link contains a user name or a password"),
        ("https://me@un.org/", "The link contains a user name or a password"),
        ("https://un.org/" + "x" * 500, "at most 500 characters"),
        ("", "This field is required."),
    ],
)
def test_a_link_leads_to_a_web_page_and_carries_no_password(
    client, rating, coordinator, link, sentence
):
    data = {"link": link, "title": "x", "confidentiality": "team"}
    address = reverse("evidence:link", args=[rating.assessment.team.code])
    response = client.post(address, data)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert Document.objects.count() == 0


def test_a_link_without_its_scheme_is_completed(client, rating, coordinator):
    data = {"link": "www.un.org/gender", "title": "x", "confidentiality": "team"}
    client.post(reverse("evidence:link", args=[rating.assessment.team.code]), data)
    assert Document.objects.get().link == LINK


# Changing and removing


def test_a_citation_can_be_changed(client, rating, coordinator):
    citation = make_citation(rating=rating)
    address = reverse("evidence:citation-edit", args=[citation.pk])
    assert "Save the citation" in text_of(client.get(address))
    new = category(rating, "Communication/Advocacy")
    client.post(address, {"category": new, "page": "7"})
    citation.refresh_from_db()
    assert (citation.category_id, citation.page, citation.criterion) == (new, "7", None)


def test_removing_a_citation_asks_first_and_keeps_the_document(client, rating, coordinator):
    citation = make_citation(rating=rating)
    address = reverse("evidence:citation-remove", args=[citation.pk])
    assert "will no longer stand under PI 2.2. The document itself stays" in text_of(
        client.get(address)
    )
    assert Citation.objects.exists()
    assert client.post(address).url == rating.get_absolute_url()
    assert not Citation.objects.exists()
    assert Document.objects.exists()


# Who may, and when


def cite(client, rating, document):
    return client.post(
        address_of("cite", rating, document.pk),
        {"category": category(rating, "Communication/Advocacy")},
    )


@pytest.mark.parametrize("state", ["scoring", "consolidation"])
def test_a_member_cites_under_the_pis_assigned_to_them(client, state):
    assessment = make_assessment(state=state)
    membership = make_membership(team=assessment.team)
    mine = make_rating(assessment=assessment, code="2.2", assigned=[membership])
    other = make_rating(assessment=assessment, code="2.1")
    document = make_document(team=assessment.team)
    client.force_login(membership.user)
    assert cite(client, mine, document).status_code == 302
    assert cite(client, other, document).status_code == 403
    assert [row.indicator_rating for row in Citation.objects.all()] == [mine]


@pytest.mark.parametrize(
    "role", [Role.MEMBER, Role.OBSERVER, Role.HEAD_OF_AGENCY, Role.RESIDENT_COORDINATOR]
)
def test_who_may_not_cite_there_is_refused_everywhere(client, rating, role):
    citation = make_citation(rating=rating)
    client.force_login(make_membership(team=rating.assessment.team, role=role).user)
    for address in addresses_under(rating, citation.document, citation):
        assert client.get(address).status_code == 403
        assert client.post(address).status_code in (403, 405)
    assert Citation.objects.get() == citation


@pytest.mark.parametrize("state", CLOSED)
def test_in_a_closed_state_nothing_is_cited_changed_or_removed(client, coordinator, rating, state):
    citation = make_citation(rating=rating)
    rating.assessment.state = state
    rating.assessment.save()
    for address in addresses_under(rating, citation.document, citation):
        assert client.get(address).status_code == 409
        assert client.post(address).status_code in (409, 405)
    assert Citation.objects.get() == citation


def test_what_another_team_cites_does_not_exist(client, rating):
    citation = make_citation(rating=rating)
    other = make_membership(team=make_team(code="KGZ"), role=Role.COORDINATOR).user
    client.force_login(other)
    for address in addresses_under(rating, citation.document, citation):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code in (404, 405)


def test_under_a_carried_pi_nothing_is_cited(client):
    rating = make_carried_rating()
    user = make_membership(team=rating.assessment.team, role=Role.COORDINATOR).user
    client.force_login(user)
    response = client.get(address_of("indicator-upload", rating))
    assert response.status_code == 409
    assert "PI 2.2 is carried over from 2021 and not reassessed this year." in text_of(response)


def test_workspace_offers_adding_and_editing_to_those_who_may(client, rating, coordinator):
    citation = make_citation(rating=rating, criterion="b", page="12")
    text = text_of(client.get(rating.get_absolute_url()))
    assert "Work plan 2022 Other criterion (b) page 12 Edit" in text
    assert "Add evidence" in text
    client.force_login(make_membership(team=rating.assessment.team, role=Role.OBSERVER).user)
    text = text_of(client.get(rating.get_absolute_url()))
    assert str(citation.document) in text
    assert "Add evidence" not in text
