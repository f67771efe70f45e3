from datetime import UTC

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from accounts.models.people import User
from accounts.models.teams import CountryTeam
from scorecard.append_only import AppendOnlyModel, AppendOnlyQuerySet

# In place of a name where no person did it. The codes bind it, so that it is stored in one language
# and shown in the reader's.
ON_THE_SERVER = gettext_noop("A command on the server")


def shown_name(by_name: str) -> str:
    return _(ON_THE_SERVER) if by_name == ON_THE_SERVER else by_name


class AuditEntryQuerySet(AppendOnlyQuerySet):
    def in_team(self, team):
        return self.filter(team=team)

    def of_action(self, action):
        return self.filter(action=action)

    def by_person(self, name):
        return self.filter(by_name=name)

    def in_year(self, year):
        return self.filter(at__year=year)

    def names(self):
        """Those who stand in it, each once."""
        return self.order_by("by_name").values_list("by_name", flat=True).distinct()

    def years(self):
        """The first day of each year in which something happened, newest first."""
        return self.order_by().datetimes("at", "year", order="DESC")


class AuditEntry(AppendOnlyModel):
    """One thing that somebody read, took out, decided or changed. Rows are added, never edited.

    Names stand as they were then. What binds the rows together is in accounts/audit/chain.py.
    """

    class Action(models.TextChoices):
        DOWNLOAD = "download", gettext_lazy("Evidence downloaded")
        EXPORT = "export", gettext_lazy("Report or data taken out")
        DECISION = "decision", gettext_lazy("Decision on a report")
        PEOPLE = "people", gettext_lazy("People and roles")
        MOVE = "move", gettext_lazy("Move of an assessment")
        SHARING = "sharing", gettext_lazy("Document shared or withdrawn")

    team = models.ForeignKey(CountryTeam, on_delete=models.PROTECT, related_name="audit_entries")
    number = models.PositiveIntegerField()  # 1, 2, 3 ... in the team
    at = models.DateTimeField()
    by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # None: a command on the server
    by_name = models.CharField(max_length=150)
    by_entity = models.CharField(max_length=20, blank=True)
    action = models.CharField(max_length=10, choices=Action)
    object = models.CharField(max_length=300)
    detail = models.TextField(blank=True)
    previous = models.CharField(max_length=64, blank=True)
    code = models.CharField(max_length=64)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering = ["team", "-number"]
        verbose_name_plural = gettext_lazy("audit entries")
        constraints = [
            models.UniqueConstraint(
                fields=["team", "number"], name="audit_entry_number_is_unique_in_team"
            ),
            models.CheckConstraint(
                name="audit_entry_action_is_known",
                condition=Q(
                    action__in=["download", "export", "decision", "people", "move", "sharing"]
                ),
            ),
        ]

    def __str__(self):
        if self.action == self.Action.PEOPLE:
            return self.detail  # a whole sentence, as it stands on the page of people
        sentences = {
            self.Action.DOWNLOAD: _("%(by)s downloaded “%(object)s”"),
            self.Action.EXPORT: _("%(by)s took out: %(object)s"),
            self.Action.DECISION: _("%(by)s decided on %(object)s"),
            self.Action.MOVE: _("%(by)s moved “%(object)s”"),
            self.Action.SHARING: _("%(by)s changed who may read “%(object)s”"),
        }
        by = shown_name(self.by_name)
        sentence = sentences[self.Action(self.action)] % {
            "by": f"{by} ({self.by_entity})" if self.by_entity else by,
            "object": self.object,
        }
        return f"{sentence}: {self.detail}" if self.detail else f"{sentence}."

    @property
    def content(self) -> dict:
        """All that the entry says, as the chain binds it."""
        return {
            "team": self.team_id,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "by": self.by_id,
            "by_name": self.by_name,
            "by_entity": self.by_entity,
            "action": str(self.action),
            "object": self.object,
            "detail": self.detail,
        }


class AuditHead(models.Model):
    """The newest entry of one team: locked while the next is added, and kept to miss none."""

    team = models.OneToOneField(CountryTeam, on_delete=models.PROTECT, related_name="audit_head")
    number = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=64, blank=True)

    def __str__(self):
        return f"{self.team}: {self.number}"
