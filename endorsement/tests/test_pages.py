"""The pages of an endorsement: for the coordinator, for a head of agency, for the team."""

import time
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry
from accounts.tests.factories import make_entity, make_membership
from actionplan.tests.factories import make_plan, make_point
from assessments.tests.factories import make_person, make_rating
from assessments.tests.pages import text_of
from endorsement import transitions
from endorsement.models import Decision, Delegation, Endorsement, ReportVersion
from endorsement.tests.factories import make_delegation
from endorsement.tests.flow import quick_printer, reopened, team
from endorsement.versions import latest
from report.html import SCREEN_STYLES

__all__ = ["quick_printer", "team"]
pytestmark = pytest.mark.django_db


def signed_in(user, *, minutes_ago=0):
    """A client of a person who signed in so long ago, and was not asked again since."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods_user"] = str(user.pk)
    at = time.time() - 60 * minutes_ago
    session["account_authentication_methods"] = [
        {"method": "password", "at": at, "email": user.email}
    ]
    session.save()
    return client


def url(name, *arguments):
    return reverse(f"endorsement:{name}", args=arguments)


def decide(team, user, verb="endorse", *, client=None, **sent):
    sent = {"sha256": latest(team.assessment).sha256} | sent
    return (client or signed_in(user)).post(url(verb, team.seat(user).pk), sent, follow=True)


# The request


def test_the_request_page_names_who_is_asked_and_what_is_missing(team):
    row = team.assessment.indicator_ratings.get(indicator__code="2.2")
    row.findings = ""
    row.save()
    page = text_of(signed_in(team.coordinator).get(url("request", team.assessment.pk)))
    assert "3 people have a seat" in page
    assert "PI 2.2: no findings" in page
    assert page.count("2.2") == 1
    assert "Here you will choose the rule and the last day" in page
    assert "Nobody objects by the last day" not in page


def ready(assessment):
    """Nothing blocks the request: five PIs are reassessed and agreed, the process is described."""
    assessment.process, assessment.rationale = "We met.", "We chose them."
    assessment.save()
    for code in ["1.1", "1.2", "2.1", "2.3"]:
        make_rating(
            assessment=assessment, code=code, rating=1, findings="Not yet.", is_reassessed=True
        )


def test_a_request_by_the_page_makes_a_version_and_asks_every_seat(team):
    sent = {"kind": "quorum", "quorum": "2", "note": "Please read chapter 7."}
    ready(team.assessment)
    answer = signed_in(team.coordinator).post(url("request", team.assessment.pk), sent, follow=True)
    assert "The heads of agency are asked" in text_of(answer)
    version = ReportVersion.objects.get()
    assert (version.number, version.note) == (1, "Please read chapter 7.")
    assert version.asks.count() == 3
    assert (team.now.state, team.now.endorsement_rule.quorum) == ("endorsement", 2)


def test_a_request_by_the_page_is_refused_for_what_the_checks_find(team):
    answer = signed_in(team.coordinator).post(
        url("request", team.assessment.pk), {"kind": "all", "note": ""}
    )
    assert answer.status_code == 422
    refusal = text_of(answer).split("Endorsement cannot be requested.")[1]
    assert "1 PI is reassessed; an annual assessment asks for at least 5." in refusal
    assert team.now.state == "consolidation"
    assert not ReportVersion.objects.exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"kind": "quorum"}, "Say how many have to endorse."),
        ({"kind": "quorum", "quorum": "9"}, "The team has 3 seats: choose at most so many."),
        ({"kind": "no_objection"}, "Say by which day an objection has to come."),
        ({"kind": "all", "due": "2022-01-01"}, "Choose a day after today"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_at_its_field(team, sent, sentence):
    answer = signed_in(team.coordinator).post(url("request", team.assessment.pk), sent)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def after_the_first_request(team, **changed):
    """UNDP has endorsed and FAO not decided; then the coordinator reopened it and changed this."""
    team.request()
    team.decide(team.undp)
    reopened(team, **changed)
    return text_of(signed_in(team.coordinator).get(url("request", team.assessment.pk)))


def test_before_an_editorial_change_is_asked_the_page_says_whose_decisions_stay(team):
    page = after_the_first_request(team, findings="All is very well.")
    assert "Nobody who has decided." in page
    assert "UNDP" in page.split("Their decisions stay:")[1].split("Asked already")[0]
    assert "FAO" in page.split("not decided yet")[1]
    assert "everybody is asked again" in page
    assert "Asked for the first time" not in page
    assert "people have a seat" not in page
    team.request()
    assert team.seat(team.undp).asks.count() == 1


def test_an_objection_that_a_change_does_not_ask_again_is_pointed_out(team):
    team.request()
    team.decide(team.undp)
    reopened(team, findings="Better.")
    client, address = signed_in(team.coordinator), url("request", team.assessment.pk)
    assert "An objection stands" not in text_of(client.get(address))
    team.request()
    team.decide(team.fao, "object", codes=["2.2"])
    reopened(team, findings="Better still.")
    assert "An objection stands until its head changes it." in text_of(client.get(address))


def test_a_head_who_came_since_is_named_as_asked_for_the_first_time(team):
    entity = make_entity(acronym="WHO")
    make_membership(team=team.assessment.team, role="head_of_agency", entity=entity)
    team.request()
    make_membership(
        team=team.assessment.team, role="head_of_agency", entity=make_entity(acronym="ILO")
    )
    reopened(team, findings="Better.")
    page = text_of(signed_in(team.coordinator).get(url("request", team.assessment.pk)))
    new = page.split("Asked for the first time")[1].split("With")[0]
    assert "ILO" in new
    assert "WHO" not in new


def test_before_a_rating_is_asked_the_page_says_who_decides_once_more(team):
    page = after_the_first_request(team, rating=2)
    assert "UNDP" in page.split("what they decided counts no more")[1].split("Asked already")[0]
    assert "Their decisions stay:" not in page
    team.request()
    assert team.seat(team.undp).asks.count() == 2


def test_the_page_of_a_version_is_styled_like_the_report(team):
    team.request()
    page = signed_in(team.undp).get(url("version", team.assessment.pk, 1)).content.decode()
    assert [name for name in SCREEN_STYLES if f"/{name}" not in page] == []


# The head's page


def test_the_page_of_a_head_says_what_is_asked_and_what_concerns_the_agency(team):
    plan = make_plan(cycle=team.assessment.cooperation_framework)
    make_point(plan=plan, text="Train the focal points.", lead=make_entity(acronym="UNDP"))
    make_point(plan=plan, number=2, text="Other work.", lead=make_entity(acronym="FAO"))
    team.request(due=team.today + timedelta(days=9), note="Please read chapter 7.")
    page = text_of(signed_in(team.undp).get(team.seat(team.undp).get_absolute_url()))
    assert "asks you to endorse version 1" in page
    assert "Please decide by" in page
    assert "Please read chapter 7." in page
    assert "1 of 15" in page
    assert "Train the focal points." in page
    assert "Other work." not in page
    assert "Endorse version 1" in page


def test_the_page_of_a_head_shows_the_plan_of_the_version_that_is_decided_on(team):
    plan = make_plan(cycle=team.assessment.cooperation_framework)
    undp, fao = make_entity(acronym="UNDP"), make_entity(acronym="FAO")
    point = make_point(plan=plan, text="Train them.", lead=fao, due=date(2023, 6, 30))
    point.supporting.add(undp)
    team.request()
    point.text = "Write a paper."
    point.save()
    point.supporting.clear()
    address = team.seat(team.undp).get_absolute_url()
    page = text_of(signed_in(team.undp).get(address))
    assert "The report was changed after version 1 was made." in page
    assert "Train them." in page
    assert "due 30 Jun 2023" in page
    assert "Write a paper." not in page
    transitions.take_in_changes(team.now, by=team.coordinator)
    page = text_of(signed_in(team.undp).get(address))
    assert "No open action point names your agency." in page
    assert "The report was changed" not in page


def test_the_page_of_a_head_costs_a_fixed_number_of_queries(team, django_assert_max_num_queries):
    team.request()
    client = signed_in(team.undp)
    address = team.seat(team.undp).get_absolute_url()
    client.get(address)
    with django_assert_max_num_queries(31):
        client.get(address)


def test_the_page_of_a_head_is_seen_by_the_team_and_offers_others_no_button(team):
    team.request()
    address = team.seat(team.undp).get_absolute_url()
    member = make_person("member", assessment=team.assessment)
    page = text_of(signed_in(member).get(address))
    assert "nothing is asked of you here now" in page
    assert "Endorse version 1" not in page


def test_every_form_on_the_page_of_a_head_can_be_sent(team):
    team.request()
    make_delegation(
        seat=team.seat(team.undp), first_day=team.today, last_day=team.today + timedelta(days=3)
    )
    page = signed_in(team.undp).get(team.seat(team.undp).get_absolute_url()).content.decode()
    forms = page.split('<form method="post"')[1:]
    assert len(forms) == 3  # sign out, decide, take the delegation back
    assert all("csrfmiddlewaretoken" in form.split("</form>")[0] for form in forms)


def test_a_head_endorses_with_a_comment(team):
    team.request()
    page = text_of(decide(team, team.undp, comment="Well done."))
    assert "Recorded: Endorsed." in page
    assert "Endorsed with a comment" in page
    assert Decision.objects.get().comment == "Well done."


def test_the_last_decision_by_the_page_endorses_the_report(team):
    team.request()
    for user in (team.undp, team.fao):
        decide(team, user)
    assert "the report is endorsed" in text_of(decide(team, team.rc))
    assert Endorsement.objects.get().by == team.rc


def test_an_objection_names_a_pi_or_is_refused_with_the_comment_kept(team):
    team.request()
    refused = decide(team, team.fao, "object", comment="Too high.")
    assert refused.status_code == 422
    assert "Name at least one PI that you object to." in text_of(refused)
    assert "Too high." in refused.content.decode()
    indicator = team.assessment.indicator_ratings.get(indicator__code="2.2").indicator
    page = text_of(decide(team, team.fao, "object", comment="High.", indicators=[indicator.pk]))
    assert "Objected: PI 2.2" in page


def test_a_decision_asks_again_who_it_is_after_a_quarter_of_an_hour(team):
    team.request()
    client = signed_in(team.undp, minutes_ago=16)
    address = url("endorse", team.seat(team.undp).pk)
    answer = client.post(address, {"sha256": latest(team.assessment).sha256})
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not Decision.objects.exists()
    answer = client.post(answer.url, {"password": "a long enough password"}, follow=True)
    assert Decision.objects.get().by == team.undp


def test_a_page_of_an_old_version_decides_nothing_and_keeps_what_was_written(team):
    team.request()
    old = latest(team.assessment).sha256
    reopened(team, rating=2)
    team.request()
    indicator = team.assessment.indicator_ratings.get(indicator__code="2.2").indicator
    written = {"comment": "Nobody does this.", "indicators": [indicator.pk]}
    answer = decide(team, team.undp, "object", sha256=old, **written)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Version 2 has come since you opened this page." in page
    assert "Your decision is not stored yet." in page
    assert "Nobody does this.</textarea>" in page
    assert '<details class="object" open>' in page
    assert not Decision.objects.exists()
    form = answer.context["form"]
    assert form["indicators"].value() == [str(indicator.pk)]
    new = page.split('name="sha256" value="')[1].split('"')[0]
    decide(team, team.undp, "object", sha256=new, **written)
    assert Decision.objects.get().codes == ["2.2"]


def test_a_page_of_an_old_version_opens_the_form_of_whoever_has_decided_before(team):
    team.request()
    old = latest(team.assessment).sha256
    decide(team, team.undp)
    reopened(team, findings="Better.")
    team.request()
    answer = decide(team, team.undp, "object", sha256=old, comment="No.", indicators=["1"])
    assert '<details class="decide-again" open>' in answer.content.decode()


def test_where_nothing_is_decided_any_more_the_page_says_so(team, monkeypatch):
    team.request()

    def endorsed_meanwhile(seat, **facts):
        type(seat.assessment).objects.update(state="endorsed")
        raise transitions.TransitionRefused("It is endorsed by now.")

    monkeypatch.setattr(transitions, "decide", endorsed_meanwhile)
    answer = decide(team, team.undp)
    assert answer.redirect_chain
    assert "It is endorsed by now." in text_of(answer)


def test_a_head_who_is_asked_again_reads_why(team):
    team.request()
    decide(team, team.undp)
    reopened(team, rating=2)
    team.request()
    page = text_of(signed_in(team.undp).get(team.seat(team.undp).get_absolute_url()))
    assert "so you are asked again" in page
    assert "PI 2.2 material Rating: Meets → now Approaches" in page
    assert "Meets" in page
    assert "Approaches" in page


def test_a_head_names_an_officer_who_then_decides(team):
    team.request()
    officer = make_membership(team=team.assessment.team)
    sent = {
        "officer": officer.pk,
        "first_day": team.today,
        "last_day": team.today + timedelta(days=3),
    }
    address = url("delegate", team.seat(team.undp).pk)
    answer = signed_in(team.undp).post(address, sent, follow=True)
    assert "decides for you on these days" in text_of(answer)
    client = signed_in(officer.user)
    page = decide(team, team.undp, client=client)
    assert "Recorded: Endorsed." in text_of(page)
    assert Decision.objects.get().delegation == Delegation.objects.get()
    answer = signed_in(team.undp).post(url("withdraw", Delegation.objects.get().pk), follow=True)
    assert "you decide yourself again" in text_of(answer)
    assert client.post(url("endorse", team.seat(team.undp).pk)).status_code == 403


# For the team


def test_the_page_of_the_endorsement_shows_who_decided_what(team):
    team.request(kind="quorum", quorum=2)
    decide(team, team.undp, comment="Well done.")
    page = text_of(signed_in(team.coordinator).get(url("detail", team.assessment.pk)))
    assert "Of 3 seats 1 endorsed, 0 objected, 0 abstained, 2 did not answer." in page
    assert "Endorsed when 2 heads of agency endorse" in page
    assert "Well done." in page


def test_the_page_of_the_endorsement_costs_a_fixed_number_of_queries(
    team, django_assert_max_num_queries
):
    team.request()
    for number in range(3):
        make_membership(
            team=team.assessment.team,
            role="head_of_agency",
            entity=make_entity(acronym=f"E{number}"),
        )
    decide(team, team.undp)
    client = signed_in(team.rc)
    with django_assert_max_num_queries(30):
        client.get(url("detail", team.assessment.pk))


def test_the_coordinator_is_told_when_the_report_changed_and_takes_it_in(team):
    team.request()
    make_membership(team=team.assessment.team, entity=make_entity(acronym="UNFPA"))
    client = signed_in(team.coordinator)
    page = text_of(client.get(url("detail", team.assessment.pk)))
    assert "says something else by now than Version 1" in page
    assert "UNFPA" in text_of(client.get(url("new_version", team.assessment.pk)))
    answer = client.post(url("new_version", team.assessment.pk), {"note": "joined"}, follow=True)
    assert "Version 2 is before the heads of agency." in text_of(answer)


def test_a_report_that_is_held_says_so_and_offers_no_closing(team):
    team.request(kind="quorum", quorum=1)
    type(team.assessment).objects.update(comments="One more comment.")
    decide(team, team.undp)
    page = text_of(signed_in(team.coordinator).get(url("detail", team.assessment.pk)))
    assert "The rule is fulfilled, but the report is not endorsed before these changes" in page
    assert "Close the endorsement" not in page


def test_reminding_names_who_is_missing_and_goes_once_a_day(team):
    team.request()
    decide(team, team.undp)
    client = signed_in(team.coordinator)
    page = text_of(client.get(url("remind", team.assessment.pk)))
    assert "2 mails go to the people below" in page
    answer = client.post(url("remind", team.assessment.pk), follow=True)
    assert "2 people are reminded." in text_of(answer)
    answer = client.post(url("remind", team.assessment.pk), follow=True)
    assert "0 people are reminded." in text_of(answer)


def test_closing_before_the_rule_is_fulfilled_changes_nothing(team):
    team.request()
    answer = signed_in(team.coordinator).post(url("close", team.assessment.pk), follow=True)
    assert "not endorsed yet" in text_of(answer)
    assert team.now.state == "endorsement"


def test_a_version_is_read_as_it_was_stored(team):
    team.request()
    reopened(team, findings="Another text altogether.")
    client = signed_in(team.undp)
    page = text_of(client.get(url("version", team.assessment.pk, 1)))
    assert "All is well." in page
    assert "Another text altogether." not in page
    version = latest(team.assessment)
    file = client.get(url("version_pdf", team.assessment.pk, 1))
    assert b"".join(file.streaming_content) == version.pdf.read()
    content = client.get(url("version_json", team.assessment.pk, 1))
    assert content.content.decode() == version.content
    assert AuditEntry.objects.filter(action="export").count() == 2


# The endorsed report


def test_the_endorsed_report_is_what_was_stored_whatever_changes(team):
    team.request()
    endorsement = team.endorse_all()
    row = team.assessment.indicator_ratings.get(indicator__code="2.2")
    row.findings = "Written past all rules."
    row.save()
    client = signed_in(team.undp)
    address = reverse("report:pdf", args=[team.assessment.pk])
    file = client.get(address, follow=True)
    assert b"".join(file.streaming_content) == endorsement.pdf.read()
    page = text_of(client.get(reverse("report:detail", args=[team.assessment.pk])))
    assert "All is well." in page
    assert "Written past all rules." not in page
    assert "Endorsed by the UNCT on" in page
    assert "Annex: record of endorsement" in page
    content = client.get(reverse("report:json", args=[team.assessment.pk]))
    assert b"".join(content.streaming_content).decode() == endorsement.version.content


def test_what_was_endorsed_before_there_was_a_record_is_shown_as_it_stands(team):
    team.assessment.state = "endorsed"
    team.assessment.save()
    client = signed_in(team.undp)
    assert client.get(reverse("report:detail", args=[team.assessment.pk])).status_code == 200
    page = text_of(client.get(url("detail", team.assessment.pk)))
    assert "There is no record of endorsement for this report." in page
