"""The record of endorsement: who decided what, when, on which version, and by which rule.

The annex of the report shows it; the endorsement keeps it as canonical JSON.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from endorsement.models import Decision, EndorsementRule, ReportVersion
from endorsement.qr import Code
from endorsement.rule import Outcome
from endorsement.seats import Standing
from scorecard.plain_text import printable


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One decision as the record prints it. on: the day, as 2022-11-30, by the team's calendar."""

    decision: str
    version: int
    on: str
    by: str
    codes: tuple[str, ...]
    comment: str

    @classmethod
    def of(cls, decision: Decision, team) -> "Answer":
        return cls(
            decision=decision.in_words,
            version=decision.version.number,
            on=team.day(decision.at).isoformat(),
            by=_signatory(decision),
            codes=tuple(decision.codes),
            comment=printable(decision.comment).strip(),
        )

    @property
    def day(self) -> date:
        return date.fromisoformat(self.on)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One seat. answer: None where it did not decide. earlier: what it had said before.

    is_counted: False where its person serves in it no more; what they said stays on record.
    """

    function: str
    entity: str
    answer: Answer | None
    earlier: tuple[Answer, ...]
    is_counted: bool

    @classmethod
    def of(cls, standing: Standing, team) -> "Line":
        seat = standing.seat
        return cls(
            function=printable(seat.membership.function).strip(),
            entity=seat.entity.acronym,
            answer=standing.decision and Answer.of(standing.decision, team),
            earlier=tuple(Answer.of(decision, team) for decision in standing.earlier),
            is_counted=standing.is_valid,
        )


@dataclass(frozen=True, kw_only=True)
class Record:
    """lines are empty, and endorsed_on is "", in a version that is put before the heads."""

    version: int
    made_on: str
    sha256: str
    rule: str
    outcome: str
    endorsed_on: str
    lines: tuple[Line, ...]
    # Where this site tells of it; no part of what was decided.
    address: str = field(metadata={"is_content": False})

    @classmethod
    def of_request(cls, version: ReportVersion, *, site: str) -> "Record":
        return cls(**_facts(version, site), rule="", outcome="", endorsed_on="", lines=())

    @classmethod
    def of_decisions(
        cls,
        version: ReportVersion,
        standings: list[Standing],
        *,
        rule: EndorsementRule,
        outcome: Outcome,
        at: datetime,
        site: str,
    ) -> "Record":
        team = version.assessment.team
        return cls(
            **_facts(version, site),
            rule=rule_sentence(rule),
            outcome=outcome_sentence(outcome),
            endorsed_on=team.day(at).isoformat(),
            lines=tuple(Line.of(standing, team) for standing in standings),
        )

    @property
    def made_day(self) -> date:
        return date.fromisoformat(self.made_on)

    @property
    def endorsed_day(self) -> date | None:
        return date.fromisoformat(self.endorsed_on) if self.endorsed_on else None

    @cached_property
    def code(self) -> Code:
        return Code.of(self.address)


def _facts(version, site):
    return {
        "version": version.number,
        "made_on": version.assessment.team.day(version.made_at).isoformat(),
        "sha256": version.sha256,
        "address": site.rstrip("/") + reverse("endorsement:verify_hash", args=[version.sha256]),
    }


def _signatory(decision: Decision) -> str:
    """ "" where the head decided in person."""
    return "" if decision.delegation_id is None else printable(decision.by.name).strip()


def rule_sentence(rule: EndorsementRule) -> str:
    """Return the rule as a sentence, for example "Endorsed when 4 heads of agency endorse."."""
    if rule.kind == EndorsementRule.Kind.QUORUM:
        return ngettext(
            "Endorsed when %(count)s head of agency endorses.",
            "Endorsed when %(count)s heads of agency endorse, whatever the others decide.",
            rule.quorum,
        ) % {"count": rule.quorum}
    if rule.kind == EndorsementRule.Kind.NO_OBJECTION:
        return _(
            "Endorsed when everybody has decided or %(day)s is over, and nobody objects. Silence "
            "counts as consent, but not of whoever objected before."
        ) % {"day": date_format(rule.due, "DATE_FORMAT")}
    return _("Endorsed when everybody has decided, somebody endorses and nobody objects.")


def rule_in_words(rule: EndorsementRule) -> str:
    """Return the rule and, where it has no part in it, the last day to decide."""
    sentence = rule_sentence(rule)
    if rule.due is None or rule.kind == EndorsementRule.Kind.NO_OBJECTION:
        return sentence
    asked = _("Asked to decide by %(day)s.") % {"day": date_format(rule.due, "DATE_FORMAT")}
    return f"{sentence} {asked}"


def outcome_sentence(outcome: Outcome) -> str:
    """Return for example "Of 7 seats 5 endorsed, 1 objected, 1 abstained, 0 did not answer."."""
    return _(
        "Of %(total)s seats %(endorsed)s endorsed, %(objected)s objected, "
        "%(abstained)s abstained, %(waiting)s did not answer."
    ) % {
        "total": outcome.total,
        "endorsed": outcome.endorsed,
        "objected": outcome.objected,
        "abstained": outcome.abstained,
        "waiting": outcome.waiting,
    }
