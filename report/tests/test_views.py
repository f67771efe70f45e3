import json

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse

from accounts.models import AuditEntry, Membership
from accounts.tests.factories import make_membership, make_team
from assessments.edition import indicators_of
from assessments.tests.factories import make_assessment, make_person, make_rating
from assessments.tests.pages import text_of
from report.tests.factories import make_citation

pytestmark = pytest.mark.django_db

FILES = ["pdf", "docx", "xlsx", "json", "csv", "evidence-csv", "bundle"]
VIEWS = ["report:detail", *(f"report:{key}" for key in FILES)]


@pytest.fixture(autouse=True)
def _no_printing(monkeypatch):
    """What is printed has its own tests."""
    monkeypatch.setattr("report.unprintable.pdf", lambda html: b"%PDF-1.7")


def url(view, assessment):
    return reverse(view, args=[assessment.pk])


@pytest.mark.parametrize("role", Membership.Role)
def test_everybody_of_the_team_sees_the_report(client, role):
    assessment = make_assessment()
    client.force_login(make_person(role, assessment=assessment))

    page = client.get(url("report:detail", assessment))

    assert page.status_code == 200
    assert "Draft: not yet endorsed" in text_of(page)


@pytest.mark.parametrize("view", VIEWS)
def test_report_of_another_team_does_not_exist(client, view):
    assessment = make_assessment()
    elsewhere = make_membership(team=make_team(code="KGZ", country="Kyrgyzstan"))
    client.force_login(elsewhere.user)

    assert client.get(url(view, assessment)).status_code == 404


@pytest.mark.parametrize("view", VIEWS)
def test_stranger_is_sent_to_sign_in(client, view):
    answer = client.get(url(view, make_assessment()))

    assert answer.status_code == 302
    assert answer.url.startswith(resolve_url(settings.LOGIN_URL))


@pytest.mark.parametrize("view", VIEWS)
def test_report_can_only_be_read(client, view):
    assessment = make_assessment()
    client.force_login(make_person(assessment=assessment))

    assert client.post(url(view, assessment)).status_code == 405


def test_page_leads_to_team_assessment_downloads_and_documents(client):
    citation = make_citation(rating=make_rating())
    assessment = citation.indicator_rating.assessment
    client.force_login(make_person(assessment=assessment))

    html = client.get(url("report:detail", assessment)).content.decode()

    for address in (
        reverse("assessments:team", args=["KAZ"]),
        assessment.get_absolute_url(),
        url("report:xlsx", assessment),
        url("report:json", assessment),
        citation.document.get_absolute_url(),
    ):
        assert f'href="{address}"' in html


def test_pdf_comes_as_a_file_with_a_telling_name(client):
    assessment = make_assessment()
    client.force_login(make_person(assessment=assessment))

    answer = client.get(url("report:pdf", assessment))

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        'attachment; filename="UNCT-SWAP KAZ 2022 annual progress report.pdf"'
    )
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.getvalue().startswith(b"%PDF-1.7")


def test_json_comes_as_a_file_with_the_same_contents(client):
    assessment = make_assessment()
    client.force_login(make_person(assessment=assessment))

    answer = client.get(url("report:json", assessment))

    assert answer["Content-Type"] == "application/json"
    assert answer["Content-Disposition"] == (
        'attachment; filename="UNCT-SWAP KAZ 2022 annual progress report.json"'
    )
    assert json.loads(answer.getvalue())["cover"]["year"] == 2022


@pytest.mark.parametrize("view", VIEWS)
def test_page_of_a_report_stays_within_its_queries(client, view, django_assert_max_num_queries):
    assessment = make_assessment()
    client.force_login(make_person(assessment=assessment))
    indicators_of(assessment.framework)  # read once a process

    # Session, person, assessment and role, the endorsed version if there is one, then those of
    # the contents. The page counts the evidence and looks for what was made lately; a file that
    # is taken out is noted in the log, one that takes long waits for its turn, and a bundle looks
    # for its documents.
    most = {"report:detail": 18, "report:bundle": 35}.get(view, 33)
    with django_assert_max_num_queries(most):
        b"".join(client.get(url(view, assessment)))


def test_report_shows_a_control_character_nowhere(client):
    assessment = make_rating(findings="a\x00b\x1fc").assessment
    client.force_login(make_person(assessment=assessment))

    html = client.get(url("report:detail", assessment)).content

    assert b"abc" in html
    assert b"\x00" not in html
    assert b"\x1f" not in html


@pytest.mark.parametrize(
    ("view", "name"),
    [
        ("report:pdf", "PDF"),
        ("report:json", "JSON"),
        ("report:bundle", "bundle with evidence"),
    ],
)
def test_who_takes_out_a_report_is_in_the_log_of_the_team(client, view, name):
    assessment = make_assessment()
    person = make_person(assessment=assessment)
    client.force_login(person)
    client.get(url(view, assessment))
    entry = AuditEntry.objects.get(team=assessment.team)
    assert str(entry) == f"{person.name} (UNDP) took out: report of 2022, {name}."
