import hashlib
import secrets
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import Entity, User
from accounts.models.teams import ROLE_IS_KNOWN, CountryTeam, Membership

VALID_FOR = timedelta(days=14)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Neither accepted nor withdrawn; perhaps expired."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def by_token(self, token):
        return self.filter(token_digest=digest(token))

    def to_be_tried(self, at):
        """Those that no mail server took so far, and that are due again."""
        return self.open().filter(sent_at__isnull=True, next_try_at__lte=at, expires_at__gt=at)

    def with_context(self):
        return self.select_related("team", "entity", "invited_by")


class Invitation(models.Model):
    """One role in one team, offered to one e-mail address by a link that works once."""

    class State(models.TextChoices):
        """What an open invitation waits for. Not stored: it changes with the clock."""

        NOT_SENT = "not_sent", _("Not sent")
        WAITING = "waiting", _("Waiting for an answer")
        EXPIRED = "expired", _("Expired")

    team = models.ForeignKey(CountryTeam, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name or functional title"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Membership.Role)
    entity = models.ForeignKey(
        Entity, on_delete=models.PROTECT, related_name="+", verbose_name=_("entity")
    )
    # The link itself stands in the mail and nowhere else.
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)  # None: no mail server took it yet
    attempts = models.PositiveSmallIntegerField(default=0)  # that failed
    next_try_at = models.DateTimeField(null=True, blank=True)  # None: sent, or given up
    accepted_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["team", "email"]
        constraints = [
            models.CheckConstraint(name="invitation_role_is_known", condition=ROLE_IS_KNOWN),
            models.CheckConstraint(
                name="invitation_email_is_lower_case",
                condition=Q(email=models.functions.Lower("email")),
                violation_error_message=_("Write the e-mail address in lower case."),
            ),
            models.CheckConstraint(
                name="invitation_expires_after_it_was_made",
                condition=Q(expires_at__gt=F("invited_at")),
                violation_error_message=_("An invitation expires after it was made."),
            ),
            models.CheckConstraint(
                name="invitation_acceptance_is_complete",
                condition=Q(accepted_by__isnull=True, accepted_at__isnull=True)
                | Q(accepted_by__isnull=False, accepted_at__isnull=False),
                violation_error_message=_("An accepted invitation records who took it and when."),
            ),
            models.CheckConstraint(
                name="invitation_revocation_is_complete",
                condition=Q(revoked_by__isnull=True, revoked_at__isnull=True)
                | Q(revoked_by__isnull=False, revoked_at__isnull=False),
                violation_error_message=_("A withdrawn invitation records by whom and when."),
            ),
            models.CheckConstraint(
                name="invitation_is_accepted_or_revoked_not_both",
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                violation_error_message=_("An accepted invitation cannot be withdrawn."),
            ),
            models.UniqueConstraint(
                fields=["team", "email", "role"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_is_open_once_for_address_and_role",
                violation_error_message=_("This address has an invitation to this role already."),
            ),
        ]

    def __str__(self):
        return f"{self.email} ({self.entity}, {self.get_role_display()})"

    def is_expired(self, at) -> bool:
        return self.expires_at <= at

    def state(self, at) -> State:
        if self.is_expired(at):
            return self.State.EXPIRED
        return self.State.WAITING if self.sent_at else self.State.NOT_SENT

    def renew(self, *, at) -> str:
        """Set a new link, good for 14 days, and return its token. Does not save."""
        token = secrets.token_urlsafe(32)
        self.token_digest = digest(token)
        self.expires_at = at + VALID_FOR
        self.sent_at = None
        return token
