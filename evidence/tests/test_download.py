import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse

from accounts.models import AuditEntry, Membership
from accounts.tests.factories import make_membership, make_team, make_user
from evidence.tests.factories import make_document, make_link

pytestmark = pytest.mark.django_db


def address_of(document):
    return reverse("evidence:download", args=[document.pk])


def download(client, document, *, user=None):
    if user:
        client.force_login(user)
    return client.get(address_of(document))


def make_member(document, role=Membership.Role.MEMBER):
    return make_membership(team=document.team, role=role).user


@pytest.mark.parametrize("role", Membership.Role)
def test_every_role_of_the_team_downloads_the_bytes_that_were_uploaded(client, role):
    document = make_document()
    response = download(client, document, user=make_member(document, role))
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b"%PDF-1.7 a work plan"


def test_download_is_an_attachment_under_the_name_it_was_uploaded_with(client):
    document = make_document(original_name="Work plan.pdf")
    response = download(client, document, user=make_member(document))
    assert response["Content-Disposition"] == 'attachment; filename="Work plan.pdf"'
    assert response["Content-Type"] == "application/pdf"


def test_a_file_that_calls_itself_a_page_is_an_attachment_too(client):
    document = make_document(
        content=b"<script>alert(1)</script>", original_name="x.html", content_type="text/html"
    )
    response = download(client, document, user=make_member(document))
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name", ["План работы.pdf", 'a"b.pdf', "a;b\\c.pdf", "خطة.pdf", "line\r\nX-Injected: 1.pdf"]
)
def test_no_name_breaks_out_of_its_header(client, name):
    document = make_document(original_name="plan.pdf")
    document.original_name = name
    document.save()
    response = download(client, document, user=make_member(document))
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert "X-Injected" not in response


def test_download_is_kept_by_nobody_on_the_way(client):
    document = make_document()
    response = download(client, document, user=make_member(document))
    assert response["Cache-Control"] == "private, no-store"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"


def test_download_can_run_nothing_even_where_a_browser_would_show_it(client):
    document = make_document()
    response = download(client, document, user=make_member(document))
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_download_is_streamed(client):
    document = make_document()
    assert download(client, document, user=make_member(document)).streaming


def test_download_of_a_link_leads_to_the_page_that_shows_the_link(client):
    document = make_link()
    response = download(client, document, user=make_member(document))
    assert (response.status_code, response.url) == (302, document.get_absolute_url())


def test_file_that_is_gone_from_the_store_is_not_found(client):
    document = make_document()
    document.file.storage.delete(document.file.name)
    assert download(client, document, user=make_member(document)).status_code == 404


def test_document_of_another_team_does_not_exist(client):
    document = make_document()
    other = make_team(code="KGZ", country="Kyrgyzstan")
    coordinator = make_membership(team=other, role=Membership.Role.COORDINATOR).user
    assert download(client, document, user=coordinator).status_code == 404


def test_without_a_team_no_document_exists(client):
    assert download(client, make_document(), user=make_user()).status_code == 404


def test_document_that_was_never_there_does_not_exist(client):
    client.force_login(make_user())
    assert client.get(reverse("evidence:download", args=[1])).status_code == 404
    assert client.get(reverse("evidence:download", args=[10**30])).status_code == 404


def test_stranger_is_sent_to_the_sign_in_page(client):
    document = make_document()
    response = download(client, document)
    assert response.status_code == 302
    assert response.url == f"{resolve_url(settings.LOGIN_URL)}?next={address_of(document)}"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_download_changes_nothing_and_takes_nothing(client, method):
    document = make_document()
    client.force_login(make_member(document))
    assert getattr(client, method)(address_of(document)).status_code == 405


def test_uploads_have_no_address_but_the_checked_one(client):
    document = make_document()
    client.force_login(make_member(document))
    for address in [f"/{document.file.name}", f"/media/{document.file.name}"]:
        assert client.get(address).status_code == 404


def test_who_downloads_is_in_the_log_of_the_team(client):
    document = make_document(original_name="plan.pdf")
    person = make_member(document)
    download(client, document, user=person)
    entry = AuditEntry.objects.get(team=document.team)
    assert str(entry) == f"{person.name} (UNDP) downloaded “Work plan 2022”: plan.pdf"


def test_whoever_may_not_download_leaves_no_entry(client):
    document = make_document()
    download(client, document, user=make_user())
    assert not AuditEntry.objects.exists()
