"""When the decisions fulfil the rule, and what stays on record."""

import json
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, Mail
from accounts.tests.factories import make_entity, make_membership
from assessments.models import AssessmentEvent
from endorsement import closing, transitions
from endorsement.models import ReportVersion
from endorsement.seats import outcome_of
from endorsement.tests.flow import answers, quick_printer, refused, reopened, team
from endorsement.versions import latest

__all__ = ["quick_printer", "team"]
pytestmark = pytest.mark.django_db


def test_the_last_decision_endorses_the_report(team):
    team.request()
    team.decide(team.undp)
    assert team.close() is None
    team.decide(team.fao, "abstain")
    team.decide(team.rc)
    endorsement = team.close(by=team.rc)
    assert team.now.state == "endorsed"
    assert endorsement.by == team.rc
    assert '"decision":"Abstained"' in endorsement.record
    assert b"record of endorsement" in endorsement.html.read()
    assert AssessmentEvent.objects.last().to_state == "endorsed"


def test_an_objection_holds_it_up_and_a_quorum_does_not_mind(team):
    team.request()
    team.decide(team.fao, "object")
    for user in (team.undp, team.rc):
        team.decide(user)
    assert team.close() is None


def test_a_quorum_does_not_mind_an_objection(team):
    team.request(kind="quorum", quorum=2)
    team.decide(team.fao, "object")
    for user in (team.undp, team.rc):
        team.decide(user)
    assert team.close()


@pytest.mark.parametrize("rule", [{"kind": "quorum", "quorum": 1}, {"kind": "no_objection"}])
def test_nobody_chooses_another_rule_while_decisions_stand(team, rule):
    due = team.today + timedelta(days=5)
    team.request(due=due)
    team.decide(team.undp)
    team.decide(team.fao, "object", codes=["2.2"])
    reopened(team)
    refused(lambda: team.request(**rule, due=due), "have decided under another rule")
    assert team.now.state == "consolidation"
    team.request(due=due + timedelta(days=1))
    assert answers(team) == {"RCO": "", "FAO": "object", "UNDP": "endorse"}


def test_another_rule_comes_with_a_version_that_asks_everybody(team):
    team.request()
    team.decide(team.undp)
    reopened(team, findings="All is rather well.")
    team.request(kind="quorum", quorum=2, is_raised=True)
    assert answers(team) == {"RCO": "", "FAO": "", "UNDP": ""}
    assert team.now.endorsement_rule.kind == "quorum"


def test_version_rule_and_last_day_stand_in_the_log(team):
    team.request(due=team.today + timedelta(days=5))
    reopened(team, findings="All is rather well.")
    team.request(kind="quorum", quorum=2, is_raised=True)
    first, second = AuditEntry.objects.filter(action="decision").order_by("number")
    one, two = ReportVersion.objects.of(team.assessment)
    assert first.by == second.by == team.coordinator
    assert first.detail.startswith(
        f"Version 1 (First version), SHA-256 {one.sha256}. Endorsed when"
    )
    assert "Asked to decide by" in first.detail
    raised = "Version 2 (Material change, raised by the coordinator)"
    assert second.detail.startswith(f"{raised}, SHA-256 {two.sha256}. Endorsed when 2 heads")


def test_a_request_anew_tells_everybody_who_has_still_to_decide(team):
    team.request()
    team.decide(team.undp)
    reopened(team)
    Mail.objects.all().delete()
    team.request(due=team.today + timedelta(days=5))
    assert {mail.recipient for mail in Mail.objects.filter(event="to_decide")} == {
        team.fao,
        team.rc,
    }


def test_a_new_last_day_is_told_to_everybody_who_has_still_to_decide(team):
    team.request(due=team.today + timedelta(days=5))
    team.decide(team.undp)
    make_membership(team=team.assessment.team, entity=make_entity(acronym="UNFPA"))
    Mail.objects.all().delete()
    transitions.take_in_changes(
        team.now, by=team.coordinator, due=team.today + timedelta(days=9), note="More days."
    )
    assert {mail.recipient for mail in Mail.objects.filter(event="to_decide")} == {
        team.fao,
        team.rc,
    }


def test_whoever_is_asked_again_reads_why_and_that_the_decision_counts_no_more(team):
    team.request()
    team.decide(team.undp)
    reopened(team, rating=4)
    Mail.objects.all().delete()
    team.request()
    mail = Mail.objects.get(event="to_decide", recipient=team.undp)
    assert "Version 2 is there, please look again" in mail.subject
    assert "Your decision on Version 1, “Endorsed”, counts no more" in mail.text
    other = Mail.objects.get(event="to_decide", recipient=team.fao)
    assert "counts no more" not in other.text


def test_everybody_is_asked_again_where_the_coordinator_says_so_also_of_a_material_change(team):
    team.request()
    for user in (team.undp, team.fao, team.rc):
        team.decide(user)
    reopened(team)
    row = team.assessment.indicator_ratings.get(indicator__code="2.2")
    row.criterion_findings.filter(is_met=True).first().delete()
    team.request(is_raised=True)
    assert latest(team.assessment).change == "material"
    assert answers(team) == {"RCO": "", "FAO": "", "UNDP": ""}


def test_nobody_is_asked_again_about_a_report_that_says_the_same(team):
    team.request()
    team.decide(team.undp)
    reopened(team)
    refused(lambda: team.request(is_raised=True), "what was decided on it stands")
    assert team.now.state == "consolidation"


