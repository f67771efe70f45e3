"""Sending a form after the session ended, and opening the address that it was sent to."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from accounts.tests.factories import make_membership
from assessments.tests.factories import make_assessment
from assessments.tests.pages import text_of

pytestmark = pytest.mark.django_db
PAGE = "/teams/KAZ/people/?shown=all"
SITE = "http://testserver"


def send(client, *, referer=SITE + PAGE, **headers):
    return client.post("/teams/KAZ/people/invite/", headers={"Referer": referer, **headers})


def next_of(response):
    return parse_qs(urlsplit(response.url).query)["next"]


def test_a_form_sent_while_signed_out_leads_back_to_its_page(client):
    response = send(client)
    assert next_of(response) == [f"{PAGE}&unsent=1"]
    assert "nothing was saved" in text_of(client.get(response.url))


@pytest.mark.parametrize(
    "headers",
    [
        {"referer": "https://elsewhere.example.org/teams/KAZ/"},
        {"referer": ""},
        {"Sec-Fetch-Mode": "cors"},
        {"Sec-Fetch-Mode": "same-origin"},
    ],
    ids=str,
)
def test_what_no_page_of_ours_sent_as_a_form_leads_to_its_own_address(client, headers):
    response = send(client, **headers)
    assert next_of(response) == ["/teams/KAZ/people/invite/"]


def test_opening_the_address_of_a_form_leads_to_the_page_with_the_form(client):
    assessment = make_assessment()
    client.force_login(make_membership(team=assessment.team).user)
    address = reverse("assessments:autosave", args=[assessment.pk, "2.2"])
    response = client.get(address)
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert f'href="{address.removesuffix("autosave/")}"' in response.content.decode()


def test_an_address_with_no_page_above_it_leads_to_the_first_one(client):
    client.force_login(make_membership().user)
    response = client.get(reverse("account_logout"))
    assert response.status_code == 405
    assert '<a href="/">' in response.content.decode()
