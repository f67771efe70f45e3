"""Asking the heads of agency, what they decide, and who decides for them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import AuditEntry, Mail
from accounts.tests.factories import make_entity, make_membership
from endorsement import transitions
from endorsement.forms import DelegationForm
from endorsement.models import Ask, Decision, Delegation, ReportVersion, Seat
from endorsement.tests.flow import answers, quick_printer, refused, reopened, team
from endorsement.versions import has_changed, latest

__all__ = ["quick_printer", "team"]
pytestmark = pytest.mark.django_db


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
