"""The page of a plan as the client sees it: views, filters, counts, what is there for whom."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from accounts.tests.factories import make_cycle, make_entity, make_membership, make_team
from actionplan.tests.factories import make_activity, make_plan, make_point

pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def coordinator(client, plan):
    membership = make_membership(team=plan.team, role=Role.COORDINATOR)
    client.force_login(membership.user)
    return membership


def show(client, query="", *, name="plan", status=200):
    response = client.get(reverse(f"actionplan:{name}", args=["KAZ", 2021]) + query)
    assert response.status_code == status
    return response


def text_of(response):
    return " ".join(response.content.decode().split())


def shown(client, query=""):
    return [row.point.number for row in show(client, query).context["page"].board.rows]


def test_an_empty_plan_says_what_to_do_first(client, plan, coordinator):
    text = text_of(show(client))
    assert "No action points yet" in text
    assert "Begin with the PIs that miss or approach the minimum requirements" in text


def test_who_may_not_add_is_told_who_does(client, plan):
    client.force_login(make_membership(team=plan.team, role=Role.OBSERVER).user)
    text = text_of(show(client))
    assert "Members of the assessment team and the coordinator add action points here." in text
    assert reverse("actionplan:add", args=["KAZ", 2021]) not in text


def test_the_count_stands_in_words(client, plan, coordinator):
    make_point(plan=plan, number=1)
    make_point(plan=plan, number=2, status="under_way")
    assert "2 action points: 1 planned, 1 under way" in text_of(show(client))


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("board", "Under way"),
        ("table", "2 Programming and M&amp;E"),
        ("timeline", "From start to due date"),
        ("nonsense", "Under way"),
    ],
)
def test_each_view_shows_the_same_points(client, plan, coordinator, view, words):
    make_point(plan=plan, due=date(2022, 6, 30))
    text = text_of(show(client, f"?view={view}"))
    assert words in text
    assert "aria-current" in text


def test_links_to_the_views_keep_the_filters(client, plan, coordinator):
    make_point(plan=plan)
    text = text_of(show(client, "?status=planned&view=table"))
    assert "?status=planned&amp;view=timeline" in text


def test_points_without_dates_stand_below_the_timeline(client, plan, coordinator):
    make_point(plan=plan)
    text = text_of(show(client, "?view=timeline"))
    assert "<svg viewBox" not in text.split("plan-views")[1]
    assert "Without dates" in text


def test_filters_let_through_what_they_ask_for(client, plan, coordinator):
    undp, who = make_entity(), make_entity(acronym="WHO")
    make_point(plan=plan, number=1, lead=undp, due=date(2022, 6, 30), code="2.2")
    make_point(plan=plan, number=2, due=date(2999, 6, 30), code="2.3").supporting.add(who)
    make_point(plan=plan, number=3, status="dropped", dropped_reason="No funds.", code="7.1")
    assert shown(client) == [1, 2, 3]
    assert shown(client, "?entity=UNDP") == [1]
    assert shown(client, "?entity=WHO") == [2]
    assert shown(client, "?status=dropped") == [3]
    assert shown(client, "?year=2022") == [1]
    assert shown(client, "?pi=2.3") == [2]
    assert shown(client, "?concern=overdue") == [1]
    assert shown(client, "?concern=no-lead") == [2]
    assert shown(client, "?entity=WHO&pi=2.2") == []


@pytest.mark.parametrize("query", ["?year=abc", "?entity=NOPE", "?status=finished", "?pi=9.9"])
def test_a_filter_that_cannot_be_is_no_filter(client, plan, coordinator, query):
    make_point(plan=plan)
    assert shown(client, query) == [1]


def test_what_wants_looking_at_leads_to_it(client, plan, coordinator):
    make_point(plan=plan, due=date(2022, 1, 1))
    text = text_of(show(client))
    assert '<a href="?concern=overdue&amp;view=board">1 overdue</a>' in text


def test_nothing_found_offers_to_clear_the_filters(client, plan, coordinator):
    make_point(plan=plan)
    text = text_of(show(client, "?status=done"))
    assert "0 of 1 action points match" in text
    assert "No action point matches" in text


def test_the_team_leads_to_its_latest_plan(client, plan, coordinator):
    make_cycle(team=plan.team, first_year=2026, last_year=2030)
    response = client.get("/teams/KAZ/plan/")
    assert response.url == "/teams/KAZ/plan/2026/"
    assert "No action points yet" in text_of(client.get(response.url))


def test_a_team_without_a_cooperation_framework_is_told_where_it_comes_from(client):
    team = make_team()
    client.force_login(make_membership(team=team).user)
    assert "No Cooperation Framework yet" in text_of(client.get("/teams/KAZ/plan/"))


def test_text_is_escaped(client, plan, coordinator):
    make_point(plan=plan, text="<script>alert(1)</script>", due=date(2022, 1, 1))
    for view in ("board", "table", "timeline"):
        assert "<script>alert" not in text_of(show(client, f"?view={view}"))


def sixty_points(plan):
    undp, who = make_entity(), make_entity(acronym="WHO")
    codes = ["1.1", "2.2", "3.1", "4.2", "5.1", "6.1", "7.1"]
    for number in range(1, 61):
        point = make_point(
            plan=plan,
            number=number,
            code=codes[number % 7],
            lead=undp,
            start=date(2021, 1, 1),
            due=date(2022, 1 + number % 12, 1),
        )
        point.criterion = point.indicator.criteria.first()
        point.save()
        point.supporting.add(who)
        make_activity(point=point, year=2021)


@pytest.mark.parametrize("query", ["", "?view=table", "?view=timeline", "?entity=WHO&year=2022"])
def test_sixty_points_cost_as_many_queries_as_one(
    client, plan, coordinator, django_assert_max_num_queries, query
):
    sixty_points(plan)
    with django_assert_max_num_queries(9):
        show(client, query)


# Of the files, six queries write the entry in the team's log.
@pytest.mark.parametrize(("name", "budget"), [("what-if", 14), ("csv", 14), ("calendar", 13)])
def test_other_pages_of_sixty_points_keep_their_budget(
    client, plan, coordinator, django_assert_max_num_queries, name, budget
):
    sixty_points(plan)
    show(client, name=name)  # the first page of a process reads the rules of the edition
    with django_assert_max_num_queries(budget):
        show(client, name=name)


def test_the_roll_over_of_sixty_points_keeps_its_budget(
    client, plan, coordinator, django_assert_max_num_queries
):
    make_cycle(team=plan.team, first_year=2026, last_year=2030)
    sixty_points(plan)
    with django_assert_max_num_queries(9):
        show(client, name="roll-over")


def test_today_is_the_day_that_lateness_is_counted_from(client, plan, coordinator):
    make_point(plan=plan, due=timezone.localdate())
    assert "overdue" not in text_of(show(client)).split("plan-board")[1]


def test_lateness_follows_the_day_of_the_team_on_every_page(client, plan, coordinator, monkeypatch):
    plan.team.time_zone = "Asia/Almaty"
    plan.team.save(update_fields=["time_zone"])
    elsewhere = make_team(code="FJI", country="Fiji")  # by whose clock, UTC, the person reads
    make_membership(team=elsewhere, user=coordinator.user)
    client.force_login(coordinator.user)
    point = make_point(plan=plan, due=date(2023, 3, 1), lead=coordinator.entity)
    monkeypatch.setattr(timezone, "now", lambda: datetime(2023, 3, 1, 20, tzinfo=UTC))
    (row,) = show(client).context["page"].board.rows
    assert row.is_overdue
    assert client.get(point.get_absolute_url()).context["page"].row.is_overdue
    assert "Overdue" in text_of(client.get(reverse("assessments:tasks")))
