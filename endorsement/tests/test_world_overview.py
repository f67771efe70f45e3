"""The overview of all teams: what reviewers see, and that it counts what was handed in only."""

import csv
import io
import re

import pytest
from django.urls import reverse

from accounts import audit
from accounts.models import AuditEntry, Membership
from accounts.tests.factories import make_membership, make_team, make_user
from assessments.models import IndicatorRating
from assessments.tests.factories import make_assessment, make_rating
from assessments.tests.pages import text_of
from endorsement.models import ReportingYear
from endorsement.world.counts import Status
from evidence.tests.factories import make_citation
from scorecard.tests.factories import load_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(client):
    user = make_user(is_reviewer=True)
    client.force_login(user)
    return user


@pytest.fixture
def kazakhstan():
    return make_team(region="europe_central_asia")


@pytest.fixture
def kenya():
    return make_team(code="KEN", country="Kenya", region="africa")


def rated(team, *, meeting, year=2022, state="accepted", **fields):
    """An assessment of which so many PIs meet, and the rest are missing."""
    assessment = make_assessment(team=team, year=year, state=state, **fields)
    pks = list(assessment.indicator_ratings.in_order().values_list("pk", flat=True))
    ratings = IndicatorRating.objects.filter(assessment=assessment)
    ratings.update(rating=1, computed_rating=1)
    ratings.filter(pk__in=pks[:meeting]).update(rating=3, computed_rating=3)
    return assessment


def show(client, **asked):
    response = client.get(reverse("world:overview"), asked)
    assert response.status_code == 200
    return response.context["world"], response


def cells(world):
    return {
        row.team.code: [cell and (cell.row and cell.row.meeting, cell.status) for cell in row.cells]
        for _region, rows in world.regions
        for row in rows
    }


@pytest.mark.parametrize("role", [None, *Membership.Role])
@pytest.mark.parametrize("view", ["world:overview", "world:csv"])
def test_for_others_than_reviewers_the_overview_is_not_there(client, kazakhstan, role, view):
    user = make_membership(team=kazakhstan, role=role).user if role else make_user(is_staff=True)
    client.force_login(user)
    assert client.get(reverse(view)).status_code == 404
    assert reverse("world:overview") not in client.get("/").content.decode()


@pytest.mark.usefixtures("reviewer")
def test_an_empty_site_says_what_will_stand_here(client):
    assert "No team here yet" in text_of(show(client)[1])


@pytest.mark.usefixtures("reviewer")
def test_before_the_first_report_there_are_teams_and_no_figures(client, kazakhstan):
    rated(kazakhstan, meeting=9, state="scoring")
    world, page = show(client)
    assert "Nothing has been submitted yet" in text_of(page)
    assert cells(world) == {"KAZ": [(0, Status.NOT_SUBMITTED)]}


@pytest.mark.usefixtures("reviewer")
def test_shares_count_what_was_handed_in_and_nothing_else(client, kazakhstan, kenya):
    rated(kazakhstan, meeting=6)
    rated(kenya, meeting=15, state="endorsed")
    world, _page = show(client)
    assert (world.whole.rated, world.whole.meeting) == (15, 6)
    assert world.bands[0].head.focus.meeting == 3
    assert world.bands[0].rows[0].focus.share_meeting == 1
    assert world.statuses == {Status.SUBMITTED: 1, Status.NOT_SUBMITTED: 1}


@pytest.mark.usefixtures("reviewer")
def test_every_share_on_the_page_is_in_whole_per_cent(client, kazakhstan):
    rated(kazakhstan, meeting=8)
    _world, page = show(client)
    assert "PIs that meet or exceed 53 %" in text_of(page)
    assert re.findall(r"\d\.\d+ %", text_of(page)) == []