def test_silence_takes_back_no_objection(team):
    due = team.today + timedelta(days=5)
    late = timezone.now() + timedelta(days=9)
    team.request(kind="no_objection", due=due)
    team.decide(team.fao, "object", codes=["2.2"])
    reopened(team, rating=4)
    team.request(kind="no_objection", due=due)
    assert answers(team)["FAO"] == ""
    assert outcome_of(team.now, today=team.today).silent_objectors == 1
    assert team.close(at=late) is None
    team.decide(team.fao, at=late)
    assert team.close(at=late)


def test_what_somebody_said_who_has_left_stays_on_record_and_is_not_counted(team):
    team.request()
    team.decide(team.fao, "object", codes=["2.2"], comment="Far too high.")
    seat = team.seat(team.fao)
    seat.membership.ended_on = team.today
    seat.membership.save()
    team.decide(team.undp)
    team.decide(team.rc)
    endorsement = team.close()
    lines = json.loads(endorsement.record)["lines"]
    assert [(line["entity"], line["is_counted"]) for line in lines] == [
        ("RCO", True), ("UNDP", True), ("FAO", False),
    ]  # fmt: skip
    assert lines[-1]["answer"]["comment"] == "Far too high."
    assert "Of 2 seats 2 endorsed, 0 objected" in endorsement.record
    html = endorsement.html.read().decode()
    assert "serves here no more, not counted" in html
    assert "Far too high." in html


def test_silence_endorses_when_the_last_day_is_over_where_the_team_is(team):
    country = team.assessment.team
    country.time_zone = "Asia/Almaty"
    country.save()
    due = team.today + timedelta(days=5)
    team.request(kind="no_objection", due=due)
    midnight = datetime(due.year, due.month, due.day, tzinfo=country.clock) + timedelta(days=1)
    assert team.close(at=midnight - timedelta(minutes=1)) is None
    late = midnight + timedelta(minutes=1)
    refused(lambda: team.decide(team.fao, "object", at=late), "is over: the report counts as end")
    endorsement = team.close(at=late)
    assert endorsement.version.number == 1
    assert '"waiting"' not in endorsement.record
    assert "3 did not answer" in endorsement.record


def test_an_objection_in_time_breaks_the_silence(team):
    due = team.today + timedelta(days=5)
    team.request(kind="no_objection", due=due)
    team.decide(team.fao, "object")
    later = timezone.now() + timedelta(days=7)
    assert team.close(at=later) is None
    team.decide(team.fao, "abstain", at=later)
    assert team.close(at=later)


def test_a_decision_made_while_the_report_is_printed_is_not_passed_over(team, monkeypatch):
    team.request(kind="quorum", quorum=1)
    team.decide(team.undp)
    printed = closing.printed

    def print_slowly(report, **options):
        team.decide(team.undp, "object")
        return printed(report, **options)

    monkeypatch.setattr(closing, "printed", print_slowly)
    assert team.close() is None
    assert team.now.state == "endorsement"


def commented(team, text):
    type(team.assessment).objects.filter(pk=team.assessment.pk).update(comments=text)


def asked_to_take_in():
    return [(mail.recipient, mail.link) for mail in Mail.objects.filter(event="to_take_in")]


def test_a_report_that_changed_since_the_decisions_is_held_and_the_coordinator_told_once(team):
    team.request(kind="no_objection", due=team.today + timedelta(days=5))
    commented(team, "One more comment.")
    assert team.close() is None
    assert not asked_to_take_in()
    for user in (team.undp, team.fao, team.rc):
        team.decide(user)
    for _time in range(2):
        assert team.close() is None
    assert team.now.state == "endorsement"
    address = reverse("endorsement:new_version", args=[team.assessment.pk])
    assert asked_to_take_in() == [(team.coordinator, f"https://scorecard.example.org{address}")]
    transitions.take_in_changes(team.now, by=team.coordinator)
    assert team.close().version.number == 2
    assert len(asked_to_take_in()) == 1


def test_a_change_that_was_undone_holds_nothing_up(team):
    before = team.assessment.comments
    team.request(kind="quorum", quorum=1)
    commented(team, "One more comment.")
    team.decide(team.undp)
    assert team.close() is None
    commented(team, before)
    assert team.close().version.number == 1


def test_a_change_made_while_the_report_is_printed_holds_it_up(team, monkeypatch):
    team.request(kind="quorum", quorum=1)
    team.decide(team.undp)
    printed = closing.printed

    def print_slowly(report, **options):
        commented(team, "One more comment.")
        return printed(report, **options)

    monkeypatch.setattr(closing, "printed", print_slowly)
    assert team.close() is None
    assert team.now.state == "endorsement"


def test_a_head_who_has_not_been_asked_holds_it_up(team):
    team.request()
    for user in (team.undp, team.fao, team.rc):
        team.decide(user)
    unhcr = make_membership(
        team=team.assessment.team, role="head_of_agency", entity=make_entity(acronym="UNHCR")
    ).user
    assert team.close() is None
    assert outcome_of(team.now, today=team.today).waiting == 1
    assert team.close() is None
    mail = Mail.objects.get(recipient=unhcr)
    assert (mail.event, mail.link) == ("to_decide", team.address(unhcr))


def test_nobody_is_asked_to_decide_on_a_report_that_is_endorsed_at_once(team):
    due = team.today + timedelta(days=5)
    team.request(kind="no_objection", due=due)
    newcomer = make_membership(team=team.assessment.team, role="head_of_agency").user
    assert team.close(at=timezone.now() + timedelta(days=7))
    assert not Mail.objects.filter(recipient=newcomer, event="to_decide").exists()
