"""allauth's forms in the words of this site."""

from allauth.account.forms import (
    AddEmailForm,
    LoginForm,
    RequestLoginCodeForm,
    ResetPasswordForm,
)
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")


class CodeRequestForm(RequestLoginCodeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")


class PasswordResetForm(ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")


class EmailChangeForm(AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")

    def save(self, request):
        """Make sure of the present address, or allauth drops it as an unconfirmed one."""
        if not self.user.emailaddress_set.filter(email=self.user.email, verified=True).exists():
            self.user.prove_address()
        return super().save(request)


class PasskeyForm(AddWebAuthnForm):
    """One kind of key only, so that nobody has to know the difference: it signs in alone."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        required=False,
        help_text=_("To tell it from others later, for example “Office laptop”."),
    )
    passwordless = forms.BooleanField(
        label=_("Sign in with this passkey alone"),
        initial=True,
        required=False,
        help_text=_(
            "It then asks for your finger, face or PIN. Leave this off only for a key that can do "
            "no more than confirm your password."
        ),
    )