@pytest.mark.usefixtures("reviewer")
def test_a_team_without_an_assessment_is_late_after_the_day_in_its_first_year_too(
    client, kazakhstan, kenya
):
    for year in (2021, 2022):
        ReportingYear.objects.create(year=year, due=f"{year + 1}-01-31")
    rated(kazakhstan, meeting=6, year=2021)
    rated(kenya, meeting=7, year=2022)
    assert cells(show(client)[0]) == {
        "KAZ": [(6, Status.SUBMITTED), (None, Status.OVERDUE)],
        "KEN": [(None, Status.OVERDUE), (7, Status.SUBMITTED)],
    }
    for year in ("2021", "2022"):
        statuses = show(client, year=year)[0].statuses
        assert statuses == {Status.SUBMITTED: 1, Status.OVERDUE: 1}


@pytest.mark.usefixtures("reviewer")
def test_a_team_on_another_edition_than_the_one_asked_for_is_blank_and_never_late(
    client, kazakhstan, kenya
):
    ReportingYear.objects.create(year=2025, due="2026-01-31")
    rated(kazakhstan, meeting=6, year=2024)
    rated(kazakhstan, meeting=5, year=2025, framework=load_edition("unct-swap-2023"))
    rated(kenya, meeting=7, year=2024)
    rated(kenya, meeting=0, year=2025, state="scoring")
    world, page = show(client, edition="2018", year="2025")
    assert cells(world) == {
        "KAZ": [(6, Status.SUBMITTED), None],
        "KEN": [(7, Status.SUBMITTED), (0, Status.OVERDUE)],
    }
    assert world.statuses == {Status.OVERDUE: 1}
    assert "Only teams with an assessment on the edition of 2018 in 2025 are cou" in text_of(page)
    statuses = {
        (line["team"], line["year"]): line["status"] for line in lines_of(client, edition="2018")
    }
    assert statuses == {
        ("KAZ", "2024"): "submitted",
        ("KEN", "2024"): "submitted",
        ("KEN", "2025"): "overdue",
    }


@pytest.mark.usefixtures("reviewer")
def test_another_edition_than_the_year_before_shows_as_a_break(client, kazakhstan):
    rated(kazakhstan, meeting=6, year=2023)
    rated(kazakhstan, meeting=5, year=2024, framework=load_edition("unct-swap-2023"))
    world, page = show(client)
    ((_region, (row,)),) = world.regions
    assert [cell.is_break for cell in row.cells] == [False, True]
    assert world.risen == []
    assert "No team has more PIs" in text_of(page)


@pytest.mark.usefixtures("reviewer")
def test_the_most_improved_are_named_against_the_year_before(client, kazakhstan, kenya):
    rated(kazakhstan, meeting=6, year=2021)
    rated(kazakhstan, meeting=9, year=2022)
    rated(kenya, meeting=8, year=2021)
    rated(kenya, meeting=7, year=2022)
    (rise,) = show(client)[0].risen
    assert (rise.key[0], rise.before, rise.now, rise.by) == (kazakhstan, 6, 9, 3)


@pytest.mark.usefixtures("reviewer")
def test_a_team_that_rated_more_pis_than_the_year_before_has_not_improved_by_that(
    client, kazakhstan
):
    before = rated(kazakhstan, meeting=6, year=2021)
    before.indicator_ratings.filter(rating=1).update(rating=None)
    rated(kazakhstan, meeting=15, year=2022)
    assert show(client)[0].risen == []


@pytest.mark.usefixtures("reviewer")
def test_ages_and_proof_follow_a_carried_rating_to_its_origin(client, kazakhstan):
    before = make_assessment(team=kazakhstan, year=2018, state="accepted")
    origin = make_rating(assessment=before, met="bc", rating=3)
    make_citation(rating=origin)
    now = make_assessment(team=kazakhstan, year=2022, state="accepted")
    fields = {"is_reassessed": False, "rating": 3, "computed_rating": 3}
    make_rating(assessment=now, **fields, origin=origin)
    make_rating(assessment=now, code="1.1", **fields, origin_year=2020)
    make_rating(assessment=now, code="1.2", **fields)
    whole = show(client)[0].whole
    assert (whole.rated, whole.proved) == (3, 1)
    assert (whole.older, whole.two, whole.unknown, whole.fresh) == (1, 1, 1, 0)


