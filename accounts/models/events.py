from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models.people import User
from accounts.models.teams import CountryTeam, Membership


class PeopleEventQuerySet(models.QuerySet):
    def newest(self, count):
        return self.select_related("by").order_by("-at", "-pk")[:count]


class PeopleEvent(models.Model):
    """One change to the people of a team. Rows are added, never edited."""

    class Kind(models.TextChoices):
        INVITED = "invited", gettext_lazy("Invited")
        REVOKED = "revoked", gettext_lazy("Invitation withdrawn")
        JOINED = "joined", gettext_lazy("Joined")
        CHANGED = "changed", gettext_lazy("Role changed")
        ENDED = "ended", gettext_lazy("Membership ended")

    team = models.ForeignKey(CountryTeam, on_delete=models.PROTECT, related_name="people_events")
    kind = models.CharField(max_length=10, choices=Kind)
    person = models.CharField(max_length=254)  # name or address, as it was then
    role = models.CharField(max_length=20, choices=Membership.Role)
    former_role = models.CharField(max_length=20, choices=Membership.Role, blank=True)
    entity = models.CharField(max_length=20)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = PeopleEventQuerySet.as_manager()

    class Meta:
        ordering = ["team", "-at"]
        constraints = [
            models.CheckConstraint(
                name="people_event_kind_is_known",
                condition=Q(kind__in=["invited", "revoked", "joined", "changed", "ended"]),
            ),
            models.CheckConstraint(
                name="people_event_former_role_belongs_to_a_change",
                condition=Q(Q(kind="changed"), ~Q(former_role=""))
                | Q(~Q(kind="changed"), former_role=""),
                violation_error_message=gettext_lazy("A change of role names the former role."),
            ),
        ]

    def __str__(self):
        sentences = {
            self.Kind.INVITED: _("%(by)s invited %(person)s as %(role)s, %(entity)s."),
            self.Kind.REVOKED: _("%(by)s withdrew the invitation to %(person)s."),
            self.Kind.JOINED: _("%(person)s joined as %(role)s, %(entity)s."),
            self.Kind.CHANGED: _(
                "%(by)s changed the role of %(person)s from %(former)s to %(role)s, %(entity)s."
            ),
            self.Kind.ENDED: _("%(by)s ended the membership of %(person)s (%(role)s, %(entity)s)."),
        }
        return sentences[self.Kind(self.kind)] % {
            "by": self.by,
            "person": self.person,
            "role": self.get_role_display(),
            "former": self.get_former_role_display(),
            "entity": self.entity,
        }
