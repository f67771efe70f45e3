"""What the page of an endorsement shows to the team: the seats, the versions, what comes next."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Membership
from assessments.models import Assessment
from endorsement.models import Endorsement, EndorsementRule, ReportVersion
from endorsement.record import outcome_sentence, rule_in_words
from endorsement.rule import Outcome
from endorsement.seats import Standing, heads, outcome_of, standings_of_record


@dataclass(frozen=True, kw_only=True)
class EndorsementOverview:
    """version and what follows from it: None before endorsement was requested the first time.

    mine: the seats for which the reader may decide today. endorsement: None unless in force.
    """

    assessment: Assessment
    versions: list[ReportVersion]
    standings: list[Standing]
    mine: list[Standing]
    rule: EndorsementRule | None
    outcome: Outcome | None
    endorsement: Endorsement | None
    heads: list[Membership]

    @classmethod
    def of(cls, assessment: Assessment, *, user, today: date) -> "EndorsementOverview":
        """A fixed number of queries, however many seats, versions and decisions there are."""
        versions = ReportVersion.objects.of(assessment).without_content()
        versions = list(versions.select_related("made_by").order_by("-number"))
        rows = standings_of_record(assessment, today=today) if versions else []
        rule = EndorsementRule.objects.filter(assessment=assessment).first()
        return cls(
            assessment=assessment,
            versions=versions,
            standings=rows,
            mine=[row for row in rows if row.is_valid and user in row.deciders(today)],
            rule=rule,
            outcome=outcome_of(assessment, today=today) if versions else None,
            endorsement=Endorsement.objects.in_force().with_report().of(assessment).last(),
            heads=[] if versions else heads(assessment.team),
        )

    @property
    def version(self) -> ReportVersion | None:
        return self.versions[0] if self.versions else None

    @property
    def is_open(self) -> bool:
        return self.assessment.state == "endorsement"

    @property
    def can_be_closed(self) -> bool:
        """The rule is fulfilled and only the closing is missing: a deadline passed."""
        return self.is_open and self.outcome.is_fulfilled

    @property
    def is_objected(self) -> bool:
        """Somebody objects, now or by an earlier decision that they have not taken back."""
        if not self.is_open:
            return False
        objecting = any(row.objects for row in self.standings)
        return objecting or bool(self.outcome.silent_objectors)

    @property
    def waiting(self) -> list[Standing]:
        return [row for row in self.standings if row.is_waiting]

    @property
    def rule_words(self) -> str:
        return rule_in_words(self.rule)

    @property
    def outcome_words(self) -> str:
        return outcome_sentence(self.outcome)
