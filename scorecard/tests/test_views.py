import re

import pytest
from django.urls import reverse

from scorecard.models import Framework, LevelRule
from scorecard.rating import Rating
from scorecard.tests.factories import load_edition, make_reader

pytestmark = pytest.mark.django_db

LIST = "scorecard:framework_list"
DETAIL = "scorecard:framework_detail"
INDICATOR = "scorecard:indicator_detail"


@pytest.fixture
def reader(client):
    client.force_login(make_reader())
    return client


def words(response):
    """The text of a page, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def indicator_page(reader, code, edition="unct-swap-2018"):
    return reader.get(reverse(INDICATOR, args=[edition, 1, code]))


# Editions


def test_the_list_shows_editions_newest_first_with_what_is_unconfirmed(reader):
    load_edition("unct-swap-2018")
    load_edition("unct-swap-2023")
    page = words(reader.get(reverse(LIST)))

    newest = page.index("2023 UNCT-SWAP Gender Equality Scorecard")
    assert newest < page.index("2018 UNCT-SWAP Gender Equality Scorecard")
    assert "Wording of 56 of 56 criteria; 6 rules" in page
    assert "Wording of 25 of 52 criteria; 0 rules" in page
    rows = list(Framework.objects.with_counts())
    assert [(row.indicator_count, row.criterion_count) for row in rows] == [(15, 56), (15, 52)]
    assert [row.unverified_criterion_count for row in rows] == [56, 25]
    assert [row.unverified_rule_count for row in rows] == [6, 0]


def test_the_empty_list_says_how_to_load_an_edition(reader):
    page = words(reader.get(reverse(LIST)))
    assert "No edition is loaded" in page
    assert "manage.py load_framework fixtures/unct-swap-2018.yaml" in page


def test_the_edition_page_holds_every_indicator_with_a_link(reader):
    framework = load_edition()
    page = reader.get(framework.get_absolute_url())

    assert "UNCT-SWAP Gender Equality Scorecard, 2018" in words(page)
    assert "15 performance indicators" in words(page)
    for code in framework.dimensions.values_list("indicators__code", flat=True):
        assert (
            f'href="{reverse(INDICATOR, args=[framework.code, 1, code])}"' in page.content.decode()
        )


def test_the_edition_page_puts_the_criteria_under_the_level_that_asks_for_them(reader):
    page = words(reader.get(load_edition().get_absolute_url()))
    parity = page[page.index("PI 4.3") : page.index("PI 5.1")]
    marks = [parity.index(mark) for mark in ("Approaches (a)", "Meets Approaches", "Exceeds Meets")]
    assert marks == sorted(marks)
    assert "Approaches minimum requirements AND (b) The UNCT shows positive trends" in parity


def test_the_edition_page_says_how_many_wordings_are_unconfirmed(reader):
    page = words(reader.get(load_edition("unct-swap-2023").get_absolute_url()))
    assert "Wording to be confirmed: 56 of the 56 criteria stand here as a summary" in page
    assert page.count("Rule to be confirmed") == 6


# Indicators


def test_the_indicator_page_shows_what_decides_a_criterion(reader):
    load_edition()
    page = words(indicator_page(reader, "2.1"))

    assert "PI 2.1 Joint Programmes" in page
    assert "Joint programmes contribute to reducing gender inequalities" in page
    assert (
        "Decided by a measure, at least 100 %: Operational joint programmes into which gender "
        "equality is visibly mainstreamed" in page
    )
    assert (
        "Whoever meets it also meets: (a) Gender equality is visibly mainstreamed into at least "
        "50 percent of JPs operational at the time of assessment" in page
    )
    assert "mainstreamed JPs out of operational JPs" in page
    assert "gender screening tool for JPs" in page


def test_the_indicator_page_shows_the_notes_of_the_guidance(reader):
    load_edition()
    assert "33 percent stands in both printed bands; the higher one is taken." in words(
        indicator_page(reader, "1.3")
    )


def test_the_indicator_page_marks_unconfirmed_wording_and_rules(reader):
    load_edition("unct-swap-2023")
    page = words(indicator_page(reader, "4.3", "unct-swap-2023"))
    assert page.count("Wording to be confirmed") == 5
    assert page.count("Rule to be confirmed") == 2


def test_the_indicator_page_marks_nothing_that_is_confirmed(reader):
    load_edition()
    page = words(indicator_page(reader, "4.1"))
    assert "to be confirmed" not in page


def test_the_indicator_page_marks_a_rule_that_is_unconfirmed_alone(reader):
    load_edition()
    LevelRule.objects.filter(indicator__code="4.1", rating=Rating.MEETS).update(is_unverified=True)
    assert "Rule to be confirmed" in words(indicator_page(reader, "4.1"))


def test_the_indicator_page_leads_to_its_neighbours(reader):
    load_edition()
    first, last = (words(indicator_page(reader, code)) for code in ("1.1", "7.1"))
    middle = indicator_page(reader, "2.1").content.decode()

    assert 'rel="prev">' in middle
    assert reverse(INDICATOR, args=["unct-swap-2018", 1, "1.3"]) in middle
    assert reverse(INDICATOR, args=["unct-swap-2018", 1, "2.2"]) in middle
    assert "PI 1.2" in first
    assert "PI 6.1" in last


# Who may, what is not there, how many queries


@pytest.mark.parametrize(
    "address",
    [
        (DETAIL, ["unct-swap-1999", 1]),
        (DETAIL, ["unct-swap-2018", 2]),
        (INDICATOR, ["unct-swap-2018", 1, "1.4"]),
        (INDICATOR, ["unct-swap-2018", 1, "1.10"]),
        (INDICATOR, ["unct-swap-2018", 2, "1.1"]),
        (INDICATOR, ["unct-swap-1999", 1, "1.1"]),
    ],
)
def test_what_is_not_in_the_framework_is_not_found(reader, address):
    load_edition()
    name, arguments = address
    assert reader.get(reverse(name, args=arguments)).status_code == 404


@pytest.mark.parametrize(
    "address",
    [(LIST, []), (DETAIL, ["unct-swap-2018", 1]), (INDICATOR, ["unct-swap-2018", 1, "1.1"])],
)
def test_the_framework_is_read_only(reader, address):
    name, arguments = address
    assert reader.post(reverse(name, args=arguments)).status_code == 405


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ((LIST, []), 4),
        ((DETAIL, ["unct-swap-2018", 1]), 12),
        ((INDICATOR, ["unct-swap-2018", 1, "4.1"]), 12),
    ],
)
def test_pages_need_few_queries_however_much_they_show(
    reader, django_assert_max_num_queries, address, most
):
    load_edition("unct-swap-2018")
    load_edition("unct-swap-2023")
    name, arguments = address
    with django_assert_max_num_queries(most):
        assert reader.get(reverse(name, args=arguments)).status_code == 200


# The administrator


@pytest.fixture
def administrator(client):
    client.force_login(make_reader(is_staff=True, is_superuser=True))
    return client


def test_an_administrator_sees_the_editions(administrator):
    framework = load_edition()
    listed = administrator.get(reverse("admin:scorecard_framework_changelist"))
    shown = administrator.get(reverse("admin:scorecard_framework_change", args=[framework.pk]))
    assert "unct-swap-2018" in words(listed)
    assert "UN Sustainable Development Group" in words(shown)


def test_an_administrator_changes_no_edition(administrator):
    framework = load_edition()
    change = reverse("admin:scorecard_framework_change", args=[framework.pk])
    delete = reverse("admin:scorecard_framework_delete", args=[framework.pk])

    assert administrator.post(change, {"title": "Mine"}).status_code == 403
    assert administrator.post(delete, {"post": "yes"}).status_code == 403
    assert administrator.get(reverse("admin:scorecard_framework_add")).status_code == 403
    framework.refresh_from_db()
    assert framework.title == "UNCT-SWAP Gender Equality Scorecard"


# In the browser


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_pages_are_accessible_and_fit_a_phone(open_page, signed_in, assert_accessible):
    load_edition("unct-swap-2023")
    user = make_reader()
    for viewport in ({"width": 1280, "height": 900}, {"width": 390, "height": 844}):
        page = signed_in(open_page(viewport), user)
        for name, arguments in (
            (LIST, []),
            (DETAIL, ["unct-swap-2023", 1]),
            (INDICATOR, ["unct-swap-2023", 1, "1.1"]),
        ):
            page.goto(reverse(name, args=arguments))
            assert_accessible(page)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= viewport["width"], (name, viewport)
