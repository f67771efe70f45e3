"""The moves of an assessment from state to state, each with what refuses it and its event."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.access_table import REOPENABLE, STATES
from assessments.cycle.missing import missing_for_endorsement, missing_for_scoring
from assessments.edition import indicators_of
from assessments.models import Assessment, AssessmentEvent, IndicatorRating
from assessments.news import tell_of_move


class TransitionRefused(Exception):
    """The move cannot be made now; nothing has changed. The text is for the person."""


@transaction.atomic
def open_scoring(assessment, *, by, at=None):
    """Planning -> scoring. Enough PIs are chosen, with a rationale, and each has a member."""
    assessment = _locked(assessment, allowed_from=["planning"])
    _refuse_while(missing_for_scoring(assessment), _("Scoring cannot be opened."))
    return _move(assessment, to="scoring", by=by, at=at)


@transaction.atomic
def open_consolidation(assessment, *, by, at=None):
    """Scoring -> consolidation. Nothing holds it up; the page names who has not rated."""
    assessment = _locked(assessment, allowed_from=["scoring"])
    return _move(assessment, to="consolidation", by=by, at=at)


@transaction.atomic
def request_endorsement(assessment, *, by, blocking: Sequence[str] = (), at=None):
    """Consolidation -> endorsement. Every reassessed PI is rated and explained.

    blocking: the sentences of checks that stand against it, from whoever can make them.
    """
    indicators_of(assessment.framework)  # kept: read now, nobody waits for it under the lock
    assessment = _locked(assessment, allowed_from=["consolidation"])
    _hold_back_saves(assessment)
    missing = [*missing_for_endorsement(assessment), *blocking]
    _refuse_while(missing, _("Endorsement cannot be requested."))
    return _move(assessment, to="endorsement", by=by, at=at)


@transaction.atomic
def endorse(assessment, *, by, missing: Sequence[str] = (), comment="", next_page="", at=None):
    """Endorsement -> endorsed, once the seats' decisions fulfil the rule.

    by: None where a deadline passed without objection.
    missing: what the rule still waits for, from whoever counts the decisions.
    next_page: where the coordinators hand the report in, from whoever has that page.
    """
    assessment = _locked(assessment, allowed_from=["endorsement"])
    _refuse_while(missing, _("The assessment is not endorsed yet."))
    return _move(assessment, to="endorsed", by=by, comment=comment, next_page=next_page, at=at)


@transaction.atomic
def submit(assessment, *, by, comment="", at=None):
    """Endorsed -> submitted to UN Women."""
    assessment = _locked(assessment, allowed_from=["endorsed"])
    return _move(assessment, to="submitted", by=by, comment=comment, at=at)


@transaction.atomic
def accept(assessment, *, by, comment="", at=None):
    """Submitted -> accepted, by a reviewer at UN Women. The end."""
    assessment = _locked(assessment, allowed_from=["submitted"])
    return _move(assessment, to="accepted", by=by, comment=comment, at=at)


@transaction.atomic
def send_back(assessment, *, by, reason, at=None):
    """Submitted -> consolidation, by a reviewer at UN Women who says why."""
    return _go_back(assessment, allowed_from=["submitted"], by=by, reason=reason, at=at)


@transaction.atomic
def reopen(assessment, *, by, reason, at=None):
    """Endorsement, endorsed or submitted -> consolidation, by the coordinator who says why."""
    return _go_back(assessment, allowed_from=REOPENABLE, by=by, reason=reason, at=at)


def holding_on_to(assessment: Assessment) -> list[Assessment]:
    """Return the team's later assessments that carry ratings from here and are frozen themselves.

    While there is one, nothing here can be revised: its copies would differ from their origin.
    """
    carrying = Assessment.objects.filter(indicator_ratings__origin__assessment=assessment)
    return list(carrying.frozen().distinct().order_by("year"))


def _go_back(assessment, *, allowed_from, by, reason, at):
    assessment = _locked(assessment, allowed_from=allowed_from)
    reason = reason.strip()
    if not reason:
        raise TransitionRefused(_("Say why the assessment goes back to consolidation."))
    if later := holding_on_to(assessment):
        raise TransitionRefused(
            _(
                "The assessment of %(year)s cannot be revised: the one of %(later)s carries its "
                "ratings over and is in “%(state)s”. Reopen that one first."
            )
            % {
                "year": assessment.year,
                "later": later[-1].year,
                "state": STATES[later[-1].state],
            }
        )
    return _move(assessment, to="consolidation", by=by, comment=reason, at=at)


def _locked(assessment, *, allowed_from):
    """Re-read the row under a lock, so that of two people who make a move only one does."""
    locked = Assessment.objects.select_for_update(of=("self",), no_key=True)
    assessment = locked.with_context().get(pk=assessment.pk)
    if assessment.state not in allowed_from:
        raise TransitionRefused(
            _("%(assessment)s is in “%(state)s” by now, where this is not possible.")
            % {"assessment": assessment, "state": STATES[assessment.state]}
        )
    return assessment


def _hold_back_saves(assessment):
    """Wait for saves of its PIs that are under way, and let later ones see the new state."""
    ratings = IndicatorRating.objects.filter(assessment=assessment)
    list(ratings.select_for_update().order_by("pk").values_list("pk"))


def _refuse_while(missing, sentence):
    if missing:
        raise TransitionRefused(" ".join([sentence, *map(str, missing)]))


def _move(assessment, *, to, by, at, comment="", next_page=""):
    at = at or timezone.now()
    event = AssessmentEvent.objects.create(
        assessment=assessment,
        from_state=assessment.state,
        to_state=to,
        by=by,
        at=at,
        comment=comment,
    )
    assessment.state = to
    assessment.save(update_fields=["state"])
    tell_of_move(event, next_page=next_page)
    audit.record(
        team=assessment.team,
        action=audit.Action.MOVE,
        by=by,
        object=assessment,
        detail=": ".join(filter(None, [str(event.what), comment])),
        at=at,
    )
    return assessment
