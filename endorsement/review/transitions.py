"""Handing in, asking, answering, sending back, accepting. Each under the assessment's lock."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import Membership, User
from accounts.outbox import Event, notify
from assessments import transitions as moves
from assessments.models import Assessment
from assessments.transitions import TransitionRefused
from endorsement.models import Endorsement, Query, QueryMessage, Submission
from endorsement.review.bundle import bundle_of, write
from endorsement.transitions import locked

OPEN_STATES = ("submitted", "consolidation", "endorsement", "endorsed")


def submit(assessment, *, by, progress=lambda *step, of: None, at=None) -> Submission:
    """Endorsed -> submitted: the bundle is made first, and handed in if the report still stands.

    progress: see jobs/work.py.
    Raises TransitionRefused; a ChildError when a file cannot be made.
    """
    at = at or timezone.now()
    endorsement = _in_force(assessment)
    submission = Submission(endorsement=endorsement, number=_count(assessment) + 1, by=by, at=at)
    try:
        progress(_("Making the files"), 0, of=2)
        bundle = bundle_of(endorsement)
        progress(_("Packing them with the evidence"), 1, of=2)
        write(submission, bundle)
        with transaction.atomic():
            locked(assessment, state="endorsed")
            if _in_force(assessment) != endorsement or _count(assessment) >= submission.number:
                raise TransitionRefused(_("The report changed meanwhile. Reload the page."))
            submission.save()
            _tell_reviewers(submission, at=at)
            moves.submit(assessment, by=by, comment=submission.receipt, at=at)
    finally:
        if submission.pk is None and submission.bundle:
            submission.bundle.delete(save=False)
    return submission


def _tell_reviewers(submission, *, at):
    assessment = submission.assessment
    notify(
        Event.SUBMITTED,
        to=User.objects.filter(is_reviewer=True),
        team=assessment.team,
        link=reverse("review:detail", args=[assessment.pk]),
        at=at,
        assessment=assessment,
        by=submission.by,
        submission=submission,
    )


def _in_force(assessment) -> Endorsement:
    endorsement = Endorsement.objects.in_force().with_assessment().of(assessment).last()
    if endorsement is None:
        raise TransitionRefused(
            _("There is no record of endorsement: reopen the assessment and request endorsement.")
        )
    return endorsement


def _count(assessment) -> int:
    return Submission.objects.of(assessment).count()


@transaction.atomic
def ask(
    assessment, *, by, indicator, text, criterion=None, proposed_rating=None, due=None, site="",
    at=None,
) -> Query:  # fmt: skip
    """A reviewer asks about one PI or one of its criteria; the coordinators get a mail."""
    at = at or timezone.now()
    assessment = locked(assessment, state="submitted")
    query = Query.objects.create(
        assessment=assessment,
        indicator=indicator,
        criterion=criterion,
        proposed_rating=proposed_rating,
        due=due,
        opened_by=by,
        opened_at=at,
    )
    QueryMessage.objects.create(query=query, text=text, by=by, at=at, is_from_reviewer=True)
    _tell(
        Event.QUERY_ASKED, query, to=_coordinators(assessment), by=by, text=text, site=site, at=at
    )
    _log(query, _("asked: %(text)s") % {"text": text}, by=by, at=at)
    return query


@transaction.atomic
def answer(query, *, by, text, is_from_reviewer: bool, site="", at=None) -> QueryMessage:
    """A further message of the team or of the reviewer, while the query is open."""
    at = at or timezone.now()
    query = _open_query(query)
    message = QueryMessage.objects.create(
        query=query, text=text, by=by, at=at, is_from_reviewer=is_from_reviewer
    )
    if is_from_reviewer:
        to, event = _coordinators(query.assessment), Event.QUERY_ASKED
    else:
        to, event = [query.opened_by], Event.QUERY_ANSWERED
    _tell(event, query, to=to, by=by, text=text, site=site, at=at)
    return message


@transaction.atomic
def close(query, *, by, at=None) -> Query:
    at = at or timezone.now()
    query = _open_query(query)
    query.closed_by, query.closed_at = by, at
    query.save(update_fields=["closed_by", "closed_at"])
    _log(query, _("closed"), by=by, at=at)
    return query


@transaction.atomic
def accept(assessment, *, by, comment="", at=None) -> Assessment:
    """Submitted -> accepted. Every query is closed first, so that none stays without an answer."""
    waiting = Query.objects.of(locked(assessment, state="submitted")).open()
    if waiting:
        raise TransitionRefused(
            _("Queries are open: %(about)s. Close them, then accept the report.")
            % {"about": ", ".join(query.is_about for query in waiting)}
        )
    return moves.accept(assessment, by=by, comment=comment, at=at)


def send_back(assessment, *, by, reason, at=None) -> Assessment:
    """Submitted -> consolidation. Nothing is lost: texts, ratings, decisions and queries stay."""
    return moves.send_back(assessment, by=by, reason=reason, at=at)


def _open_query(query) -> Query:
    rows = Query.objects.select_for_update(of=("self",))
    query = rows.select_related("assessment__team", "indicator", "criterion", "opened_by").get(
        pk=query.pk
    )
    if not query.is_open:
        raise TransitionRefused(_("The query is closed already."))
    if query.assessment.state not in OPEN_STATES:
        raise TransitionRefused(_("The report is accepted; nothing is asked about it any more."))
    return query


def _coordinators(assessment):
    rows = Membership.objects.in_team(assessment.team).able_to_coordinate()
    return [membership.user for membership in rows]


def _tell(event, query, *, to, by, text, site, at):
    notify(
        event,
        to=to,
        team=query.assessment.team,
        link=query.get_absolute_url(),
        site=site,
        at=at,
        assessment=query.assessment,
        by=by,
        subject=_("PI %(about)s") % {"about": query.is_about},
        comment=text,
        until=query.due,
    )


def _log(query, detail, *, by, at):
    audit.record(
        team=query.assessment.team,
        action=audit.Action.DECISION,
        by=by,
        object=_("a query on PI %(about)s") % {"about": query.is_about},
        detail=detail,
        at=at,
    )
