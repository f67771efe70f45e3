"""The state of an endorsement, and the versions of the report with their files."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from accounts.access_table import Capability
from assessments.lookup import visible_assessment
from endorsement.lookup import visible_version
from endorsement.overview import EndorsementOverview
from endorsement.stored import attachment
from endorsement.versions import difference_of, has_changed
from endorsement.wording import in_words
from report.log import record_export
from scorecard.downloads import to_save


@require_GET
def endorsement_detail(request, pk):
    assessment, access = visible_assessment(request, pk)
    access.require_sight(Capability.VIEW)
    today = assessment.team.day(timezone.now())
    overview = EndorsementOverview.of(assessment, user=request.user, today=today)
    may_run = access.allows(Capability.RUN_ENDORSEMENT)
    return render(
        request,
        "endorsement/endorsement_detail.html",
        {
            "assessment": assessment,
            "overview": overview,
            "may_request": access.allows(Capability.REQUEST_ENDORSEMENT),
            "may_run": may_run,
            "may_reopen": access.allows(Capability.REOPEN),
            "may_view_work": access.allows(Capability.VIEW_WORK),
            "has_changed": may_run and has_changed(assessment, overview.version),
        },
    )


@require_GET
def version_detail(request, pk, number):
    version, _access = visible_version(request, pk, number)
    with version.html.open("rb") as file:
        article = mark_safe(file.read().decode())  # our own rendering, escaped when it was made
    return render(
        request,
        "endorsement/version_detail.html",
        {
            "version": version,
            "assessment": version.assessment,
            "article": article,
            "changes": in_words(difference_of(version)),
        },
    )


@require_GET
def version_pdf(request, pk, number):
    version, _access = visible_version(request, pk, number)
    record_export(version.assessment, format=f"PDF, {version}", by=request.user)
    return attachment(version, version.assessment)


@require_GET
def version_json(request, pk, number):
    version, _access = visible_version(request, pk, number)
    record_export(version.assessment, format=f"JSON, {version}", by=request.user)
    name = f"UNCT-SWAP {version.assessment.team.code} {version.assessment.year}.json"
    return to_save(HttpResponse(version.content, content_type="application/json"), name)
