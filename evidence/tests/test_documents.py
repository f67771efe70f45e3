"""One document: its page, its changes, its versions, its end."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from accounts.access import WrongState
from accounts.models import Membership
from accounts.tests.factories import make_membership, make_team, make_user
from assessments.models import Assessment
from assessments.tests.factories import make_assessment, make_rating
from assessments.tests.pages import form_on, text_of
from evidence.describing import describe, version_of
from evidence.models import Document, EarlierVersion
from evidence.tests.factories import CONTENT, LINK, make_citation, make_document, make_link, upload
from evidence.tests.files import pdf

pytestmark = pytest.mark.django_db
FROZEN = ["endorsement", "endorsed", "submitted", "accepted"]


@pytest.fixture
def document():
    return make_document()


@pytest.fixture
def member(document, client):
    user = make_membership(team=document.team).user
    client.force_login(user)
    return user


def post(client, name, document, **data):
    return client.post(reverse(f"evidence:{name}", args=[document.pk]), data)


def opened(client, document):
    """What the form of the document would send as it was opened."""
    return form_on(client.get(reverse("evidence:edit", args=[document.pk])), "document-form")


def files(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def replace(client, document, name="newer.pdf", content=None, **data):
    return post(client, "replace", document, file=upload(name, content or pdf("newer")), **data)


# What a row may hold


@pytest.mark.parametrize(
    "fields",
    [
        {"link": LINK},
        {"file": ""},
        {"original_name": ""},
        {"extension": ""},
        {"content_type": ""},
        {"sha256": ""},
        {"size": None},
    ],
    ids=str,
)
def test_a_file_has_all_its_facts_and_no_link(document, fields):
    for name, value in fields.items():
        setattr(document, name, value)
    with pytest.raises(IntegrityError):
        document.save()


@pytest.mark.parametrize(
    "fields",
    [
        {"link": ""},
        {"original_name": "x"},
        {"extension": "pdf"},
        {"content_type": "x"},
        {"sha256": "x"},
        {"size": 0},
    ],
    ids=str,
)
def test_a_link_has_nothing_of_a_file(fields):
    document = make_link()
    for name, value in fields.items():
        setattr(document, name, value)
    with pytest.raises(IntegrityError):
        document.save()


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://un.org/", "un.org"])
def test_a_link_leads_to_a_web_page(link):
    with pytest.raises(IntegrityError):
        make_link(link=link)


def test_a_period_is_in_order_where_both_ends_are_given():
    make_link(period_from="2022-01-01", period_to="2022-01-01")
    with pytest.raises(IntegrityError):
        make_link(team=make_team(code="KGZ"), period_from="2022-01-02", period_to="2022-01-01")


@pytest.mark.parametrize("fields", [{"title": ""}, {"confidentiality": "secret"}], ids=str)
def test_title_and_confidentiality_are_always_there(fields):
    with pytest.raises(IntegrityError):
        make_link(**fields)


def test_a_link_is_held_once_in_a_team():
    document = make_link()
    with pytest.raises(ValidationError, match="This team holds the same link already"):
        Document(team=document.team, title="x", link=LINK, uploaded_by=make_user()).full_clean()


# The page


def test_page_shows_facts_and_where_the_document_is_cited(client, document, member):
    rating = make_rating(assessment=make_assessment(team=document.team), code="2.2")
    make_citation(
        rating=rating, document=document, criterion="b", page="12-14", quote="15 of 16 are."
    )
    text = text_of(client.get(document.get_absolute_url()))
    assert document.sha256 in text
    assert "2.2 Communication & Advocacy 2022 Other (b) 12-14 15 of 16 are." in text


def test_page_of_a_link_opens_it_and_tells_it_nothing(client):
    document = make_link()
    client.force_login(make_membership(team=document.team).user)
    page = client.get(document.get_absolute_url()).content.decode()
    assert f'<a class="btn btn-primary" href="{LINK}" rel="external noopener noreferrer">' in page


def test_page_of_another_teams_document_does_not_exist(client, document, member):
    other = make_link(team=make_team(code="KGZ"))
    for name in ["document", "edit", "replace", "delete", "download"]:
        address = reverse(f"evidence:{name}", args=[other.pk])
        assert client.get(address).status_code == 404
        assert client.post(address).status_code in (404, 405)


# Editing


def test_title_and_period_can_be_changed(client, document, member):
    form = opened(client, document)
    changes = {"title": " Plan\u202e of\n work ", "period_from": "2022-01-01"}
    response = post(client, "edit", document, **form | changes)
    assert response.url == document.get_absolute_url()
    document.refresh_from_db()
    assert document.title == "Plan of work"
    assert (str(document.period_from), document.period_to) == ("2022-01-01", None)


def test_a_wrong_edit_is_told_and_changes_nothing(client, document, member):
    response = post(
        client, "edit", document, title="", period_from="2022-01-02", period_to="2022-01-01",
        confidentiality="team",
    )  # fmt: skip
    assert response.status_code == 422
    document.refresh_from_db()
    assert document.title == "Work plan 2022"


def test_a_form_opened_earlier_keeps_what_was_saved_since(client, document, member):
    mine, theirs = opened(client, document), opened(client, document)
    post(client, "edit", document, **theirs | {"title": "Theirs", "period_to": "2022-12-31"})
    response = post(client, "edit", document, **mine | {"period_from": "2022-01-01"})
    assert response.url == document.get_absolute_url()
    document.refresh_from_db()
    period = [str(day) for day in document.period]
    assert (document.title, period) == ("Theirs", ["2022-01-01", "2022-12-31"])


def test_of_two_titles_the_second_person_sees_both_and_nothing_is_stored(client, document, member):
    mine, theirs = opened(client, document), opened(client, document)
    post(client, "edit", document, **theirs | {"title": "Theirs"})
    page = post(client, "edit", document, **mine | {"title": "Mine", "period_to": "2022-12-31"})
    assert page.status_code == 409
    assert "Title Stored now Theirs Yours, not stored yet Mine" in text_of(page)
    document.refresh_from_db()
    assert (document.title, document.period_to) == ("Theirs", None)
    again = form_on(page, "document-form")
    assert (again["title"], again["period_to"]) == ("Mine", "2022-12-31")
    assert post(client, "edit", document, **again).status_code == 302
    document.refresh_from_db()
    assert document.title == "Mine"


def test_a_period_that_two_people_put_out_of_order_is_said_and_not_stored(client, document, member):
    mine, theirs = opened(client, document), opened(client, document)
    post(client, "edit", document, **theirs | {"period_from": "2022-06-01"})
    page = post(client, "edit", document, **mine | {"period_to": "2022-05-01"})
    assert page.status_code == 409
    assert "The period covered ends before it begins" in text_of(page)
    document.refresh_from_db()
    assert document.period_to is None


def test_an_edit_that_comes_after_the_report_was_endorsed_writes_nothing(document, member):
    version = version_of(document)
    assessment = make_assessment(team=document.team)
    make_citation(rating=make_rating(assessment=assessment, code="2.2"), document=document)
    Assessment.objects.update(state="endorsed")
    with pytest.raises(WrongState, match="is cited in the assessment of 2022"):
        describe(document, {"title": "Mine"}, version=version, by=member)
    document.refresh_from_db()
    assert document.title == "Work plan 2022"


# Newer versions


def test_a_newer_version_keeps_citations_and_the_older_file(client, document, member):
    rating = make_rating(assessment=make_assessment(team=document.team))
    citation = make_citation(rating=rating, document=document)
    before = document.file.name
    assert replace(client, document).url == document.get_absolute_url()
    document.refresh_from_db()
    citation.refresh_from_db()
    assert citation.document == document
    assert (document.version, document.original_name) == (2, "newer.pdf")
    assert document.title == "Work plan 2022"
    assert (document.uploaded_by, document.file.read()) == (member, pdf("newer"))
    (earlier,) = document.earlier_versions.all()
    assert (earlier.version, earlier.file.name) == (1, before)
    address = reverse("evidence:version-download", args=[document.pk, 1])
    assert b"".join(client.get(address).streaming_content) == CONTENT
    assert "Earlier versions" in text_of(client.get(document.get_absolute_url()))


def test_a_file_can_give_way_to_a_link_and_a_link_to_a_file(client, document, member):
    post(client, "replace", document, link=LINK)
    document.refresh_from_db()
    assert (document.link, document.file.name, document.size) == (LINK, "", None)
    replace(client, document)
    document.refresh_from_db()
    assert (document.link, document.extension, document.version) == ("", "pdf", 3)
    versions = document.earlier_versions.order_by("version")
    assert [(row.version, row.type_name) for row in versions] == [(1, "PDF"), (2, "link")]
    assert LINK in text_of(client.get(document.get_absolute_url()))
    address = reverse("evidence:version-download", args=[document.pk, 2])
    assert client.get(address).url == document.get_absolute_url()


@pytest.mark.parametrize("data", [{}, {"link": LINK, "file": None}], ids=["neither", "both"])
def test_a_newer_version_is_a_file_or_a_link(client, document, member, data):
    if "file" in data:
        data = data | {"file": upload()}
    response = post(client, "replace", document, **data)
    assert response.status_code == 422
    assert "Choose a file or give an address, one of the two." in text_of(response)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("old.doc", pdf(), "“old.doc” is really a PDF"),
        ("empty.pdf", b"", "“empty.pdf” is empty"),
        ("same.pdf", CONTENT + b"\n%%EOF", "in the library already, as “Work plan 2022”."),
    ],
)
def test_a_newer_version_is_checked_like_any_upload(
    client, member, document, settings, name, content, sentence
):
    if name == "same.pdf":
        replace(client, document, content=content)
    before = files(settings)
    response = post(client, "replace", document, file=upload(name, content))
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert files(settings) == before


def test_bytes_of_an_earlier_version_are_known(client, document, member):
    first = pdf("first")
    replace(client, document, content=first)
    replace(client, document)
    address = reverse("evidence:upload", args=[document.team.code])
    response = client.post(address, {"files": [upload("x.pdf", first)], "confidentiality": "team"})
    assert "is in the library already, as “Work plan 2022”." in text_of(response)


def test_an_earlier_version_that_never_was_does_not_exist(client, document, member):
    address = reverse("evidence:version-download", args=[document.pk, 1])
    assert client.get(address).status_code == 404


def test_a_newer_version_whose_row_fails_leaves_no_file(
    client, document, member, settings, monkeypatch
):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(EarlierVersion, "save", fail)
    before = files(settings)
    with pytest.raises(RuntimeError):
        replace(client, document)
    assert files(settings) == before


# Deleting


def test_a_document_that_nothing_cites_is_deleted_with_all_its_files(
    client, document, member, settings
):
    replace(client, document)
    assert len(files(settings)) == 2
    address = reverse("evidence:delete", args=[document.pk])
    assert "“Work plan 2022” and all its versions will be deleted" in text_of(client.get(address))
    assert Document.objects.exists()
    assert client.post(address).url == reverse("evidence:library", args=["KAZ"])
    assert not Document.objects.exists()
    assert files(settings) == []


def test_a_cited_document_is_not_deleted(client, document, member, settings):
    make_citation(
        rating=make_rating(assessment=make_assessment(team=document.team)), document=document
    )
    page = client.get(document.get_absolute_url())
    assert reverse("evidence:delete", args=[document.pk]) not in page.content.decode()
    response = client.post(reverse("evidence:delete", args=[document.pk]), follow=True)
    assert "“Work plan 2022” is cited. Remove its citations first" in text_of(response)
    assert len(files(settings)) == 1


# What was endorsed


@pytest.mark.parametrize("state", FROZEN)
@pytest.mark.parametrize("name", ["edit", "replace", "delete"])
def test_what_an_endorsed_report_cites_does_not_change(client, document, member, state, name):
    assessment = make_assessment(team=document.team, state=state, year=2021)
    make_citation(rating=make_rating(assessment=assessment), document=document)
    make_citation(
        rating=make_rating(assessment=make_assessment(team=document.team)), document=document
    )
    address = reverse(f"evidence:{name}", args=[document.pk])
    for response in [client.get(address), client.post(address, {"title": "x"})]:
        assert response.status_code == 409
        assert "“Work plan 2022” is cited in the assessment of 2021" in text_of(response)
    page = client.get(document.get_absolute_url()).content.decode()
    assert address not in page


def test_new_documents_can_be_added_whatever_the_state(client, document, member):
    make_assessment(team=document.team, state="accepted")
    address = reverse("evidence:upload", args=[document.team.code])
    data = {"files": [upload("new.pdf", pdf("new"))], "confidentiality": "team"}
    assert client.post(address, data).status_code == 200


@pytest.mark.parametrize(
    "role",
    [
        Membership.Role.OBSERVER,
        Membership.Role.HEAD_OF_AGENCY,
        Membership.Role.RESIDENT_COORDINATOR,
    ],
)
def test_who_only_reads_sees_the_page_and_changes_nothing(client, document, role):
    client.force_login(make_membership(team=document.team, role=role).user)
    page = client.get(document.get_absolute_url())
    assert page.status_code == 200
    for name in ["edit", "replace", "delete"]:
        address = reverse(f"evidence:{name}", args=[document.pk])
        assert address not in page.content.decode()
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403
    for name in ["upload", "link"]:
        address = reverse(f"evidence:{name}", args=[document.team.code])
        assert client.get(address).status_code == 403
        assert client.post(address, {"files": [upload()]}).status_code == 403
    assert Document.objects.count() == 1
