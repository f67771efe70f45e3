import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership
from accounts.tests.factories import make_entity, make_membership, make_user
from assessments.edition import indicators_of
from assessments.tests.factories import make_assessment, make_carried_rating, make_rating
from report.contents import AssessmentReport
from report.tests.factories import make_action_point, make_citation
from report.tests.lookup import findings_of

pytestmark = pytest.mark.django_db


def count_queries(assessment):
    indicators_of(assessment.framework)  # read once a process
    with CaptureQueriesContext(connection) as queries:
        AssessmentReport.of(assessment)
    return len(queries)


# Queries


def test_report_takes_the_same_queries_however_much_there_is_to_say():
    small = make_carried_rating().assessment
    make_citation(rating=small.indicator_ratings.get(indicator__code="1.1"))
    make_action_point(assessment=small, activities={2021: "Begun."})
    make_rating(assessment=small, code="1.3", entries=[(1, 2)])
    few = count_queries(small)

    for code in ("1.1", "1.2", "3.1", "3.2"):
        rating = make_rating(assessment=small, code=code, met=["b"])
        for number in range(3):
            make_citation(rating=rating, title=f"Document {number}")
        make_action_point(assessment=small, code=code, activities={2021: "One.", 2022: "Two."})
    for _number in range(4):
        make_membership(team=small.team)
    for year, code in enumerate(("4.1", "4.2", "5.1"), start=2018):
        earlier = make_assessment(team=small.team, year=year)
        origin = make_rating(assessment=earlier, code=code, met=["a"], rating=1, findings="Seen.")
        origin.difference_reason = "So."
        origin.save()
        make_carried_rating(origin=origin, assessment=small)

    assert count_queries(small) == few
    assert few <= 14


def test_assessment_that_was_fetched_alone_stays_within_the_budget():
    assessment = make_carried_rating().assessment
    bare = type(assessment).objects.get(pk=assessment.pk)

    assert count_queries(bare) <= 14


# Cover


def test_annual_report_is_named_so():
    cover = AssessmentReport.of(make_assessment()).cover

    assert cover.title == "UNCT-SWAP Gender Equality Scorecard"
    assert cover.subtitle == "Annual progress assessment report and action plan"
    assert (cover.team, cover.year, cover.edition) == ("UNCT in Kazakhstan", 2022, "2018")
    assert cover.file_stem == "UNCT-SWAP KAZ 2022 annual progress report"


def test_comprehensive_report_is_named_so():
    cover = AssessmentReport.of(make_assessment(kind="comprehensive")).cover

    assert cover.subtitle == "Comprehensive assessment report and action plan"
    assert cover.file_stem == "UNCT-SWAP KAZ 2022 comprehensive report"


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        ("planning", "Draft: not yet endorsed"),
        ("endorsement", "Draft: not yet endorsed"),
        ("endorsed", "Endorsed by the UNCT"),
        ("submitted", "Endorsed by the UNCT and submitted to UN Women"),
        ("accepted", "Endorsed by the UNCT and accepted by UN Women"),
    ],
)
def test_cover_says_how_far_the_report_is_endorsed(state, standing):
    assert AssessmentReport.of(make_assessment(state=state)).cover.standing == standing


# Process


def test_assessment_team_is_listed_by_entity_and_function_with_coordinators_first():
    assessment = make_assessment()
    women = make_entity(acronym="UN Women", name="UN Women")
    for name, role in (("Analyst, UN Women", "member"), ("Lead, UN Women", "coordinator")):
        make_membership(team=assessment.team, user=make_user(name=name), role=role, entity=women)
    make_membership(
        team=assessment.team,
        user=make_user(name="Officer, FAO"),
        entity=make_entity(acronym="FAO", name="FAO"),
    )

    process = AssessmentReport.of(assessment).process

    assert [entity.acronym for entity in process.entities] == ["FAO", "UN Women"]
    people = process.entities[1].people
    assert [(person.function, person.is_coordinator) for person in people] == [
        ("Lead", True),
        ("Analyst", False),
    ]


def test_heads_of_agency_and_observers_are_no_part_of_the_assessment_team():
    assessment = make_assessment()
    for role in (Membership.Role.HEAD_OF_AGENCY, Membership.Role.OBSERVER):
        make_membership(team=assessment.team, role=role)

    assert AssessmentReport.of(assessment).process.entities == ()


def test_coordinator_who_is_a_member_too_appears_once():
    assessment, person = make_assessment(), make_user(name="Lead")
    for role in ("member", "coordinator"):
        make_membership(team=assessment.team, user=person, role=role)

    (entity,) = AssessmentReport.of(assessment).process.entities

    assert [(row.function, row.is_coordinator) for row in entity.people] == [("Lead", True)]


# Text


def test_control_characters_never_reach_the_contents():
    rating = make_rating(findings="a\x00b\x0bc\x1b[31m\u202ed")

    assert findings_of(AssessmentReport.of(rating.assessment), "2.2").findings == "ab\nc[31md"
