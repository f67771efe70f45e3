import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, Mail
from accounts.tests.factories import make_entity, make_membership
from actionplan.tests.factories import make_plan, make_point
from assessments.models import AssessmentEvent
from assessments.transitions import TransitionRefused
from endorsement import closing, transitions
from endorsement.effect import Effect
from endorsement.forms import DelegationForm
from endorsement.models import Ask, Decision, Delegation, ReportVersion, Seat
from endorsement.seats import outcome_of, standings
from endorsement.tests.flow import quick_printer, reopened, team
from endorsement.versions import changes_since, has_changed, latest

__all__ = ["quick_printer", "team"]
pytestmark = pytest.mark.django_db


def refused(call, match):
    with pytest.raises(TransitionRefused, match=match):
        call()


def answers(team):
    """What each seat says now, by entity; "" while it is asked."""
    rows = standings(team.now, today=team.today)
    return {row.seat.entity.acronym: row.decision.kind if row.decision else "" for row in rows}


# The request


def test_a_request_makes_version_one_and_asks_every_seat(team):
    assessment = team.request(note="Please read chapter 7.")
    version = ReportVersion.objects.get()
    assert assessment.state == "endorsement"
    assert (version.number, version.change, version.made_by) == (1, "first", team.coordinator)
    assert {seat.entity.acronym for seat in Seat.objects.all()} == {"UNDP", "FAO", "RCO"}
    assert Ask.objects.filter(version=version).count() == 3
    assert version.pdf.read().startswith(b"%PDF")
    assert b"2.2" in version.html.read()
    assert not has_changed(assessment, version)


