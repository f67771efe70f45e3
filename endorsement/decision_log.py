"""Whether every decision still says what the team's log told of it when it was made."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import AuditEntry, CountryTeam
from endorsement.models import Decision, Endorsement
from endorsement.record import Answer

# At the end of an entry: see endorsement/transitions.py. Older entries have no seal.
SEAL = re.compile(r"SHA-256 [0-9a-f]{64}, of the decision ([0-9a-f]{64})$")
LANGUAGES = [code for code, _name in settings.LANGUAGES]


@dataclass(frozen=True, kw_only=True)
class Compared:
    """faults: a sentence each. unsealed: decisions compared by their kind and PIs alone."""

    faults: list[str]
    unsealed: int


def compared_with_log() -> Compared:
    """Compare every decision with its entry, and every sealed entry with its decision."""
    faults, unsealed = [], 0
    for team in CountryTeam.objects.filter(assessments__report_versions__isnull=False).distinct():
        entries = AuditEntry.objects.in_team(team).of_action(AuditEntry.Action.DECISION)
        told = list(entries.values_list("at", "by", "detail"))
        sealed = {seal[1]: detail for _at, _by, detail in told if (seal := SEAL.search(detail))}
        for decision in _decisions(version__assessment__team=team):
            if decision.seal in sealed:
                del sealed[decision.seal]
            elif _is_told_without_seal(decision, told):
                unsealed += 1
            else:
                faults.append(_not_told(decision))
        faults += [_not_there(team, detail) for detail in sealed.values()]
    return Compared(faults=faults, unsealed=unsealed)


def altered_records() -> Iterator[str]:
    """Say of each record of endorsement what no decision says that was made before it."""
    for endorsement in Endorsement.objects.with_assessment().order_by("pk").iterator():
        made = _decisions(version__assessment=endorsement.assessment, at__lte=endorsement.at)
        missing = Counter(_recorded(endorsement))
        for language in LANGUAGES:
            with translation.override(language):
                missing -= Counter(_in_words(decision) for decision in made)
        for said in missing:
            yield _(
                "The record of endorsement of %(assessment)s holds “%(decision)s” on version "
                "%(version)s, and no such decision is there."
            ) % {"assessment": endorsement.assessment, "decision": said[0], "version": said[1]}


def _decisions(**which):
    rows = Decision.objects.filter(**which).select_related(
        "version__assessment__team", "seat", "by"
    )
    return rows.prefetch_related("objected__indicator").order_by("pk")


def _is_told_without_seal(decision, told) -> bool:
    endings = []
    for language in LANGUAGES:
        with translation.override(language):
            endings.append(f": {decision.in_full}, SHA-256 {decision.version.sha256}")
    return any(
        at == decision.at and by == decision.by_id and detail.endswith(tuple(endings))
        for at, by, detail in told
    )


def _not_told(decision) -> str:
    return _(
        "The log of the team tells nothing like this: %(assessment)s, %(seat)s, %(version)s: "
        "%(decision)s."
    ) % {
        "assessment": decision.version.assessment,
        "seat": decision.seat,
        "version": decision.version,
        "decision": decision.in_full,
    }


def _not_there(team, detail) -> str:
    return _("The log of %(team)s tells of a decision that is not there: %(detail)s") % {
        "team": team,
        "detail": detail,
    }


def _recorded(endorsement) -> Iterator[tuple]:
    for line in json.loads(endorsement.record).get("lines", ()):
        for answer in (line["answer"], *line["earlier"]):
            if answer:
                codes = tuple(answer["codes"])
                yield answer["decision"], answer["version"], codes, answer["comment"]


def _in_words(decision) -> tuple:
    answer = Answer.of(decision, decision.version.assessment.team)
    return answer.decision, answer.version, answer.codes, answer.comment
