import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse_lazy

pytestmark = pytest.mark.django_db
URL = reverse_lazy("text:preview")


def make_user():
    return get_user_model().objects.create_user("member@example.org", "a long pass phrase")


@pytest.fixture
def signed_in_client(client):
    client.force_login(make_user())
    return client


def test_preview_shows_the_text_as_the_report_will(signed_in_client):
    page = signed_in_client.post(URL, {"text": "•\tone\n•\thttps://a.org"}).content.decode()
    assert '<li dir="auto">one</li>' in page
    assert 'href="https://a.org"' in page


def test_preview_of_nothing_says_so(signed_in_client):
    assert "Nothing written yet" in signed_in_client.post(URL, {"text": " \n"}).content.decode()
    assert "Nothing written yet" in signed_in_client.post(URL).content.decode()


def test_preview_says_why_a_text_cannot_be_saved(signed_in_client):
    page = signed_in_client.post(URL, {"text": "x" * 20_001}).content.decode()
    assert "The text has 20001 characters; the limit is 20000." in page
    assert "xxx" not in page


def test_preview_escapes_html(signed_in_client):
    page = signed_in_client.post(URL, {"text": "<script>alert(1)</script>"}).content.decode()
    assert "&lt;script&gt;" in page
    assert "<script" not in page


def test_preview_is_for_posts_of_people_who_signed_in(client, signed_in_client):
    assert signed_in_client.get(URL).status_code == 405
    client.logout()
    assert client.post(URL, {"text": "x"}).status_code in (302, 401)


def test_preview_needs_the_token_of_the_form():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user())
    assert strict.post(URL, {"text": "x"}).status_code == 403