def test_a_request_writes_a_mail_to_each_head_that_leads_to_their_own_page(
    team, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        team.request(note="Please read chapter 7.", due=team.today + timedelta(days=9))
    mails = Mail.objects.filter(event="to_decide")
    assert {mail.recipient for mail in mails} == {team.undp, team.fao, team.rc}
    mail = mails.get(recipient=team.undp)
    assert mail.link == f"https://scorecard.example.org{team.seat(team.undp).get_absolute_url()}"
    assert "Please read chapter 7." in mail.text
    assert "Please decide by" in mail.text
    assert "version 1 of the gender equality scorecard" in mail.text
    assert "Endorsed when everybody has decided, somebody endorses and nobody objects." in mail.text


def test_what_blocks_refuses_the_request_and_leaves_nothing_behind(team, settings):
    refused(lambda: team.request(blocking=["PI 4.3 stands above its criteria."]), "PI 4.3 stands")
    assert team.now.state == "consolidation"
    assert not ReportVersion.objects.exists()
    assert not Seat.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*.pdf"))


def test_a_request_that_is_refused_after_printing_leaves_no_file_behind(team, settings):
    team.request()
    team.decide(team.undp)
    reopened(team, findings="Better.")
    before = set(settings.MEDIA_ROOT.rglob("*.*"))
    refused(lambda: team.request(kind="quorum", quorum=2), "decided under another rule")
    assert set(settings.MEDIA_ROOT.rglob("*.*")) == before


def test_to_ask_everybody_the_first_time_is_to_ask_them(team):
    team.request(is_raised=True)
    assert team.seat(team.undp).asks.count() == 1


def test_a_team_without_heads_cannot_ask(team):
    team.assessment.team.memberships.exclude(user=team.coordinator).update(ended_on=team.today)
    refused(team.request, "no head of agency")


def test_a_quorum_larger_than_the_team_is_refused(team):
    refused(lambda: team.request(kind="quorum", quorum=4), "4 would have to endorse, .* 3 seats")


def test_a_report_that_changes_while_it_is_printed_is_not_put_before_anybody(team, monkeypatch):
    from endorsement import versions

    printed = versions.printed

    def print_slowly(report, **options):
        row = team.assessment.indicator_ratings.get(indicator__code="2.2")
        row.findings = "Changed meanwhile."
        row.save()
        return printed(report, **options)

    monkeypatch.setattr(versions, "printed", print_slowly)
    refused(team.request, "changed while it was being printed")
    assert team.now.state == "consolidation"
    assert not ReportVersion.objects.exists()


# Decisions


def test_a_decision_is_bound_to_the_version_and_stands_in_the_log(team):
    team.request()
    decision = team.decide(team.undp, comment="With pleasure.")
    assert decision.version == latest(team.assessment)
    assert decision.in_words == "Endorsed with a comment"
    entry = AuditEntry.objects.filter(action="decision").order_by("number").last()
    said = "UNDP, Version 1: Endorsed with a comment"
    sealed = f"SHA-256 {decision.version.sha256}, of the decision {decision.seal}"
    assert entry.detail == f"{said}, {sealed}"


def test_a_changed_mind_is_a_further_row_and_the_last_counts(team):
    team.request()
    team.decide(team.undp, "object", codes=["2.2"])
    team.decide(team.undp)
    assert Decision.objects.count() == 2
    assert answers(team) == {"RCO": "", "FAO": "", "UNDP": "endorse"}


def test_an_objection_names_pis_and_reaches_the_coordinator(team):
    team.request()
    decision = team.decide(team.fao, "object", codes=["2.2", "4.3"], comment="Both are too high.")
    assert decision.codes == ["2.2", "4.3"]
    mail = Mail.objects.get(event="to_mend")
    assert mail.recipient == team.coordinator
    assert "PI 2.2, 4.3: Both are too high." in mail.text


@pytest.mark.parametrize(("comment", "indicators"), [("", [1]), ("Because.", [])])
def test_an_objection_without_reason_or_pi_is_refused(team, comment, indicators):
    team.request()
    refused(
        lambda: transitions.decide(
            team.seat(team.fao),
            by=team.fao,
            kind="object",
            sha256=latest(team.assessment).sha256,
            comment=comment,
            indicators=indicators,
        ),
        "Name the PIs that you object to",
    )
    assert not Decision.objects.exists()


def test_nobody_else_decides_for_a_seat(team):
    team.request()
    refused(lambda: team.decide(team.fao, seat=team.seat(team.undp)), "Today .* decides")


def test_a_decision_on_a_version_that_was_replaced_is_refused(team):
    team.request()
    first = latest(team.assessment).sha256
    reopened(team, findings="All is rather well.")
    team.request()
    refused(lambda: team.decide(team.undp, sha256=first), "Version 2 has come since")


def test_no_decision_is_made_outside_endorsement(team):
    team.request()
    reopened(team)
    refused(lambda: team.decide(team.undp), "is in “Consolidation” by now")


def test_whoever_has_left_decides_no_more_and_the_successor_is_asked(team):
    team.request()
    seat = team.seat(team.undp)
    seat.membership.ended_on = team.today
    seat.membership.save()
    refused(lambda: team.decide(team.undp, seat=seat), "has no seat")
    successor = make_membership(
        team=team.assessment.team, role="head_of_agency", entity=make_entity(acronym="UNDP")
    ).user
    team.decide(team.fao)
    assert team.seat(successor).asks.get().version == latest(team.assessment)
    assert answers(team) == {"RCO": "", "FAO": "endorse", "UNDP": ""}
    mail = Mail.objects.get(recipient=successor)
    assert (mail.event, mail.link) == ("to_decide", team.address(successor))


# Officers-in-charge


def officer_for(team, **days):
    days = {"first_day": team.today, "last_day": team.today} | days
    officer = make_membership(team=team.assessment.team)
    seat = team.seat(team.undp)
    return transitions.delegate(seat, officer=officer, by=team.undp, site="https://x.org", **days)


def test_an_officer_in_charge_decides_on_the_days_named_and_is_told(team):
    team.request()
    delegation = officer_for(team)
    officer = delegation.officer.user
    decision = team.decide(officer, seat=team.seat(team.undp))
    assert (decision.by, decision.delegation) == (officer, delegation)
    assert "You decide as officer-in-charge" in Mail.objects.get(recipient=officer).text


def test_the_log_names_the_days_of_an_officer_as_everything_else_does(team):
    team.request()
    officer_for(team, first_day=date(2099, 11, 28), last_day=date(2099, 12, 2))
    entry = AuditEntry.objects.filter(action="decision").first()
    assert "decides from 28 Nov 2099 to 2 Dec 2099" in entry.detail


@pytest.mark.parametrize("role", ["observer", "coordinator"])
def test_who_reads_and_who_asks_is_no_officer_in_charge(team, role):
    team.request()
    officer = make_membership(team=team.assessment.team, role=role)
    also = make_membership(team=team.assessment.team, user=officer.user, role="member")
    seat = team.seat(team.undp)
    offered = DelegationForm(seat=seat).fields["officer"].queryset
    assert officer not in offered
    assert (also in offered) == (role == "observer")
    assert offered.filter(user=team.fao).exists()
    assert not offered.filter(user=team.undp).exists()
    days = {"first_day": team.today, "last_day": team.today}
    refused(
        lambda: transitions.delegate(seat, officer=officer, by=team.undp, **days),
        "Choose a member of the assessment team",
    )


def test_an_officer_in_charge_does_not_decide_on_another_day(team):
    team.request()
    tomorrow = team.today + timedelta(days=1)
    officer = officer_for(team, first_day=tomorrow, last_day=tomorrow).officer.user
    refused(lambda: team.decide(officer, seat=team.seat(team.undp)), "Today .* decides")


def test_the_days_of_a_delegation_follow_the_clock_of_the_team(team):
    team.request()
    country = team.assessment.team
    country.time_zone = "Asia/Almaty"
    country.save()
    evening = datetime(2022, 11, 30, 20, 30, tzinfo=UTC)  # there the first of December has begun
    Delegation.objects.create(
        seat=team.seat(team.undp),
        officer=make_membership(team=country, user=team.coordinator, role="member"),
        first_day=datetime(2022, 12, 1).date(),
        last_day=datetime(2022, 12, 1).date(),
        made_by=team.undp,
        made_at=evening,
    )
    seat = team.seat(team.undp)
    assert team.decide(team.coordinator, seat=seat, at=evening)
    before = evening - timedelta(hours=3)
    refused(lambda: team.decide(team.coordinator, seat=seat, at=before), "Today .* decides")


def test_a_delegation_taken_back_lets_nobody_decide(team):
    team.request()
    delegation = officer_for(team)
    transitions.withdraw_delegation(delegation, by=team.undp)
    officer = delegation.officer.user
    refused(lambda: team.decide(officer, seat=team.seat(team.undp)), "Today .* decides")
    refused(lambda: transitions.withdraw_delegation(delegation, by=team.undp), "already")


def test_two_officers_do_not_decide_on_the_same_days(team):
    team.request()
    officer_for(team)
    refused(lambda: officer_for(team), "on some of these days")
    assert Delegation.objects.count() == 1


def test_days_that_are_over_are_not_delegated(team):
    team.request()
    past = team.today - timedelta(days=3)
    refused(lambda: officer_for(team, first_day=past, last_day=past), "over already")


# Later versions


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


# Closing


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
