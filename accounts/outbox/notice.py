"""What a coordinator is told of mails to the team that no server took."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import CountryTeam, Mail


@dataclass(frozen=True, kw_only=True)
class Failing:
    """Mails to the people of a team that have not left, and why."""

    waiting: int
    next_try: datetime | None  # the earliest
    fault: str  # of the latest attempt
    given_up: list[str]  # the names of those whom no mail reached

    @classmethod
    def of(cls, team: CountryTeam) -> "Failing | None":
        """One query. None where every mail left."""
        mails = list(Mail.objects.in_team(team).failing().select_related("recipient"))
        if not mails:
            return None
        waiting = [mail for mail in mails if mail.state == Mail.State.WAITING]
        lost = [mail.recipient.name for mail in mails if mail.state == Mail.State.GIVEN_UP]
        return cls(
            waiting=len(waiting),
            next_try=min((mail.next_try_at for mail in waiting), default=None),
            fault=(waiting or mails)[0].last_fault,
            given_up=sorted(set(lost)),
        )

    @property
    def waiting_words(self) -> str:
        words = ngettext("%(count)s mail is waiting", "%(count)s mails are waiting", self.waiting)
        return words % {"count": self.waiting}

    @property
    def given_up_words(self) -> str:
        names = ", ".join(self.given_up)
        return _("No mail reached %(names)s: check the address on the page of people.") % {
            "names": names
        }
