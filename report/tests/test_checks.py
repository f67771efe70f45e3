"""The pre-flight as a whole: order, queries, texts and people, its page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Membership
from accounts.tests.factories import make_entity, make_membership
from actionplan.models import ActionPoint, Activity
from actionplan.tests.factories import make_plan, make_point
from assessments.cycle.missing import missing_for_endorsement
from assessments.models import Assessment, IndicatorRating
from assessments.tests.factories import (
    make_assessment,
    make_carried_rating,
    make_person,
    make_preliminary,
    make_quiet_assessment,
    make_rating,
)
from report.checks import Severity, blocking_sentences, preflight
from report.tests.checking import found
from report.tests.factories import make_citation

pytestmark = pytest.mark.django_db
Role = Membership.Role
TEXTS = dict.fromkeys(("process", "rationale", "team_role", "unct_engagement"), "Text.")


def make_clear_assessment():
    """An assessment in which nothing is left to mend: five PIs reassessed, the others carried."""
    before = make_assessment(year=2021, state="accepted")
    assessment = make_assessment(team=before.team, **TEXTS)
    for number, origin in enumerate(before.indicator_ratings.all()):
        code = origin.indicator.code
        if number < 10:
            origin.rating = origin.computed_rating = 3
            origin.save()
            make_carried_rating(origin=origin, assessment=assessment)
        else:
            rating = assessment.indicator_ratings.get(indicator__code=code)
            keys = rating.indicator.criteria.filter(measure=None).values_list("key", flat=True)
            entries = [(1, 1)] if rating.indicator.measures.exists() else []
            make_rating(
                assessment=assessment, code=code, met=list(keys), entries=entries, rating=4,
                difference_reason="So.", findings="Seen.",
            )  # fmt: skip
            make_citation(rating=rating)
    IndicatorRating.objects.filter(assessment=assessment, is_reassessed=True).update(
        computed_rating=4
    )
    return assessment


def test_nothing_is_found_where_all_is_in_order():
    assert preflight(make_clear_assessment()) == []


def test_what_blocks_comes_first_then_warnings_in_the_order_of_the_indicators():
    assessment = make_assessment()

    checks = preflight(assessment)

    severities = [check.severity for check in checks]
    assert severities == sorted(severities, key=[Severity.BLOCKS, Severity.WARNS].index)
    warned = [check.code for check in checks if check.severity == Severity.WARNS]
    order = [rating.indicator.code for rating in assessment.indicator_ratings.in_order()]
    assert warned == sorted(warned, key=lambda code: order.index(code) if code else len(order))


def test_blocking_sentences_are_those_of_the_checks_that_block():
    assessment = make_quiet_assessment(**TEXTS)
    make_rating(assessment=assessment, met="abcd", rating=4, findings="Seen.")

    assert blocking_sentences(assessment) == [
        "PI 2.2 is rated Exceeds without a single document. Cite what shows it.",
        "1 PI is reassessed; an annual assessment asks for at least 5. Choose more.",
    ]


def test_what_the_move_refuses_by_itself_is_not_said_twice():
    assessment = make_fall()
    make_rating(assessment=assessment, code="1.1", rating=None)

    by_the_move = {str(missing).split(":")[0] for missing in missing_for_endorsement(assessment)}
    besides = blocking_sentences(assessment)

    assert {"PI 2.2", "PI 1.1"} <= by_the_move
    assert not [sentence for sentence in besides if sentence.startswith("PI ")]


def make_fall():
    """PI 2.2 falls without a reason, and has no findings."""
    before = make_assessment(year=2021, state="accepted")
    make_rating(assessment=before, met="abcd", rating=4, difference_reason="So.")
    assessment = make_assessment(team=before.team)
    make_rating(assessment=assessment, met="bc", rating=3)
    return assessment


def count_queries(assessment):
    with CaptureQueriesContext(connection) as queries:
        preflight(assessment)
    return len(queries)


def test_preflight_takes_the_same_queries_however_much_there_is_to_find():
    small = make_carried_rating().assessment
    make_citation(rating=make_rating(assessment=small, code="1.1"))
    plan = make_plan(cycle=small.cooperation_framework)
    Activity.objects.create(action_point=make_point(plan=plan), year=2022, text="One.")
    few = count_queries(small)

    for number, code in enumerate(("1.1", "1.2", "3.1", "3.2"), start=2):
        rating = make_rating(assessment=small, code=code, met=["b"])
        make_citation(rating=rating, title=f"Document {number}")
        point = make_point(plan=plan, number=number, code=code)
        point.other_indicators.add(rating.indicator)
        for year in (2021, 2022):
            Activity.objects.create(action_point=point, year=year, text="One.")
        membership = make_membership(
            team=small.team, entity=make_entity(acronym=f"E{number}", name="E")
        )
        make_preliminary(rating=rating, membership=membership, value=2)

    assert ActionPoint.objects.count() == 5
    assert count_queries(small) == few
    assert few <= 16


# Texts and people


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("process", Severity.BLOCKS),
        ("rationale", Severity.BLOCKS),
        ("team_role", Severity.WARNS),
        ("unct_engagement", Severity.WARNS),
    ],
)
def test_empty_text_is_named_and_leads_to_its_field(name, severity):
    assessment = make_assessment(**TEXTS | {name: ""})

    (check,) = found(assessment, f"no-{name.replace('_', '-')}")

    assert check.severity == severity
    assert check.url == f"/assessments/{assessment.pk}/edit/#id_{name}"


def test_comprehensive_assessment_needs_no_rationale():
    assert found(make_assessment(kind="comprehensive"), "no-rationale") == []


def test_a_rationale_written_for_another_choice_is_named():
    assessment = make_assessment(**TEXTS | {"rationale": "We chose 2.2."}, kind="annual")
    assessment.indicator_ratings.exclude(indicator__code__in=["2.2", "3.1"]).update(
        is_reassessed=False
    )

    (check,) = found(assessment, "rationale-leaves-out")

    assert check.sentence.startswith("The rationale does not speak of 3.1, chosen as well.")
    assert check.url == f"/assessments/{assessment.pk}/edit/#id_rationale"


# Pages


def get(client, assessment, name="report:checks"):
    client.force_login(make_person(assessment=assessment))
    return client.get(reverse(name, args=[assessment.pk])).content.decode()


@pytest.mark.parametrize("name", ["report:checks", "assessments:detail"])
def test_page_shows_each_sentence_as_a_link_to_its_field(client, name):
    assessment = make_rating(met="b", rating=3, difference_reason="So.").assessment

    page = get(client, assessment, name)

    for check in preflight(assessment):
        assert f'<a href="{check.url}"' in page


@pytest.mark.parametrize("name", ["report:checks", "assessments:detail"])
def test_page_says_that_nothing_is_to_be_mended(client, name):
    assessment = make_clear_assessment()
    membership = make_membership(team=assessment.team)
    make_preliminary(rating=assessment.indicator_ratings.first(), membership=membership, value=2)

    assert "Nothing to mend: every check is clear." in get(client, assessment, name)


def test_person_who_can_mend_nothing_is_led_to_where_it_can_be_read(client):
    assessment = make_assessment()
    client.force_login(make_person(Role.OBSERVER, assessment=assessment))

    page = client.get(reverse("report:checks", args=[assessment.pk])).content.decode()

    assert f'href="/assessments/{assessment.pk}/#process"' in page
    assert "/edit/" not in page


@pytest.mark.parametrize("name", ["report:checks", "assessments:detail"])
@pytest.mark.parametrize("state", ["planning", "scoring", "consolidation"])
def test_page_calls_it_still_to_come_until_the_ratings_are_consolidated(client, name, state):
    assessment = make_assessment(state=state)

    page = get(client, assessment, name)

    is_early = state != "consolidation"
    assert ("Still to come" in page) == is_early
    assert ("in the way of the request for endorsement" in page) != is_early
    assert ("<summary>Still to come: " in page) == (is_early and name == "assessments:detail")


def test_page_of_a_closed_assessment_says_that_it_has_to_be_reopened(client):
    assessment = make_assessment()
    Assessment.objects.update(state="endorsed")

    assert "can be mended once it is reopened" in get(client, assessment)
