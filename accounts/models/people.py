from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        user.prove_address()
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address. What they may do hangs on memberships."""

    class News(models.TextChoices):
        """When mail comes that asks for nothing. What asks for something comes at once."""

        AT_ONCE = "at_once", _("at once")
        DAILY = "daily", _("once a day, all in one mail")
        NEVER = "never", _("not at all")

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("A person with this e-mail address exists already.")},
    )
    name = models.CharField(_("name or functional title"), max_length=150)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("administrator"), default=False)
    is_reviewer = models.BooleanField(
        _("UN Women reviewer"),
        default=False,
        help_text=_("Sees what every team has submitted, and the overview of all teams."),
    )
    joined_at = models.DateTimeField(auto_now_add=True)
    wants_reminders = models.BooleanField(
        _("send me reminders by e-mail"),
        default=True,
        help_text=_(
            "What waits for you, at most one mail a day. Invitations, sign-in codes and notices "
            "about your account come in any case."
        ),
    )
    news = models.CharField(
        _("news by e-mail"),
        max_length=10,
        choices=News,
        default=News.DAILY,
        help_text=_(
            "That an assessment moved on, or a PI is yours now. What asks you to decide or to "
            "mend something comes at once in any case."
        ),
    )

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                name="user_email_is_lower_case",
                condition=Q(email=models.functions.Lower("email")),
                violation_error_message=_("Write the e-mail address in lower case."),
            ),
            models.CheckConstraint(
                name="user_news_is_known", condition=Q(news__in=["at_once", "daily", "never"])
            ),
        ]

    def __str__(self):
        return self.name

    def get_short_name(self):
        return self.name

    def prove_address(self):
        """Let sign-in take the present address for true, and no other.

        An invitation that arrived proves it, or the administrator who wrote it vouches for it.
        allauth takes an address without this row for one that waits to be confirmed.
        """
        EmailAddress.objects.filter(user=self).delete()
        EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


class Entity(models.Model):
    """A UN entity or agency."""

    acronym = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["acronym"]
        verbose_name_plural = _("entities")

    def __str__(self):
        return self.acronym
