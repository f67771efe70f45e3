"""Inviting, and taking an invitation: what is written, what is sent, what is refused."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.utils import timezone

from accounts import invitation_mail
from accounts.invitations import (
    InvitationsRefused,
    accept,
    accept_as_new_person,
    invite,
    resend,
    revoke,
    why_closed,
)
from accounts.models import Invitation, Membership, PeopleEvent, User
from accounts.models.invitation import VALID_FOR
from accounts.outbox.schedule import PAUSES
from accounts.tests.factories import (
    PASSWORD,
    make_entity,
    make_invitation,
    make_membership,
    make_team,
    make_user,
)
from accounts.transitions import TransitionRefused

pytestmark = pytest.mark.django_db
Role = Membership.Role
SITE = "https://scorecard.example.org"


class AbsentServer(EmailBackend):
    def open(self):
        raise ConnectionRefusedError("nobody listens")


class PickyServer(EmailBackend):
    """Takes every mail but the one to refused@example.org."""

    def send_messages(self, messages):
        if messages[0].to == ["refused@example.org"]:
            raise smtplib.SMTPRecipientsRefused({})
        return super().send_messages(messages)


def unsaved(email="amina@example.org", role=Role.MEMBER, **fields):
    return Invitation(email=email, role=role, entity=make_entity(), **fields)


@pytest.fixture
def send(django_capture_on_commit_callbacks):
    """Return a function that calls another and lets the mails go as after a commit."""

    def send(function, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            return function(*args, **kwargs)

    return send


def kinds():
    return list(PeopleEvent.objects.order_by("pk").values_list("kind", "person"))


# Inviting


def test_each_invited_person_gets_a_mail_with_a_link_of_their_own(send):
    team, coordinator = make_team(), make_user(name="Coordinating Person")
    people = [unsaved(name="Amina B."), unsaved("cyrus@example.org", Role.OBSERVER)]
    send(invite, people, team=team, by=coordinator, site=SITE)
    first, second = mail.outbox
    assert (first.to, second.to) == (["amina@example.org"], ["cyrus@example.org"])
    assert first.subject == "Invitation to the gender equality scorecard of the UNCT in Kazakhstan"
    assert first.body.startswith("Dear Amina B.,\n\nCoordinating Person invites you")
    assert "as IAT member for UNDP" in first.body
    assert f"{SITE}/join/" in first.body
    links = {line for m in mail.outbox for line in m.body.splitlines() if line.startswith(SITE)}
    assert len(links) == 2
    assert set(team.invitations.values_list("sent_at", flat=True)) != {None}
    assert kinds() == [("invited", "amina@example.org"), ("invited", "cyrus@example.org")]


def test_the_link_of_the_mail_opens_the_invitation_and_is_stored_nowhere(send):
    team = make_team()
    send(invite, [unsaved()], team=team, by=make_user(), site=SITE)
    [link] = [line for line in mail.outbox[0].body.splitlines() if line.startswith(SITE)]
    token = link.split("/")[-2]
    assert Invitation.objects.by_token(token).get() == team.invitations.get()
    assert token not in str(list(Invitation.objects.values()))


def test_names_in_a_mail_are_not_turned_into_html(send):
    send(invite, [unsaved(name="O'Brien & Son")], team=make_team(), by=make_user(), site=SITE)
    assert "Dear O'Brien & Son," in mail.outbox[0].body


def test_an_invitation_is_kept_when_there_is_no_mail_server(send, settings):
    settings.EMAIL_BACKEND = f"{__name__}.AbsentServer"
    team = make_team()
    send(invite, [unsaved(), unsaved("cyrus@example.org")], team=team, by=make_user(), site=SITE)
    assert list(team.invitations.values_list("sent_at", flat=True)) == [None, None]
    state = team.invitations.first().state(timezone.now())
    assert state == Invitation.State.NOT_SENT


def test_one_address_that_the_mail_server_refuses_does_not_stop_the_others(send, settings):
    settings.EMAIL_BACKEND = f"{__name__}.PickyServer"
    team = make_team()
    people = [unsaved("refused@example.org"), unsaved("taken@example.org")]
    send(invite, people, team=team, by=make_user(), site=SITE)
    assert team.invitations.get(email="refused@example.org").sent_at is None
    assert team.invitations.get(email="taken@example.org").sent_at is not None


def test_who_has_the_role_already_is_named_and_nobody_is_invited():
    membership = make_membership(role=Role.MEMBER)
    people = [unsaved("new@example.org"), unsaved(membership.user.email)]
    with pytest.raises(InvitationsRefused) as refusal:
        invite(people, team=membership.team, by=make_user(), site=SITE)
    assert refusal.value.sentences == [
        f"{membership.user.email} is in this team already, as IAT member."
    ]
    assert not Invitation.objects.exists()
    assert not PeopleEvent.objects.exists()


def test_somebody_who_left_can_be_invited_again():
    membership = make_membership(role=Role.MEMBER)
    membership.ended_on = timezone.now().date()
    membership.save()
    invite([unsaved(membership.user.email)], team=membership.team, by=make_user(), site=SITE)
    assert membership.team.invitations.count() == 1


def test_a_member_can_be_invited_to_a_second_role():
    membership = make_membership(role=Role.MEMBER)
    people = [unsaved(membership.user.email, Role.HEAD_OF_AGENCY)]
    assert invite(people, team=membership.team, by=make_user(), site=SITE)


def test_who_has_an_open_invitation_is_not_invited_twice():
    open_one = make_invitation(email="amina@example.org")
    with pytest.raises(InvitationsRefused, match="has an invitation as IAT member already"):
        invite([unsaved()], team=open_one.team, by=make_user(), site=SITE)


# Trying again


def links() -> list[str]:
    return [line for m in mail.outbox for line in m.body.splitlines() if line.startswith(SITE)]


@pytest.fixture
def not_sent(send, settings):
    """An invitation that found no mail server; by now there is one again."""
    settings.SITE_URL = SITE
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.AbsentServer"
    [invitation] = send(invite, [unsaved()], team=make_team(), by=make_user(), site=SITE)
    settings.EMAIL_BACKEND = working
    return Invitation.objects.get(pk=invitation.pk)


def test_what_no_mail_server_took_is_tried_again_with_a_link_that_works(not_sent):
    assert invitation_mail.retry(site=SITE, at=not_sent.next_try_at) == [not_sent]
    [link] = links()
    fresh = Invitation.objects.by_token(link.split("/")[-2]).get()
    assert (fresh.pk, fresh.state(timezone.now())) == (not_sent.pk, Invitation.State.WAITING)
    assert fresh.next_try_at is None
    assert not invitation_mail.retry(site=SITE, at=timezone.now() + timedelta(days=1))


def test_it_is_not_tried_before_its_time(not_sent):
    early = not_sent.next_try_at - timedelta(minutes=1)
    assert not invitation_mail.retry(site=SITE, at=early)
    assert not links()


def test_the_pauses_grow_until_it_is_given_up(not_sent, settings):
    settings.EMAIL_BACKEND = f"{__name__}.AbsentServer"
    tries = 0
    while (row := Invitation.objects.get()).next_try_at:
        assert row.next_try_at - timezone.now() > PAUSES[tries] - timedelta(minutes=1)
        Invitation.objects.update(next_try_at=timezone.now())
        invitation_mail.retry(site=SITE)
        tries += 1
    assert (tries, row.attempts) == (len(PAUSES), len(PAUSES) + 1)
    assert row.state(timezone.now()) == Invitation.State.NOT_SENT


def test_a_withdrawn_invitation_is_not_tried_again(not_sent):
    revoke(not_sent, by=make_user())
    assert not invitation_mail.retry(site=SITE, at=not_sent.next_try_at)
    assert not links()


def test_the_queue_of_mails_sends_invitations_too(not_sent, capsys):
    Invitation.objects.update(next_try_at=timezone.now())
    call_command("send_mail_queue")
    assert capsys.readouterr().out == "1 sent, 0 waiting.\n"
    assert len(links()) == 1


# Sending again, withdrawing


def test_sending_again_makes_a_new_link_for_fourteen_days_and_ends_the_old(send):
    invitation = make_invitation(at=timezone.now() - timedelta(days=30))
    send(resend, invitation, by=make_user(), site=SITE)
    fresh = Invitation.objects.get(pk=invitation.pk)
    assert not Invitation.objects.by_token(invitation.token).exists()
    assert fresh.state(timezone.now()) == Invitation.State.WAITING
    assert fresh.expires_at - timezone.now() > VALID_FOR - timedelta(minutes=1)


def test_a_withdrawn_invitation_cannot_be_sent_again_accepted_or_withdrawn_twice():
    invitation, coordinator = make_invitation(), make_user()
    revoke(invitation, by=coordinator)
    for move in (resend, revoke):
        with pytest.raises(TransitionRefused, match="has been withdrawn"):
            move(invitation, by=coordinator, **({"site": SITE} if move is resend else {}))
    with pytest.raises(TransitionRefused, match="has been withdrawn"):
        accept(invitation, by=make_user())
    assert not Membership.objects.exists()
    assert kinds() == [("revoked", invitation.email)]


# Accepting


def test_accepting_makes_a_member_once():
    invitation, user = make_invitation(role=Role.COORDINATOR), make_user(name="Amina B.")
    membership = accept(invitation, by=user)
    assert (membership.user, membership.team) == (user, invitation.team)
    assert (membership.role, membership.entity) == (Role.COORDINATOR, invitation.entity)
    with pytest.raises(TransitionRefused, match="has been accepted already"):
        accept(invitation, by=make_user())
    assert Membership.objects.count() == 1
    assert kinds() == [("joined", "Amina B.")]


def test_a_person_may_belong_to_several_teams():
    user = make_user()
    for code in ("KAZ", "KGZ"):
        accept(make_invitation(team=make_team(code=code, country=code)), by=user)
    assert user.memberships.active().count() == 2


def test_an_invitation_expires_after_fourteen_days():
    at = timezone.now()
    invitation = make_invitation(at=at)
    assert why_closed(invitation, at=at + timedelta(days=13, hours=23)) == ""
    with pytest.raises(TransitionRefused, match="Ask Coordinating Person to send it again"):
        accept(invitation, by=make_user(), at=at + timedelta(days=14))
    assert not Membership.objects.exists()


def test_accepting_a_role_one_has_already_keeps_the_one_membership():
    membership = make_membership(role=Role.MEMBER)
    invitation = make_invitation(team=membership.team)
    assert accept(invitation, by=membership.user) == membership
    assert Membership.objects.count() == 1


def test_a_new_person_gets_an_account_with_a_proved_address():
    invitation = make_invitation(email="amina@example.org")
    membership = accept_as_new_person(invitation, name="Amina B.", password=PASSWORD)
    user = membership.user
    assert (user.email, user.name) == ("amina@example.org", "Amina B.")
    assert user.check_password(PASSWORD)
    assert user.emailaddress_set.get().verified


def test_no_second_account_is_made_for_an_address():
    make_user(email="amina@example.org")
    invitation = make_invitation(email="amina@example.org")
    with pytest.raises(TransitionRefused, match="Sign in, then accept the invitation"):
        accept_as_new_person(invitation, name="Amina B.", password=PASSWORD)
    assert not Membership.objects.exists()


def test_an_expired_invitation_makes_no_account():
    invitation = make_invitation(at=timezone.now() - timedelta(days=15))
    with pytest.raises(TransitionRefused, match="expired"):
        accept_as_new_person(invitation, name="Amina B.", password=PASSWORD)
    assert not User.objects.filter(email=invitation.email).exists()
