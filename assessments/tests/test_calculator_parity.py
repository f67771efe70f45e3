"""Parity of personnel: totals, the band, the drafted finding, bad input."""

import pytest

from accounts.models import Membership
from assessments.models import Parity
from assessments.tests.calculator_data import PARITY, coordinator, parity_data, url_of
from assessments.tests.factories import (
    make_assessment,
    make_person,
    make_rating,
    stored,
)
from assessments.tests.pages import form_on, text_of
from scorecard.tests.factories import load_edition

__all__ = ["coordinator"]
pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture
def parity_pi():
    return make_rating(code="4.3")


def test_parity_shows_totals_and_the_band_in_words(coordinator, parity_pi):
    page = coordinator(parity_pi).post(url_of(parity_pi), PARITY, follow=True)
    text = text_of(page)
    assert "60.4 % women: 55 of 91 personnel. ↑ above" in text
    assert "UNDP 35 25 60 58.3 % ↑ above" in text
    assert "NO 5 5 10 50.0 % = within" in text
    assert "D and above 0 1 1 0.0 % ↓ below" in text
    assert "SC and other 0 0 0 – –" in text
    assert stored(parity_pi).version == parity_pi.version  # it decides nothing by itself


def test_parity_drafts_a_finding_and_adds_it_below_what_is_there(coordinator):
    rating = make_rating(code="4.3", met="b")
    rating.criterion_findings.update(finding="As agreed.")
    client = coordinator(rating)
    page = client.post(url_of(rating), PARITY, follow=True)
    draft = (
        "Women are 60.4 % of 91 personnel in 2 entities (30 Nov 2022): above the parity band of 47 "
        "to 53 %. Below the band: D and above (0.0 %). Within the band: NO (50.0 %). Above the "
        "band: GS (62.5 %)."
    )
    assert draft in text_of(page)
    for answer in [
        "The draft stands in the finding now.",
        "The draft stands in the finding already.",
    ]:
        page = client.post(url_of(rating, "calculator_take_over"), follow=True)
        assert answer in text_of(page)
        finding = stored(rating).findings_by_key["b"]
        assert (finding.finding, finding.is_met) == (f"As agreed.\n\n{draft}", True)
    assert stored(rating).version == rating.version + 1


def test_the_2023_edition_drafts_the_finding_of_its_own_criterion(client):
    rating = make_rating(
        assessment=make_assessment(framework=load_edition("unct-swap-2023")), code="4.3"
    )
    client.force_login(make_person(assessment=rating.assessment))
    client.post(url_of(rating), PARITY)
    client.post(url_of(rating, "calculator_take_over"))
    assert stored(rating).findings_by_key["d"].finding.startswith("Women are 60.4 %")


def test_day_of_the_numbers_stands_in_the_form_again(coordinator, parity_pi):
    client = coordinator(parity_pi)
    client.post(url_of(parity_pi), PARITY)
    assert form_on(client.get(url_of(parity_pi)), "calculator")["as_of"] == "2022-11-30"


def test_an_emptied_row_goes_away(coordinator, parity_pi):
    client = coordinator(parity_pi)
    client.post(url_of(parity_pi), PARITY)
    one = parity_data(("", {}), ("UNICEF", {"gs-women": 1}), version=1, as_of="")
    client.post(url_of(parity_pi), one)
    (count,) = Parity.objects.get().counts.all()
    assert (count.entity, count.group, count.women, count.men) == ("UNICEF", "gs", 1, 0)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (parity_data(("UNDP", {"gs-women": -3})), "A number of people cannot be below 0."),
        (parity_data(("UNDP", {"gs-women": "three"})), "Write a whole number."),
        (parity_data(("UNDP", {"gs-women": 0, "gs-men": 0})), "No women and no men"),
        (parity_data(("", {"gs-women": 1})), "Name the entity of these numbers."),
        (
            parity_data(("UNDP", {"gs-women": 1}), ("undp", {"gs-women": 2})),
            "This entity stands in the table already.",
        ),
        (parity_data(("UNDP", {"gs-women": 1}), as_of="soon"), "Enter a valid date."),
    ],
)
def test_parity_that_cannot_be_is_refused_and_keeps_what_was_typed(
    coordinator, parity_pi, data, sentence
):
    page = coordinator(parity_pi).post(url_of(parity_pi), data)
    assert page.status_code == 422
    assert sentence in text_of(page)
    assert f'value="{data.get("rows-0-gs-women", "")}"' in page.content.decode()
    assert not Parity.objects.exists()


def test_an_empty_page_offers_the_entities_of_the_team(coordinator, parity_pi):
    page = coordinator(parity_pi).get(url_of(parity_pi))
    assert form_on(page, "calculator")["rows-0-entity"] == "UNDP"
    assert "Draft for the finding" not in text_of(page)
