"""manage.py close_endorsements: silence endorses after the last day; reminders come before."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Mail
from accounts.tests.factories import make_membership
from endorsement import letters, reminders, transitions
from endorsement.models import Endorsement, EndorsementRule
from endorsement.tests.flow import SITE, quick_printer, team

__all__ = ["quick_printer", "team"]
DUE = date(2022, 12, 1)
ALMATY = "Asia/Almaty"  # six hours before UTC in 2022: the day there ends at 18:00 UTC
ASKED = datetime(2022, 11, 20, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_URL = SITE


@pytest.fixture
def silent(team):
    """A team in Almaty that counts silence after 1 Dec 2022 as endorsement, asked on 20 Nov."""
    country_team = team.assessment.team
    country_team.time_zone = ALMATY
    country_team.save()
    team.request(kind="no_objection", due=DUE, at=ASKED)
    Mail.objects.all().delete()
    return team


def run(at: datetime) -> str:
    """Run it as if it were that moment."""
    said = StringIO()
    with pytest.MonkeyPatch.context() as clock:
        clock.setattr(timezone, "now", lambda: at)
        call_command("close_endorsements", stdout=said)
    return said.getvalue()


def reminded() -> list[str]:
    mails = Mail.objects.filter(event="to_decide").order_by("recipient__name")
    return [mail.recipient.email for mail in mails]


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


def test_silence_endorses_when_the_day_is_over_where_the_team_is(silent):
    assert run(datetime(2022, 12, 1, 17, 59, tzinfo=UTC)) != "UNCT in Kazakhstan, 2022: endorsed.\n"
    assert silent.now.state == "endorsement"
    assert run(datetime(2022, 12, 1, 18, 1, tzinfo=UTC)) == "UNCT in Kazakhstan, 2022: endorsed.\n"
    assert silent.now.state == "endorsed"
    endorsement = Endorsement.objects.get()
    assert endorsement.by is None
    assert '"endorsed_on":"2022-12-02"' in endorsement.record.replace(" ", "")


def test_one_objection_keeps_the_report_open_after_the_last_day(silent):
    silent.decide(silent.fao, "object", at=ASKED)
    assert run(datetime(2022, 12, 5, 8, tzinfo=UTC)) == ""
    assert silent.now.state == "endorsement"


def test_running_it_again_endorses_and_writes_nothing_twice(silent):
    after = datetime(2022, 12, 2, 8, tzinfo=UTC)
    run(after)
    events, mails = silent.assessment.events.count(), Mail.objects.count()
    assert run(after) == ""
    assert Endorsement.objects.count() == 1
    assert (silent.assessment.events.count(), Mail.objects.count()) == (events, mails)


@pytest.mark.parametrize(
    ("days_before", "is_reminded"),
    [(8, False), (7, True), (6, False), (3, True), (2, False), (1, True), (0, True), (-1, False)],
)
def test_heads_who_have_not_decided_are_reminded_on_four_days(silent, days_before, is_reminded):
    silent.decide(silent.undp, at=ASKED)
    run(morning(DUE - timedelta(days=days_before)))
    waiting = sorted([silent.fao.email, silent.rc.email])
    assert sorted(reminded()) == (waiting if is_reminded else [])


def test_a_day_begins_where_the_team_is(silent):
    run(datetime(2022, 11, 23, 17, 59, tzinfo=UTC))
    assert not reminded()
    run(datetime(2022, 11, 23, 18, 1, tzinfo=UTC))
    assert len(reminded()) == 3


def test_nobody_is_reminded_twice_on_a_day_however_often_it_runs(silent):
    for hour in range(0, 12, 3):
        run(datetime(2022, 11, 24, hour, tzinfo=UTC))
    assert len(reminded()) == 3


def test_a_reminder_leads_to_the_seat_and_names_the_last_day(silent):
    run(morning(DUE))
    mail = Mail.objects.filter(recipient=silent.fao).get()
    assert f"{SITE}{silent.seat(silent.fao).get_absolute_url()}" in mail.text
    assert "your decision is still missing" in mail.text
    assert "1 Dec 2022" in mail.text


def test_a_rule_without_a_day_reminds_and_closes_nothing(team):
    team.request(kind="all", at=ASKED)
    Mail.objects.all().delete()
    assert run(morning(DUE)) == ""
    assert not reminded()


def test_what_a_decision_fulfilled_but_nobody_closed_is_closed(team):
    team.request(kind="quorum", quorum=2, at=ASKED)
    team.decide(team.undp, at=ASKED)
    team.decide(team.rc, at=ASKED)
    assert "endorsed." in run(morning(DUE))
    assert EndorsementRule.objects.get().quorum == 2


def officer_from(silent, first_day):
    """Named on 20 Nov to decide for UNDP."""
    return transitions.delegate(
        silent.seat(silent.undp),
        officer=make_membership(team=silent.assessment.team),
        first_day=first_day,
        last_day=DUE,
        by=silent.undp,
        site=SITE,
        at=ASKED,
    ).officer.user


def test_an_officer_in_charge_is_asked_once_on_the_first_day_where_the_team_is(silent):
    officer = officer_from(silent, date(2022, 11, 26))
    run(datetime(2022, 11, 25, 17, 59, tzinfo=UTC))
    assert not Mail.objects.filter(recipient=officer)
    for at in (datetime(2022, 11, 25, 18, 1, tzinfo=UTC), morning(date(2022, 11, 26))):
        run(at)
    run(morning(date(2022, 11, 27)))
    mail = Mail.objects.get(recipient=officer)
    assert (mail.event, mail.link) == ("to_decide", silent.address(silent.undp))
    assert "You decide as officer-in-charge" in mail.text


def test_an_officer_who_was_asked_when_named_is_not_asked_again(silent):
    officer = officer_from(silent, ASKED.date())
    run(ASKED + timedelta(minutes=5))
    assert Mail.objects.filter(recipient=officer).count() == 1


def test_an_officer_of_a_long_request_is_not_asked_again_when_old_mails_are_deleted(team):
    asked = timezone.now() - timedelta(days=100)
    team.request(at=asked)
    delegation = team.seat(team.undp).delegations.create(
        officer=make_membership(team=team.assessment.team),
        first_day=asked.date(), last_day=timezone.now().date() + timedelta(days=30),
        made_by=team.undp, made_at=asked,
    )  # fmt: skip
    assert reminders.ask_officers(team.now, site=SITE, at=asked) == 1
    Mail.objects.update(state="sent", sent_at=asked, next_try_at=None)
    call_command("send_mail_queue", stdout=StringIO())
    assert letters.officer_was_asked(delegation)
    assert reminders.ask_officers(team.now, site=SITE) == 0


def test_an_officer_is_not_asked_for_a_head_who_has_decided(silent):
    officer = officer_from(silent, date(2022, 11, 26))
    silent.decide(silent.undp, at=ASKED)
    run(morning(date(2022, 11, 26)))
    assert not Mail.objects.filter(recipient=officer)


def test_without_the_address_of_the_site_it_stops_before_it_begins(silent, settings):
    settings.SITE_URL = ""
    with pytest.raises(CommandError, match="SITE_URL is not set"):
        run(datetime(2022, 12, 2, 8, tzinfo=UTC))
    assert silent.now.state == "endorsement"
