"""Seats, versions and decisions for tests. The default is the boring valid case."""

import hashlib
import json
from datetime import date
from io import BytesIO
from zipfile import ZipFile

from django.utils import timezone

from accounts.models import Membership
from accounts.tests.factories import make_entity, make_membership, make_user
from assessments.tests.factories import make_assessment, make_person
from endorsement.closing import log
from endorsement.models import (
    Ask,
    Decision,
    Delegation,
    Endorsement,
    EndorsementRule,
    ObjectedIndicator,
    Query,
    QueryMessage,
    ReportVersion,
    Seat,
    Submission,
)
from endorsement.models.files import keep
from endorsement.seats import open_seats
from report.as_json import as_json
from report.contents import AssessmentReport

Role = Membership.Role
Kind = Decision.Kind
MANIFEST = '{"files": [], "missing": []}\n'


def make_version(*, assessment=None, number=1, content=None, by=None, at=None, **fields):
    """A stored version with small stand-ins for its files."""
    assessment = assessment or make_assessment(state="endorsement")
    content = content or json.dumps({"version": number}) + "\n"
    version = ReportVersion(
        assessment=assessment,
        number=number,
        content=content,
        made_by=by or make_person(assessment=assessment),
        made_at=at or timezone.now(),
        **{
            "sha256": hashlib.sha256(content.encode()).hexdigest(),
            "change": "first" if number == 1 else "editorial",
        }
        | fields,
    )
    version.html_sha256 = keep(version.html, "report.html", b"<article></article>")
    pdf = f"%PDF-1.7 version {number} of {assessment.pk}".encode()
    version.pdf_sha256, version.pdf_size = keep(version.pdf, "report.pdf", pdf), len(pdf)
    version.save()
    return version


def make_seat(*, assessment=None, acronym="UNDP", role=Role.HEAD_OF_AGENCY, user=None):
    assessment = assessment or make_assessment(state="endorsement")
    membership = make_membership(
        team=assessment.team,
        user=user,
        role=role,
        entity=make_entity(acronym=acronym, name=acronym),
    )
    return Seat.objects.create(
        assessment=assessment,
        role=role,
        entity=membership.entity,
        membership=membership,
        opened_at=timezone.now(),
    )


def make_ask(*, seat=None, version=None):
    seat = seat or make_seat(assessment=version and version.assessment)
    version = version or make_version(assessment=seat.assessment)
    return Ask.objects.create(seat=seat, version=version, at=timezone.now())


def make_decision(*, seat=None, version=None, kind=Kind.ENDORSE, comment="", codes=(), **fields):
    """The head of the seat decides in person. An objection says why."""
    seat = seat or make_seat(assessment=version and version.assessment)
    decision = Decision.objects.create(
        seat=seat,
        version=version or make_version(assessment=seat.assessment),
        kind=kind,
        comment=comment or ("Not so." if kind == Kind.OBJECT else ""),
        **{"by": seat.membership.user, "at": timezone.now()} | fields,
    )
    for code in codes:
        ratings = seat.assessment.indicator_ratings.select_related("indicator")
        indicator = ratings.get(indicator__code=code).indicator
        ObjectedIndicator.objects.create(decision=decision, indicator=indicator)
    return decision


def make_rule(*, assessment, kind=EndorsementRule.Kind.ALL, **fields):
    return EndorsementRule.objects.create(assessment=assessment, kind=kind, **fields)


def make_delegation(*, seat=None, officer=None, first_day=None, last_day=None, **fields):
    """A colleague decides for the seat, the whole of 2022."""
    seat = seat or make_seat()
    return Delegation.objects.create(
        seat=seat,
        officer=officer or make_membership(team=seat.assessment.team, entity=seat.entity),
        first_day=first_day or date(2022, 1, 1),
        last_day=last_day or date(2022, 12, 31),
        **{"made_by": seat.membership.user, "made_at": timezone.now()} | fields,
    )


def make_endorsement(*, version=None, by=None, **fields):
    version = version or make_version(assessment=make_assessment(state="endorsed"))
    endorsement = Endorsement(version=version, record="{}\n", by=by, at=timezone.now(), **fields)
    endorsement.html_sha256 = keep(endorsement.html, "report.html", b"<article></article>")
    pdf = f"%PDF-1.7 endorsed {version.pk}".encode()
    endorsement.pdf_sha256 = keep(endorsement.pdf, "report.pdf", pdf)
    endorsement.pdf_size = len(pdf)
    endorsement.save()
    log(endorsement)
    return endorsement


def make_submission(*, endorsement=None, number=1, by=None, bundle=None):
    """bundle: what is in its ZIP, by name; by itself the manifest of no files."""
    endorsement = endorsement or make_endorsement()
    content = _zip({"manifest.json": MANIFEST} if bundle is None else bundle)
    submission = Submission(
        endorsement=endorsement,
        number=number,
        manifest=MANIFEST,
        bundle_size=len(content),
        by=by or make_user(),
        at=timezone.now(),
    )
    submission.bundle_sha256 = keep(submission.bundle, "bundle.zip", content)
    submission.save()
    return submission


def _zip(members):
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def make_query(*, assessment=None, code="2.2", text="Why?", by=None, **fields):
    assessment = assessment or make_assessment(state="submitted")
    by = by or make_user(is_reviewer=True)
    ratings = assessment.indicator_ratings.select_related("indicator")
    query = Query.objects.create(
        assessment=assessment,
        indicator=ratings.get(indicator__code=code).indicator,
        **{"opened_by": by, "opened_at": timezone.now()} | fields,
    )
    QueryMessage.objects.create(
        query=query, text=text, by=by, at=query.opened_at, is_from_reviewer=True
    )
    return query


def make_requested(assessment):
    """Its report as it stands is before the heads of agency. Returns the first one's seat."""
    content = as_json(AssessmentReport.of(assessment)).decode()
    version = make_version(assessment=assessment, content=content)
    make_rule(assessment=assessment)
    seats = open_seats(assessment, version=version, at=version.made_at)
    return next(seat for seat in seats if seat.role == Role.HEAD_OF_AGENCY)
