"""Queries of a page: few, and the same number whatever the size of the team."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Membership
from accounts.tests.factories import make_entity, make_membership, make_team
from actionplan.tests.factories import make_activity, make_plan, make_point
from assessments.tests.factories import make_assessment, make_carried_rating, make_rating
from evidence.tests.factories import make_citation, make_link
from scorecard.rating import Rating

pytestmark = pytest.mark.django_db
Role = Membership.Role

PAGES = {
    "home": (lambda assessment: reverse("assessments:home"), 7),
    "team": (lambda assessment: reverse("assessments:team", args=[assessment.team.code]), 12),
    # All that the pre-flight looks at: also evidence, action plan and preliminary ratings.
    "assessment": (lambda assessment: assessment.get_absolute_url(), 23),
    "process": (lambda assessment: reverse("assessments:edit", args=[assessment.pk]), 12),
    "workspace, criteria": (lambda assessment: _indicator(assessment, "2.2"), 15),
    "workspace, measure": (lambda assessment: _indicator(assessment, "1.3"), 15),
    "workspace, both": (lambda assessment: _indicator(assessment, "2.1"), 15),
    "workspace, carried": (lambda assessment: _indicator(assessment, "7.1"), 15),
}


def _indicator(assessment, code):
    return reverse("assessments:indicator", args=[assessment.pk, code])


def make_small():
    """A team's first two years, nearly empty: the least that shows every kind of PI."""
    team = make_team()
    before = make_assessment(team=team, year=2021)
    origin = make_rating(assessment=before, code="7.1", met=["a-all"], rating=Rating.MEETS)
    assessment = make_assessment(team=team, year=2022)
    make_carried_rating(origin=origin, assessment=assessment)
    make_membership(team=team, role=Role.COORDINATOR)
    _give(assessment, make_plan(cycle=assessment.cooperation_framework), documents=1)
    return assessment


def make_large():
    """Eight years, forty members, half of them assigned, every PI answered or carried.

    Every PI has two action points of four years and twenty documents, 300 in all.
    """
    team = make_team(code="KGZ", country="Kyrgyzstan")
    years = {year: make_assessment(team=team, year=year) for year in range(2015, 2023)}
    members = [
        make_membership(team=team, entity=make_entity(acronym=f"E{number}")) for number in range(40)
    ][:20]
    for origin in list(years[2021].indicator_ratings.all()):
        code = origin.indicator.code
        first = make_rating(assessment=years[2021], code=code, **_answers(code), findings="Text.")
        if code in {"7.1", "6.1", "5.2", "5.1", "4.3", "4.2"}:
            make_carried_rating(origin=first, assessment=years[2022], assigned=members)
        else:
            make_rating(assessment=years[2022], code=code, assigned=members, **_answers(code))
    make_membership(team=team, role=Role.COORDINATOR)
    plan = make_plan(cycle=years[2022].cooperation_framework)
    _give(years[2022], plan, years=range(2019, 2023), documents=20)
    _give(years[2022], plan, years=range(2019, 2023), first=16)
    return years[2022]


def _give(assessment, plan, *, years=(2021,), documents=0, first=1):
    """Give every PI an action point with an activity in each of these years, and documents."""
    ratings = assessment.indicator_ratings.in_order().select_related("indicator")
    for number, rating in enumerate(ratings, start=first):
        point = make_point(plan=plan, number=number, code=rating.indicator.code)
        for year in years:
            make_activity(point=point, year=year)
        for page in range(documents):
            link = f"https://example.org/{number}/{page}"
            make_citation(rating=rating, document=make_link(team=assessment.team, link=link))


def _answers(code):
    if code in {"1.3", "4.2"}:
        return {"entries": [(1, 2)] * 12}
    if code == "2.1":
        return {"met": "bc", "entries": [(1, 2)] * 12}
    return {"met": ["a", "b", "c", "a-all", "a-one"], "refused": ["d"]}


def queries(client, assessment, url):
    user = assessment.team.memberships.get(role=Role.COORDINATOR).user
    client.force_login(user)
    client.get(url)  # the first page of a process reads the rules of the edition
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured]


@pytest.mark.parametrize(("address", "budget"), PAGES.values(), ids=PAGES)
def test_page_keeps_its_budget_whatever_the_size_of_the_team(client, address, budget):
    small, large = make_small(), make_large()
    few = queries(client, small, address(small))
    many = queries(client, large, address(large))
    assert len(many) <= budget, "\n".join(many)
    assert len(many) == len(few)
