"""What a later version of a report keeps, and whom it asks again."""

import pytest

from accounts.models import Mail
from accounts.tests.factories import make_entity, make_membership
from actionplan.tests.factories import make_plan, make_point
from endorsement import transitions
from endorsement.effect import Effect
from endorsement.models import Ask, ReportVersion, Seat
from endorsement.tests.flow import answers, quick_printer, refused, reopened, team
from endorsement.versions import changes_since, has_changed, latest

__all__ = ["quick_printer", "team"]
pytestmark = pytest.mark.django_db


def test_an_editorial_change_keeps_decisions_and_asks_nobody(team):
    team.request()
    team.decide(team.undp)
    reopened(team, findings="All is rather well.")
    team.request()
    version = latest(team.assessment)
    assert (version.number, version.change) == (2, "editorial")
    assert [row["path"][-1] for row in version.difference] == ["findings"]
    assert answers(team) == {"RCO": "", "FAO": "", "UNDP": "endorse"}
    assert not Ask.objects.filter(version=version).exists()


def test_a_changed_rating_asks_everybody_again(team):
    team.request()
    team.decide(team.undp)
    reopened(team, rating=2)
    team.request()
    assert latest(team.assessment).change == "material"
    assert set(answers(team).values()) == {""}


def test_a_changed_criterion_asks_who_works_on_it_and_the_resident_coordinator(team):
    team.request()
    for user in (team.undp, team.fao, team.rc):
        team.decide(user)
    reopened(team)
    criterion = team.assessment.indicator_ratings.get(indicator__code="2.2").criterion_findings
    row = criterion.last()
    row.is_met = None
    row.save()
    team.request()
    assert answers(team) == {"RCO": "", "FAO": "endorse", "UNDP": ""}


def test_whoever_loses_an_action_point_is_asked_again_as_is_whoever_gets_it(team):
    make_membership(
        team=team.assessment.team, role="head_of_agency", entity=make_entity(acronym="WHO")
    )
    undp, fao = make_entity(acronym="UNDP"), make_entity(acronym="FAO")
    point = make_point(plan=make_plan(cycle=team.assessment.cooperation_framework), lead=undp)
    team.request()
    for seat in Seat.objects.of(team.assessment):
        team.decide(seat.membership.user)
    point.lead = fao
    point.save()
    version = latest(team.assessment)
    effect = Effect.of(team.now, changes_since(team.now, version), before=version, today=team.today)
    assert {row.seat.entity.acronym for row in effect.again} == {"RCO", "UNDP", "FAO"}
    transitions.take_in_changes(team.now, by=team.coordinator)
    assert answers(team) == {"RCO": "", "FAO": "", "UNDP": "", "WHO": "endorse"}


def test_the_coordinator_can_raise_a_class_and_then_everybody_is_asked(team):
    team.request()
    team.decide(team.fao)
    reopened(team, findings="All is rather well.")
    team.request(is_raised=True)
    version = latest(team.assessment)
    assert (version.change, version.is_raised) == ("material", True)
    assert set(answers(team).values()) == {""}


def test_what_is_material_already_is_not_marked_as_raised(team):
    team.request()
    reopened(team, rating=2)
    team.request(is_raised=True)
    version = latest(team.assessment)
    assert (version.change, version.is_raised) == ("material", False)


def test_a_request_with_the_same_content_makes_no_further_version(team):
    team.request()
    team.decide(team.undp)
    reopened(team)
    team.request()
    assert ReportVersion.objects.count() == 1
    assert answers(team)["UNDP"] == "endorse"


def test_an_objector_is_told_of_an_editorial_change_and_the_objection_stands(team):
    team.request()
    team.decide(team.fao, "object", codes=["2.2"])
    make_membership(team=team.assessment.team, entity=make_entity(acronym="UNFPA"))
    Mail.objects.all().delete()
    transitions.take_in_changes(team.now, by=team.coordinator)
    mail = Mail.objects.get(event="to_decide")
    assert mail.recipient == team.fao
    assert "Your decision on Version 1, “Objected”, stands; Version 2 has come since." in mail.text
    assert answers(team)["FAO"] == "object"


def test_changes_during_endorsement_are_taken_in_as_the_next_version(team):
    team.request()
    team.decide(team.undp)
    joined = make_membership(team=team.assessment.team, entity=make_entity(acronym="UNFPA"))
    assert has_changed(team.now, latest(team.assessment))
    version = transitions.take_in_changes(team.now, by=team.coordinator, note="UNFPA joined.")
    assert (version.number, version.change, version.note) == (2, "editorial", "UNFPA joined.")
    assert joined.entity.acronym in version.content
    assert answers(team)["UNDP"] == "endorse"


def test_taking_in_nothing_is_refused(team):
    team.request()
    refused(
        lambda: transitions.take_in_changes(team.now, by=team.coordinator),
        "says what its last version says",
    )
