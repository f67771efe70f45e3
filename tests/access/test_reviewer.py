"""What a reviewer of UN Women sees of a team: what it has handed in, and nothing else."""

import pytest
from django.urls import reverse

from accounts.access_table import HANDED_IN, STATES
from accounts.tests.factories import make_team, make_user
from assessments.models import Assessment
from assessments.tests.factories import make_assessment, make_rating
from evidence.models import Document
from evidence.tests.factories import make_citation, make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def handed_in(team):
    return make_assessment(team=team, year=2021, state="accepted")


@pytest.fixture
def unfinished(team):
    return make_assessment(team=team, year=2022, state="endorsed")


@pytest.fixture
def reviewer(client):
    user = make_user(is_reviewer=True)
    client.force_login(user)
    return user


@pytest.mark.parametrize("state", STATES)
def test_a_reviewer_sees_assessments_from_their_submission_on(team, reviewer, state):
    assessment = make_assessment(team=team, state=state)
    seen = Assessment.objects.visible_to(reviewer)
    assert list(seen) == ([assessment] if state in HANDED_IN else [])


def test_the_page_of_a_team_shows_a_reviewer_the_years_that_were_handed_in(
    client, reviewer, handed_in, unfinished
):
    page = client.get(reverse("assessments:team", args=["KAZ"]))
    assert page.context["assessments"] == [handed_in]
    text = page.content.decode()
    assert unfinished.get_absolute_url() not in text
    assert reverse("evidence:library", args=["KAZ"]) not in text
    assert reverse("accounts:people", args=["KAZ"]) not in text


def test_a_team_that_has_handed_in_nothing_is_not_there_for_a_reviewer(
    client, reviewer, unfinished
):
    assert client.get(reverse("assessments:team", args=["KAZ"])).status_code == 404


def test_a_reviewer_is_shown_the_way_on_the_first_page(client, reviewer, handed_in):
    page = client.get(reverse("assessments:home")).content.decode()
    assert "belong to no team" not in page
    for name in ("review:queue", "world:overview"):
        assert page.count(f'href="{reverse(name)}"') == 2  # in the bar on top, and in words


def test_a_reviewer_has_no_teams_of_their_own_on_the_first_page(client, reviewer, handed_in):
    assert client.get(reverse("assessments:home")).context["teams"] == []


def test_a_document_is_seen_where_a_handed_in_report_cites_it(reviewer, handed_in, unfinished):
    cited = make_document(team=handed_in.team)
    drafted = make_document(team=handed_in.team, content=b"%PDF-1.7 a draft")
    make_citation(rating=make_rating(assessment=handed_in), document=cited)
    make_citation(rating=make_rating(assessment=unfinished), document=drafted)
    assert list(Document.objects.visible_to(reviewer)) == [cited]


def test_the_page_of_a_document_keeps_unfinished_years_from_a_reviewer(
    client, reviewer, handed_in, unfinished
):
    document = make_document(team=handed_in.team)
    shown = make_citation(rating=make_rating(assessment=handed_in), document=document)
    make_citation(rating=make_rating(assessment=unfinished), document=document)
    page = client.get(document.get_absolute_url())
    assert page.context["citations"] == [(shown, False)]
    assert reverse("evidence:library", args=["KAZ"]) not in page.content.decode()


def test_a_pi_that_was_handed_in_shows_a_reviewer_neither_history_nor_own_ratings(
    client, reviewer, handed_in
):
    page = client.get(reverse("assessments:indicator", args=[handed_in.pk, "2.2"]))
    text = page.content.decode()
    assert page.status_code == 200
    assert reverse("assessments:history", args=[handed_in.pk, "2.2"]) not in text
    assert "preliminary" not in text.lower()
