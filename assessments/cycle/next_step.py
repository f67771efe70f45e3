"""The next step of an assessment, as its page says it: what it is and what it waits for."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import Access
from accounts.access_table import Capability
from assessments.cycle.missing import Missing, missing_for_scoring
from assessments.models import Assessment
from assessments.overview import Overview


@dataclass(frozen=True, kw_only=True)
class Step:
    """What one state leads to. route: None where an app further up has the button.

    It then also shows what the move waits for: the checks of the report do, on the same page.

    of_comprehensive: what is said instead of a comprehensive assessment; "" for the same.
    """

    title: str
    sentence: str
    of_comprehensive: str = ""
    capability: Capability | None = None
    route: str | None = None
    missing: Callable[[Assessment], list[Missing]] = lambda assessment: []

    def sentence_for(self, assessment: Assessment) -> str:
        return (assessment.is_comprehensive and self.of_comprehensive) or self.sentence


STEPS = {
    "planning": Step(
        title=_("Open scoring"),
        sentence=_(
            "Choose the PIs that are reassessed this year and say who works on them. "
            "Then the team can begin to write and rate."
        ),
        of_comprehensive=_(
            "All PIs are assessed. Say who works on them. "
            "Then the team can begin to write and rate."
        ),
        capability=Capability.OPEN_SCORING,
        route="assessments:open_scoring",
        missing=missing_for_scoring,
    ),
    "scoring": Step(
        title=_("Open consolidation"),
        sentence=_(
            "Members write findings and rate the PIs, each on their own. "
            "When they have, the team comes together and agrees on the ratings."
        ),
        capability=Capability.OPEN_CONSOLIDATION,
        route="assessments:open_consolidation",
    ),
    "consolidation": Step(
        title=_("Request endorsement"),
        sentence=_(
            "The team has agreed on each rating. When all are explained, the heads of agency "
            "are asked to endorse the report."
        ),
    ),
    "endorsement": Step(
        title=_("Endorsement by the heads of agency"),
        sentence=_(
            "The report is with the heads of agency. Ratings, findings and evidence stay as they "
            "are meanwhile; what changes in the action plan or among the people is put before them "
            "as a new version."
        ),
    ),
    "endorsed": Step(
        title=_("Submit to UN Women"),
        sentence=_("The heads of agency stand behind the report. It can be submitted."),
    ),
    "submitted": Step(
        title=_("Review by UN Women"),
        sentence=_("UN Women reviews the assessment and accepts it or sends it back."),
    ),
    "accepted": Step(
        title=_("Nothing more to do"),
        sentence=_("UN Women has accepted the assessment. Its ratings carry over to next year."),
    ),
    "imported": Step(
        title=_("Nothing more to do"),
        sentence=_("This year was taken in from a workbook. Later years may carry its ratings."),
    ),
}


# In consolidation, while the team has still to agree on a chosen PI.
HOLD_WORKSHOP = Step(
    title=_("Hold the consolidation workshop"),
    sentence=_(
        "The entities vote on each PI, each from a phone, and the team agrees on its rating. "
        "When all are agreed and explained, the heads of agency are asked to endorse the report."
    ),
    capability=Capability.RUN_WORKSHOP,
    route="workshop:room",
)


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """url: the page of the step; None where this person cannot make it, or an app further up can.

    missing: what it waits for; the page that asks shows the same list, and so does the refusal.
    """

    title: str
    sentence: str
    missing: list[Missing]
    url: str | None
    is_to_agree: bool
    choose_url: str | None
    reopen_url: str | None

    @classmethod
    def of(cls, overview: Overview, access: Access) -> "NextStep":
        assessment = overview.assessment
        is_agreed = all(row.rating for row in overview.ratings if row.is_reassessed)
        is_to_agree = assessment.state == "consolidation" and not is_agreed
        step = HOLD_WORKSHOP if is_to_agree else STEPS[assessment.state]
        may_work = access.allows(Capability.VIEW_WORK)

        def page(route, capability):
            is_allowed = route and access.allows(capability)
            return reverse(route, args=[assessment.pk]) if is_allowed else None

        may_choose = not assessment.is_comprehensive
        return cls(
            title=step.title,
            sentence=step.sentence_for(assessment),
            missing=step.missing(assessment) if may_work else [],
            url=page(step.route, step.capability),
            is_to_agree=is_to_agree,
            choose_url=page("assessments:choose", Capability.CHOOSE) if may_choose else None,
            reopen_url=page("assessments:reopen", Capability.REOPEN),
        )
