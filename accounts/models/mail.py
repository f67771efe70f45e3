from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import User
from accounts.models.teams import CountryTeam


class MailQuerySet(models.QuerySet):
    def waiting(self):
        """To be sent, now or at the next try."""
        return self.filter(state=Mail.State.WAITING)

    def due(self, at):
        return self.waiting().filter(next_try_at__lte=at).order_by("next_try_at", "pk")

    def failing(self):
        """Those that a mail server did not take: tried again later, or given up."""
        failed = Q(state=Mail.State.WAITING) & ~Q(last_fault="")
        return self.filter(failed | Q(state=Mail.State.GIVEN_UP))

    def in_team(self, team):
        return self.filter(team=team)

    def held_until(self, day):
        """News written down before this day that waits for its reader's daily mail."""
        return self.filter(state=Mail.State.HELD, created_at__date__lt=day)


class Mail(models.Model):
    """One mail to one person, kept until a mail server takes it.

    It is written with the change that it tells of, so that neither exists without the other.
    """

    class State(models.TextChoices):
        HELD = "held", _("Waits for the daily mail")
        WAITING = "waiting", _("Waits to be sent")
        SENT = "sent", _("Sent")
        IN_DIGEST = "in_digest", _("Told in a daily mail")
        GIVEN_UP = "given_up", _("Not sent")

    team = models.ForeignKey(
        CountryTeam, null=True, blank=True, on_delete=models.CASCADE, related_name="mails"
    )  # None: about the account
    recipient = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mails")
    event = models.CharField(max_length=30)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    link = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    last_fault = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="mail_state_and_next_try")]
        constraints = [
            models.CheckConstraint(
                name="mail_state_is_known",
                condition=Q(state__in=["held", "waiting", "sent", "in_digest", "given_up"]),
            ),
            models.CheckConstraint(
                name="mail_that_waits_has_a_next_try",
                condition=Q(state="waiting", next_try_at__isnull=False)
                | Q(~Q(state="waiting"), next_try_at__isnull=True),
                violation_error_message=_("A mail that waits says when it is tried next."),
            ),
            models.CheckConstraint(
                name="mail_sent_says_when",
                condition=Q(state="sent", sent_at__isnull=False)
                | Q(~Q(state="sent"), sent_at__isnull=True),
                violation_error_message=_("A mail that was sent says when."),
            ),
        ]

    def __str__(self):
        return f"{self.recipient}: {self.subject}"
