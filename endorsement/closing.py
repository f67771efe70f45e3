"""When the decisions fulfil the rule, the report is endorsed: its last PDF carries the record."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from assessments import transitions as moves
from assessments.models import Assessment
from endorsement import letters
from endorsement.models import Endorsement
from endorsement.models.files import keep
from endorsement.record import Record
from endorsement.seats import open_seats, outcome_of, standings_of_record
from endorsement.stored import endorsed_content
from endorsement.transitions import locked
from endorsement.versions import has_changed, latest
from report.as_json import canonical
from report.html import article
from report.unprintable import printed


def close_if_fulfilled(assessment: Assessment, *, by, site="", at=None) -> Endorsement | None:
    """Endorsement -> endorsed, if the rule is fulfilled; else nothing, and None.

    A report that says something else by now than the version decided on is held, and the
    coordinators are asked to take the changes in.
    Printed before the transaction and stored in it, unless somebody decided meanwhile: then that
    decision's own call sees to it. by: None where a deadline passed.
    Raises TransitionRefused in any other state, a ChildError when it cannot be printed.
    """
    at = at or timezone.now()
    with transaction.atomic():
        assessment = locked(assessment)
        if (record := _ready(assessment, site=site, at=at)) is None:
            return None
    endorsement = _printed(assessment, record, by=by, at=at)
    try:
        with transaction.atomic():
            assessment = locked(assessment)
            is_another = _record(assessment, site=site, at=at) != record
            if is_another or has_changed(assessment, endorsement.version):
                return None
            endorsement.save()
            submit_page = reverse("review:submit", args=[assessment.pk])
            moves.endorse(assessment, by=by, next_page=submit_page, at=at)
            log(endorsement)
    finally:
        if endorsement.pk is None:
            endorsement.html.delete(save=False)
            endorsement.pdf.delete(save=False)
    return endorsement


def log(endorsement: Endorsement):
    """Name in the team's log what is endorsed, so that nothing else can take its place."""
    audit.record(
        team=endorsement.assessment.team,
        action=audit.Action.DECISION,
        by=endorsement.by,
        object=_("the report of the %(assessment)s") % {"assessment": endorsement.assessment},
        detail=_(
            "%(version)s is endorsed. SHA-256 of its content %(content)s, "
            "of the record of decisions %(record)s, of the PDF %(pdf)s"
        )
        % ({"version": endorsement.version} | endorsement.seals),
        at=endorsement.at,
    )


def _ready(assessment, *, site, at) -> Record | None:
    """What is to be recorded now. None where somebody has to act first, who is told."""
    version = latest(assessment)
    newcomers = open_seats(assessment, version=version, at=at)
    record = _record(assessment, site=site, at=at)
    if record and not has_changed(assessment, version):
        return record
    letters.ask_to_decide(newcomers, by=version.made_by, site=site, at=at)
    if record:
        letters.ask_to_take_in(version, site=site, at=at)
    return None


def _record(assessment, *, site, at) -> Record | None:
    """What would be recorded now; None while the rule is not fulfilled."""
    today = assessment.team.day(at)
    outcome = outcome_of(assessment, today=today)
    if not outcome.is_fulfilled:
        return None
    return Record.of_decisions(
        latest(assessment),
        standings_of_record(assessment, today=today),
        rule=assessment.endorsement_rule,
        outcome=outcome,
        at=at,
        site=site,
    )


def _printed(assessment, record, *, by, at) -> Endorsement:
    """The endorsement, unsaved, with its files."""
    version = latest(assessment)
    endorsement = Endorsement(version=version, record=canonical(record).decode(), by=by, at=at)
    report = endorsed_content(endorsement, assessment)
    pdf, html = printed(report, record=record).content, article(report, record=record).encode()
    endorsement.html_sha256 = keep(endorsement.html, "report.html", html)
    endorsement.pdf_sha256 = keep(endorsement.pdf, "report.pdf", pdf)
    endorsement.pdf_size = len(pdf)
    return endorsement
