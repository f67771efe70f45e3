"""Where signing in here differs from allauth's own way."""

import logging
from contextlib import suppress

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import mail
from accounts.browsers import browser_name
from accounts.models import Invitation, User

log = logging.getLogger(__name__)
INVITATION_KEY = "invitation"  # in the session, from the invitation to Microsoft and back


class AccountAdapter(DefaultAccountAdapter):
    """People come by invitation, or an administrator adds them."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "E-mail address or password is not right. Try again, or have a code sent to you."
        ),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
        "incorrect_code": _("This code is not right. The newest mail holds the one that works."),
        "incorrect_password": _("This password is not right."),
        "enter_current_password": _("This is not your present password."),
    }

    def is_open_for_signup(self, request):
        return False

    def send_mail(self, template_prefix, email, context):
        """Tell the person when a mail they wait for cannot be sent.

        A known and an unknown address get the same answer: a mail goes out for both.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except mail.MAIL_FAULTS as fault:
            log.error("The mail %s was not sent: %s", template_prefix, fault)
            raise ImmediateHttpResponse(
                render(self.request, "accounts/mail_fault.html", status=503)
            ) from fault

    def send_notification_mail(self, *args, **kwargs):
        """A notice about something done is no reason to undo it."""
        with suppress(ImmediateHttpResponse):
            super().send_notification_mail(*args, **kwargs)

    def confirm_email(self, request, email_address):
        """Refuse an address that became somebody else's while it waited to be confirmed."""
        others = User.objects.exclude(pk=email_address.user_id)
        if others.filter(email=email_address.email).exists():
            template = "account/messages/email_confirmation_failed.txt"
            self.add_message(request, messages.ERROR, template, {"email": email_address.email})
            return False
        return super().confirm_email(request, email_address)

    def get_password_change_redirect_url(self, request):
        return reverse("accounts:account")

    def get_email_verification_redirect_url(self, email_address):
        signed_in = self.request.user.is_authenticated
        return reverse("accounts:account" if signed_in else "account_login")


class MFAAdapter(DefaultMFAAdapter):
    def generate_authenticator_name(self, user, type):
        """Propose a name that tells where the passkey was made: "Firefox on Windows"."""
        if type != Authenticator.Type.WEBAUTHN:
            return super().generate_authenticator_name(user, type)
        return browser_name(context.request.META.get("HTTP_USER_AGENT", ""))


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Microsoft signs in who is connected already. Its addresses prove nothing.

    Whoever runs a tenant can write any address into it, so an account is never found by
    address: one connects it when signed in, or comes with an invitation.
    """

    def pre_social_login(self, request, sociallogin):
        sociallogin.email_addresses = []
        if sociallogin.is_existing or sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        invitation = _invitation_at_hand(request)
        if invitation is None or User.objects.filter(email=invitation.email).exists():
            page = {"invitation": invitation}
            raise ImmediateHttpResponse(
                render(request, "socialaccount/not_connected.html", page, status=403)
            )
        name = sociallogin.account.get_provider_account().get_user_data().get("name")
        sociallogin.user.name = (name or invitation.name or invitation.email)[:150]
        sociallogin.user.email = invitation.email
        sociallogin.email_addresses = [
            EmailAddress(email=invitation.email, verified=True, primary=True)
        ]

    def is_open_for_signup(self, request, sociallogin):
        """Reached only by those whom pre_social_login let through: with an invitation."""
        return _invitation_at_hand(request) is not None

    def can_authenticate_by_email(self, login, email):
        return False

    def get_connect_redirect_url(self, request, socialaccount):
        return reverse("accounts:account")


def _invitation_at_hand(request):
    """The invitation from whose page the person went to Microsoft; None if it will not do."""
    token = request.session.get(INVITATION_KEY, "")
    invitation = Invitation.objects.open().by_token(token).first()
    return None if invitation is None or invitation.is_expired(timezone.now()) else invitation
