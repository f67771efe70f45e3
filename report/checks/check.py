"""One thing that the pre-flight found."""

from dataclasses import dataclass, replace
from functools import partial

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from assessments.models import IndicatorRating


class Severity(TextChoices):
    """What blocks must be mended before endorsement is requested; what warns may stand."""

    BLOCKS = "blocks", _("Blocks the request for endorsement")
    WARNS = "warns", _("To be looked at")


class Kind(TextChoices):
    """What a check is about; the label is a heading over several of one kind."""

    TOO_FEW_REASSESSED = "too-few-reassessed", _("Too few PIs reassessed")
    NO_PROCESS = "no-process", _("Process not described")
    NO_RATIONALE = "no-rationale", _("Choice of PIs not explained")
    RATIONALE_LEAVES_OUT = "rationale-leaves-out", _("Rationale leaves out chosen PIs")
    NO_TEAM_ROLE = "no-team-role", _("Role of the assessment team not described")
    NO_UNCT_ENGAGEMENT = "no-unct-engagement", _("Engagement of the UNCT not described")
    NO_RATING = "no-rating", _("No agreed rating")
    NO_FINDINGS = "no-findings", _("No findings")
    FALL_WITHOUT_REASON = "fall-without-reason", _("Lower than before, without a reason")
    ABOVE_CRITERIA = "above-criteria", _("Rated above the criteria")
    BELOW_CRITERIA = "below-criteria", _("Rated below the criteria")
    NO_FIGURES = "no-figures", _("Figures not entered")
    UNDECIDED = "undecided", _("Criteria not decided")
    MET_ON_NOTHING = "met-on-nothing", _("Marked as met without finding or document")
    NEVER_RATED = "never-rated", _("Never rated")
    ORIGIN_UNKNOWN = "origin-unknown", _("Carried over from an unknown year")
    ORIGIN_REVISED = "origin-revised", _("Carried over from what is being revised")
    ORIGIN_OUTDATED = "origin-outdated", _("Carried over although a newer rating is settled")
    ORIGIN_OLD = "origin-old", _("Carried over for more than 3 years")
    EXCEEDS_WITHOUT_DOCUMENT = "exceeds-without-document", _("Exceeds without a document")
    NO_DOCUMENT = "no-document", _("No document")
    OUTSIDE_PERIOD = "outside-period", _("Document of another period")
    NO_ACTION_POINT = "no-action-point", _("Low rating without an action point")
    ACTION_WITHOUT_TEXT = "action-without-text", _("Action point that says nothing")
    ACTION_OF_NOBODY = "action-of-nobody", _("Action point without lead or due date")
    ACTION_OVERDUE = "action-overdue", _("Action point overdue")
    ACTIVITY_REPEATED = "activity-repeated", _("Activities as in the year before")
    NO_ACTIVITY = "no-activity", _("No activity recorded this year")
    NO_VOTE = "no-vote", _("Not voted on, or not by all")
    VOTED_AFTERWARDS = "voted-afterwards", _("Late votes after the agreement")
    NO_WORKSHOP = "no-workshop", _("No workshop on record")
    NOT_HEARD = "not-heard", _("Entities not heard")


@dataclass(frozen=True, kw_only=True)
class Check:
    """code is the PI that the finding belongs to; None stands for the assessment as a whole.

    sentence stands on its own: what is the matter, with which thing, what to do.
    url opens the field in which it is mended, read_url the place where those may read it who
    cannot open that field; "" where they can.
    """

    key: Kind
    severity: Severity
    code: str | None
    sentence: str
    url: str
    read_url: str = ""

    @property
    def for_reader(self) -> "Check":
        """The same for a person who can mend nothing."""
        return replace(self, url=self.read_url or self.url)


def _at_field(
    rating: IndicatorRating, field: str, *, key: Kind, severity: Severity, sentence: str
) -> Check:
    """Return a check that leads to one field of the PI's workspace, named by its id."""
    return Check(
        key=key,
        severity=severity,
        code=rating.indicator.code,
        sentence=sentence,
        url=f"{rating.get_absolute_url()}#{field}",
    )


blocks = partial(_at_field, severity=Severity.BLOCKS)
warns = partial(_at_field, severity=Severity.WARNS)
