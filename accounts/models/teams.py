import zoneinfo
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models.people import Entity, User

# Written out, as a constraint is: it must not change when the choices are reworded.
ROLE_IS_KNOWN = Q(
    role__in=["member", "coordinator", "head_of_agency", "resident_coordinator", "observer"]
)


REGION_IS_KNOWN = Q(
    region__in=[
        "",
        "africa",
        "arab_states",
        "asia_pacific",
        "europe_central_asia",
        "latin_america_caribbean",
    ]
)


class CountryTeamQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Teams that the person is a member of, in whatever role."""
        return self.filter(pk__in=Membership.objects.active().filter(user=user).values("team"))

    def with_people_visible_to(self, user):
        """Teams whose people the person may see: their own; an administrator, all."""
        return self if user.is_staff else self.visible_to(user)

    def coordinated_by(self, user):
        mine = Membership.objects.active().filter(user=user, role=Membership.Role.COORDINATOR)
        return self.filter(pk__in=mine.values("team"))

    def with_memberships_of(self, user):
        """Fetch the person's roles in each team as team.my_memberships."""
        mine = Membership.objects.active().filter(user=user).select_related("entity")
        return self.prefetch_related(models.Prefetch("memberships", mine, to_attr="my_memberships"))


def require_time_zone(name):
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("%(name)s is no time zone: write one such as Asia/Almaty."), params={"name": name}
        )


class CountryTeam(models.Model):
    """A UN country team (UNCT)."""

    class Region(models.TextChoices):
        """The regions of the UN Sustainable Development Group."""

        AFRICA = "africa", _("Africa")
        ARAB_STATES = "arab_states", _("Arab States")
        ASIA_PACIFIC = "asia_pacific", _("Asia and the Pacific")
        EUROPE_CENTRAL_ASIA = "europe_central_asia", _("Europe and Central Asia")
        LATIN_AMERICA_CARIBBEAN = "latin_america_caribbean", _("Latin America and the Caribbean")

    code = models.CharField(max_length=3, unique=True)  # ISO 3166-1 alpha-3
    country = models.CharField(max_length=100)
    region = models.CharField(_("region"), max_length=30, choices=Region, blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        default="UTC",
        validators=[require_time_zone],
        help_text=_("Deadlines end with the day there. For example Asia/Almaty."),
    )

    objects = CountryTeamQuerySet.as_manager()

    class Meta:
        ordering = ["country"]
        constraints = [
            models.CheckConstraint(
                name="country_team_code_is_three_capitals",
                condition=Q(code__regex=r"^[A-Z]{3}$"),
                violation_error_message=_("A team's code is three capital letters, such as KAZ."),
            ),
            models.CheckConstraint(name="country_team_region_is_known", condition=REGION_IS_KNOWN),
        ]

    def __str__(self):
        return _("UNCT in %(country)s") % {"country": self.country}

    @property
    def clock(self) -> zoneinfo.ZoneInfo:
        """The clock by which the team's days begin and end."""
        return zoneinfo.ZoneInfo(self.time_zone)

    def day(self, moment: datetime) -> date:
        """The date that the team's calendar shows at a moment."""
        return moment.astimezone(self.clock).date()

    @property
    def people_url(self):
        return reverse("accounts:people", args=[self.code])


class CooperationFramework(models.Model):
    """A team's Cooperation Framework: the cycle that comprehensive assessments follow."""

    team = models.ForeignKey(
        CountryTeam, on_delete=models.PROTECT, related_name="cooperation_frameworks"
    )
    title = models.CharField(max_length=200)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["team", "-first_year"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "first_year"],
                name="cooperation_framework_start_is_unique_in_team",
                violation_error_message=_(
                    "This team has a Cooperation Framework that begins in this year already."
                ),
            ),
            models.CheckConstraint(
                name="cooperation_framework_years_are_in_order",
                condition=Q(first_year__lte=F("last_year")),
                violation_error_message=_("A Cooperation Framework ends after it begins."),
            ),
        ]

    def __str__(self):
        return f"{self.first_year}-{self.last_year}"


class MembershipQuerySet(models.QuerySet):
    def active(self):
        return self.filter(ended_on__isnull=True)

    def ended(self):
        return self.filter(ended_on__isnull=False).order_by("-ended_on", "user__name")

    def serving_in(self, year):
        """Those who had not left before that year began."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__year__gte=year))

    def in_team(self, team):
        return self.filter(team=team).select_related("user", "entity")

    def of_assessment_team(self):
        return self.filter(role__in=[Membership.Role.MEMBER, Membership.Role.COORDINATOR])

    def able_to_coordinate(self):
        """Coordinators who serve and may sign in."""
        return self.active().filter(role=Membership.Role.COORDINATOR, user__is_active=True)


class Membership(models.Model):
    """One person's role in one team, on behalf of one entity.

    It is ended, never deleted: what the person wrote keeps its name.
    """

    class Role(models.TextChoices):
        MEMBER = "member", _("IAT member")
        COORDINATOR = "coordinator", _("Coordinator")
        HEAD_OF_AGENCY = "head_of_agency", _("Head of agency")
        RESIDENT_COORDINATOR = "resident_coordinator", _("Resident coordinator")
        OBSERVER = "observer", _("Observer")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(CountryTeam, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    entity = models.ForeignKey(
        Entity, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("entity")
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["team", "role", "entity__acronym", "user__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "team", "role"],
                condition=Q(ended_on__isnull=True),
                name="membership_role_is_unique_in_team",
                violation_error_message=_("This person has this role in the team already."),
            ),
            models.CheckConstraint(name="membership_role_is_known", condition=ROLE_IS_KNOWN),
        ]

    def __str__(self):
        return f"{self.user} ({self.entity}, {self.get_role_display()})"

    @property
    def function(self) -> str:
        """The person's name without the entity, which often ends a functional title."""
        return self.user.name.removesuffix(f", {self.entity.acronym}")

    @property
    def is_of_assessment_team(self):
        return self.role in (self.Role.MEMBER, self.Role.COORDINATOR)
