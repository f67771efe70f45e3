"""Mail that is written with a change: who gets it, when, and what happens without a server."""

from datetime import timedelta
from io import StringIO

import pytest
from aiosmtpd.controller import Controller
from django.core import mail as django_mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Mail, Membership, User
from accounts.outbox import Event, digest, notify, sending
from accounts.outbox.events import NEWS
from accounts.outbox.notice import Failing
from accounts.outbox.schedule import PAUSES, pause_after
from accounts.tests.factories import make_membership, make_team, make_user
from accounts.tests.test_smtp import Inbox, free_port

pytestmark = pytest.mark.django_db
State = Mail.State
SITE = "https://scorecard.example.org"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = SITE


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def person():
    return make_user(name="Amina B.")


@pytest.fixture
def no_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    return settings


@pytest.fixture
def server(no_server):
    """Return the inbox of a mail server that listens where there was none."""
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=no_server.EMAIL_PORT)
    controller.start()
    yield inbox
    controller.stop()


def ask(team, *people, **facts):
    """Ask for a decision, which is told at once."""
    defaults = {"link": "/assessments/1/", "by": "Coordinator", "assessment": f"{team}, 2022"}
    defaults |= {"version": {"number": 1}, "rule": "", "before": "", "until": None, "comment": ""}
    return notify(Event.TO_DECIDE, to=people, team=team, **defaults | facts)


def tell(team, *people, **facts):
    """Give news, which can wait."""
    defaults = {"link": "/assessments/1/", "by": "Reviewer", "assessment": f"{team}, 2022"}
    return notify(Event.ACCEPTED, to=people, team=team, **defaults | facts)


def run_queue():
    out, err = StringIO(), StringIO()
    call_command("send_mail_queue", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


# What is written down


def test_a_mail_that_asks_leaves_after_the_transaction(
    team, person, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        (mail,) = ask(team, person)
        assert django_mail.outbox == []
    (sent,) = django_mail.outbox
    assert sent.to == [person.email]
    assert sent.subject == "Please decide on the report: UNCT in Kazakhstan, 2022"
    assert f"{SITE}/assessments/1/" in sent.body
    mail.refresh_from_db()
    assert mail.state == State.SENT


def test_what_is_taken_back_is_never_told(team, person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        ask(team, person)
        transaction.set_rollback(True)
    assert django_mail.outbox == []
    assert not Mail.objects.exists()


def test_each_person_is_told_once_and_who_may_not_sign_in_never(team, person):
    mails = ask(team, person, User.objects.get(pk=person.pk), make_user(is_active=False))
    assert [mail.recipient for mail in mails] == [person]


@pytest.mark.parametrize(
    ("news", "state"),
    [(User.News.AT_ONCE, State.WAITING), (User.News.DAILY, State.HELD), (User.News.NEVER, None)],
)
def test_news_comes_as_the_person_chose_and_what_asks_at_once(team, news, state):
    person = make_user(news=news)
    assert [mail.state for mail in tell(team, person)] == ([state] if state else [])
    assert [mail.state for mail in ask(team, person)] == [State.WAITING]


def test_a_person_chooses_on_the_page_of_the_account(client, person):
    client.force_login(person)
    client.post(reverse("accounts:profile"), {"name": person.name, "news": "never"})
    person.refresh_from_db()
    assert person.news == User.News.NEVER
    assert "News: not at all" in client.get(reverse("accounts:account")).content.decode()


def test_a_choice_that_there_is_not_is_refused_with_its_own_status(client, person):
    client.force_login(person)
    sent = {"name": person.name, "news": "monthly"}
    assert client.post(reverse("accounts:profile"), sent).status_code == 422


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "waiting", "next_try_at": None},
        {"state": "held", "next_try_at": timezone.now()},
        {"state": "sent"},
        {"state": "given_up", "sent_at": timezone.now()},
        {"state": "lost"},
    ],
)
def test_the_table_holds_no_mail_in_between(person, fields):
    with pytest.raises(IntegrityError):
        Mail.objects.create(
            recipient=person, event="x", subject="x", text="x", created_at=timezone.now(), **fields
        )


# A real mail server, and none