@pytest.mark.usefixtures("reviewer")
def test_filters_bind_together_and_what_is_unknown_does_not_bind(client, kazakhstan, kenya):
    rated(kazakhstan, meeting=6, year=2021)
    rated(kazakhstan, meeting=7, year=2022)
    rated(kenya, meeting=8, year=2021)
    assert list(cells(show(client, region="africa")[0])) == ["KEN"]
    assert show(client, year="2021")[0].whole.meeting == 14
    assert show(client, year="2021", region="africa")[0].whole.meeting == 8
    assert show(client, year="2021", edition="1999")[0].whole.meeting == 14
    assert show(client, region="atlantis")[0].scope.region == ""


@pytest.mark.usefixtures("reviewer")
def test_an_edition_shows_its_own_pis_and_assessments(client, kazakhstan, kenya):
    rated(kazakhstan, meeting=6)
    rated(kenya, meeting=8, framework=load_edition("unct-swap-2023"))
    world, _page = show(client, edition="2018")
    assert world.whole.meeting == 6
    assert str(world.bands[5].head.name) == "6 Financial resources"


@pytest.mark.usefixtures("reviewer")
def test_the_page_takes_eight_queries_however_many_teams(
    client, kazakhstan, kenya, django_assert_max_num_queries
):
    for year in (2020, 2021, 2022):
        rated(kazakhstan, meeting=6, year=year)
        rated(kenya, meeting=6, year=year)
    with django_assert_max_num_queries(8):
        show(client)
    with django_assert_max_num_queries(8):
        show(client, region="africa", year="2021", edition="2018")
    with django_assert_max_num_queries(18):  # half of them for the logs of all teams
        client.get(reverse("world:csv"))


def lines_of(client, **asked):
    response = client.get(reverse("world:csv"), asked)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment; filename")
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.usefixtures("reviewer")
def test_the_table_has_a_line_for_each_team_and_year(client, kazakhstan, kenya):
    rated(kazakhstan, meeting=1)
    rated(kenya, meeting=15, state="scoring")
    kenyan, kazakh = lines_of(client)
    assert kazakh["country"] == "Kazakhstan"
    assert (kazakh["status"], kazakh["rated"], kazakh["meets or exceeds"]) == (
        "submitted", "15", "1",
    )  # fmt: skip
    assert (kazakh["PI 1.1"], kazakh["PI 7.1"]) == ("Meets", "Missing")
    assert (kenyan["status"], kenyan["rated"], kenyan["PI 1.1"]) == ("not submitted", "", "")
    assert [line["team"] for line in lines_of(client, region="africa")] == ["KEN"]


@pytest.mark.usefixtures("reviewer")
def test_heads_and_statuses_of_the_table_are_in_the_language_of_the_reader(
    client, kazakhstan, catalogue
):
    catalogue |= {"status": "état", "not submitted": "non soumis", "PI %(code)s": "IP %(code)s"}
    rated(kazakhstan, meeting=1, state="scoring")
    (line,) = lines_of(client)
    assert line["état"] == "non soumis"
    assert "IP 1.1" in line


@pytest.mark.usefixtures("reviewer")
def test_no_name_of_a_country_becomes_a_formula(client):
    rated(make_team(country="=1+1", region="africa"), meeting=1)
    (line,) = lines_of(client)
    assert line["country"] == "'=1+1"


def test_taking_the_table_out_stands_in_the_log_of_each_team_whose_ratings_it_holds(
    client, reviewer, kazakhstan, kenya
):
    rated(kazakhstan, meeting=9, year=2021)
    rated(kazakhstan, meeting=9, year=2022, kind="comprehensive")
    rated(kenya, meeting=3, state="endorsed")
    client.get(reverse("world:csv"))
    entry = AuditEntry.objects.get()
    assert (entry.team, entry.by, entry.action) == (kazakhstan, reviewer, "export")
    assert entry.object == "ratings of 2021, 2022, in the table of all teams, CSV"
    client.get(reverse("world:csv"), {"region": "africa"})
    assert AuditEntry.objects.count() == 1
    client.get(reverse("world:csv"))
    assert AuditEntry.objects.count() == 2
    assert audit.faults_of(kazakhstan) == []
