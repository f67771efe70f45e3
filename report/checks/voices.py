"""Checks of who has been heard: preliminary ratings, and votes in the workshop."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access_table import WHILE_RATING
from assessments.workshop.ballots import RoundShown
from report.checks.check import Check, Kind, Severity, warns
from report.checks.facts import Facts


def silent_entities(facts: Facts) -> Iterator[Check]:
    """Entities of the team that gave neither a preliminary rating nor a vote on any PI."""
    if facts.assessment.state not in WHILE_RATING:
        return
    spoken = {person for _rating, person in facts.given}
    heard = {row.entity_id for row in facts.memberships if row.user_id in spoken}
    heard |= {ballot.entity.pk for shown in facts.rounds.values() for ballot in shown.given}
    silent = {row.entity.acronym for row in facts.memberships if row.entity_id not in heard}
    if silent:
        sentence = _(
            "Neither a preliminary rating nor a vote has come from %(entities)s. Ask them."
        )
        yield _of_whole(
            facts,
            key=Kind.NOT_HEARD,
            sentence=sentence % {"entities": ", ".join(sorted(silent, key=str.casefold))},
        )


def without_workshop(facts: Facts) -> Iterator[Check]:
    if facts.assessment.state == "consolidation" and facts.reassessed and not facts.rounds:
        sentence = _(
            "No vote in a consolidation workshop is on record. Hold the workshop, or say in the "
            "process how the ratings were agreed."
        )
        yield _of_whole(facts, key=Kind.NO_WORKSHOP, sentence=sentence)


def voted_afterwards(facts: Facts) -> Iterator[Check]:
    """Agreed ratings that were the median, or explained, until more votes came in."""
    is_asked = facts.overtaken and facts.assessment.state == "consolidation"
    for rating in facts.reassessed if is_asked else ():
        if agreement := facts.overtaken.get(rating.pk):
            sentence = _(
                "PI %(code)s: late votes moved the median, and %(agreed)s was agreed before them. "
                "Record the agreement anew in the Room."
            )
            yield Check(
                key=Kind.VOTED_AFTERWARDS,
                severity=Severity.WARNS,
                code=rating.indicator.code,
                sentence=sentence
                % {"code": rating.indicator.code, "agreed": agreement.get_rating_display()},
                url=f"{reverse('workshop:room', args=[rating.assessment_id])}#content",
                read_url=f"{rating.get_absolute_url()}#id_rating",
            )


def without_vote(facts: Facts) -> Iterator[Check]:
    """Where the workshop voted at all: PIs left out, rounds left open, entities without a vote."""
    is_asked = facts.rounds and facts.assessment.state in WHILE_RATING
    for rating in facts.reassessed if is_asked else ():
        shown = facts.rounds.get(rating.pk)
        if sentence := _open_votes(shown):
            names = ", ".join(ballot.entity.acronym for ballot in shown.waiting) if shown else ""
            yield warns(
                rating,
                "id_rating",
                key=Kind.NO_VOTE,
                sentence=sentence % {"code": rating.indicator.code, "entities": names},
            )


def _open_votes(shown: RoundShown | None) -> str:
    if shown is None:
        return _("PI %(code)s was not voted on in the workshop. Take it up there.")
    if not shown.round.is_revealed:
        return _("PI %(code)s: the votes of the last round are not revealed. Reveal them.")
    if shown.waiting:
        return _("PI %(code)s: no vote from %(entities)s. Let them vote late, or ask for a word.")
    return ""


def _of_whole(facts: Facts, *, key: Kind, sentence: str) -> Check:
    return Check(
        key=key,
        severity=Severity.WARNS,
        code=None,
        sentence=sentence,
        url=f"{facts.assessment.get_absolute_url()}#progress",
    )