def test_without_a_server_the_change_stands_and_the_mail_waits(
    team, person, no_server, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        (mail,) = ask(team, person)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (State.WAITING, 1)
    assert mail.last_fault == "The mail server did not answer."
    assert mail.next_try_at > timezone.now() + timedelta(minutes=4)


def test_the_queue_sends_what_waits_once_the_server_is_back(team, person, server):
    (mail,) = ask(team, person)
    assert run_queue() == ("1 sent, 0 waiting.\n", "")
    (envelope,) = server.mails
    assert envelope.rcpt_tos == [person.email]
    assert run_queue() == ("0 sent, 0 waiting.\n", "")
    mail.refresh_from_db()
    assert (mail.state, mail.last_fault) == (State.SENT, "")


def test_the_queue_says_what_did_not_go_and_puts_off_the_rest(team, no_server):
    ask(team, make_user(), make_user())
    out, err = run_queue()
    assert out == "0 sent, 2 waiting.\n"
    assert err.count("The mail server did not answer.") == 2
    assert set(Mail.objects.values_list("attempts", flat=True)) == {1}


def test_an_address_that_the_server_refuses_is_given_up_and_the_others_arrive(team, server):
    refused, other = make_user(email="refused@example.org"), make_user()
    lost, _other = ask(team, refused, other)
    run_queue()
    assert [envelope.rcpt_tos for envelope in server.mails] == [[other.email]]
    lost.refresh_from_db()
    assert (lost.state, lost.last_fault) == (
        State.GIVEN_UP,
        "The mail server refused the address.",
    )


def test_a_mail_is_tried_for_days_and_then_given_up(team, person, no_server):
    (mail,) = ask(team, person)
    for _attempt in range(len(PAUSES) + 1):
        Mail.objects.filter(state=State.WAITING).update(next_try_at=timezone.now())
        run_queue()
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (State.GIVEN_UP, len(PAUSES) + 1)


def test_what_another_run_is_sending_is_left_to_it(team, person):
    (mail,) = ask(team, person)
    assert sending._claimed(mail.pk)
    assert sending.send([mail.pk]) == []
    assert django_mail.outbox == []


def test_what_a_killed_run_left_is_sent_by_a_later_one(team, person):
    (mail,) = ask(team, person)
    sending._claimed(mail.pk)
    later = timezone.now() - timedelta(seconds=1)
    Mail.objects.update(next_try_at=later)
    assert [sent.pk for sent in sending.send_due()] == [mail.pk]


def test_old_mails_are_forgotten_unless_they_wait(team, person):
    long_ago = timezone.now() - timedelta(days=91)
    ask(team, person, at=long_ago)
    tell(team, make_user(news=User.News.AT_ONCE), at=long_ago)
    Mail.objects.filter(event="to_decide").update(next_try_at=timezone.now() + timedelta(days=1))
    run_queue()
    assert [mail.event for mail in Mail.objects.all()] == ["to_decide"]


@given(st.integers(min_value=1, max_value=100))
def test_pauses_grow_and_end(attempts):
    pause, following = pause_after(attempts), pause_after(attempts + 1)
    assert (pause is None) == (attempts > len(PAUSES))
    assert following is None or following >= pause


# The daily mail


def test_news_of_a_day_comes_the_day_after_in_one_mail(
    team, person, django_capture_on_commit_callbacks
):
    yesterday = timezone.now() - timedelta(days=1)
    tell(team, person, at=yesterday)
    tell(team, person, at=yesterday, link="/assessments/2/")
    with django_capture_on_commit_callbacks(execute=True):
        digest.gather()
    with django_capture_on_commit_callbacks(execute=True):
        assert digest.gather() == []
    (sent,) = django_mail.outbox
    assert sent.subject == "2 pieces of news from the scorecard"
    assert f"{SITE}/assessments/1/" in sent.body
    assert f"{SITE}/assessments/2/" in sent.body
    assert f"{SITE}/account/" in sent.body


def test_the_daily_mail_says_of_each_piece_when_who_and_what_in_order(team, person):
    told = timezone.now().replace(hour=12) - timedelta(days=3)
    tell(team, person, at=told, by="Rosa", comment="Thorough work.\n\nThank you.")
    tell(team, person, at=told + timedelta(days=1), by="Ben", assessment="Kenya, 2022")
    (mail,) = digest.gather()
    first = (
        f"{date_format(told)}: Accepted by UN Women: UNCT in Kazakhstan, 2022\nRosa has accepted"
    )
    second = f"{date_format(told + timedelta(days=1))}: Accepted by UN Women: Kenya, 2022\nBen has"
    assert 0 < mail.text.index(first) < mail.text.index(second)
    assert "Thorough work.\n\nThank you.\n" in mail.text
    assert mail.text.count("Dear Amina B.,") == 1
    assert mail.text.count(f"{SITE}/assessments/1/") == 2


@pytest.mark.parametrize("event", sorted(NEWS))
def test_what_the_daily_mail_takes_in_begins_with_a_greeting_which_it_leaves_out(settings, event):
    text = (settings.BASE_DIR / "templates" / "mail" / f"{event}.txt").read_text()
    assert "Dear {{ name }}," in text.splitlines()[1]


def test_the_daily_mail_of_a_site_without_an_address_has_the_one_of_its_links(
    team, person, settings
):
    settings.SITE_URL = ""
    yesterday = timezone.now() - timedelta(days=1)
    tell(team, person, at=yesterday, site="http://localhost:8202")
    (mail,) = digest.gather()
    assert "http://localhost:8202/account/" in mail.text


def test_news_of_today_waits_for_tomorrow(team, person):
    tell(team, person)
    assert digest.gather() == []


# What the coordinator sees


def test_the_coordinator_reads_how_many_mails_wait_why_and_until_when(
    client, team, person, no_server
):
    ask(team, person, make_user())
    run_queue()
    at = timezone.localtime(Mail.objects.earliest("next_try_at").next_try_at)
    client.force_login(make_membership(team=team, role=Membership.Role.COORDINATOR).user)
    page = client.get(team.people_url).content.decode()
    assert (
        f"2 mails are waiting. The mail server did not answer. Trying again at {at:%H:%M}; "
        "nothing is lost." in page
    )


def test_who_cannot_be_reached_is_named(team, person, server):
    person.email = "refused@example.org"
    person.save()
    ask(team, person)
    run_queue()
    failing = Failing.of(team)
    assert (failing.waiting, failing.given_up) == (0, ["Amina B."])


def test_where_all_mails_left_nothing_is_said(client, team, person):
    ask(team, person)
    run_queue()
    assert Failing.of(team) is None
    client.force_login(make_membership(team=team, role=Membership.Role.COORDINATOR).user)
    assert "waiting" not in client.get(team.people_url).content.decode()


@pytest.mark.parametrize("event", Event)
def test_each_event_has_a_text_of_its_own(settings, event):
    assert (settings.BASE_DIR / "templates" / "mail" / f"{event}.txt").exists()
