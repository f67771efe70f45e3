"""What one person's account page shows, gathered once."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings

from accounts.models import Membership, User

Type = Authenticator.Type


@dataclass(frozen=True, kw_only=True)
class AccountOverview:
    user: User
    new_email: str  # waits to be confirmed; "" when there is none
    has_password: bool
    has_authenticator_app: bool
    passkeys: list[str]  # their names
    recovery_codes_left: int | None  # None: none were made, as no second step is on
    offers_microsoft: bool
    has_microsoft: bool
    memberships: list[Membership]

    @classmethod
    def of(cls, user: User) -> "AccountOverview":
        authenticators = list(Authenticator.objects.filter(user=user))
        codes = [row.wrap() for row in authenticators if row.type == Type.RECOVERY_CODES]
        new_address = EmailAddress.objects.get_new(user)
        return cls(
            user=user,
            new_email=new_address.email if new_address else "",
            has_password=user.has_usable_password(),
            has_authenticator_app=any(row.type == Type.TOTP for row in authenticators),
            passkeys=[row.wrap().name for row in authenticators if row.type == Type.WEBAUTHN],
            recovery_codes_left=len(codes[0].get_unused_codes()) if codes else None,
            offers_microsoft=bool(settings.ENTRA),
            has_microsoft=SocialAccount.objects.filter(user=user).exists(),
            memberships=list(user.memberships.active().select_related("team", "entity")),
        )
