"""Whatever address hands something out to be kept, the team's log says who took it."""

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from assessments.models import Assessment
from tests.access.routes import BEYOND_TEAMS, GET, PEOPLE, SITE
from tests.access.world import signed_in

pytestmark = pytest.mark.django_db
READING = [use for use in [*SITE, *PEOPLE] if use.method == GET and not use.of_owner]
# Nothing of the team is in them.
NOTHING_OF_THE_TEAM = {"workshop:qr"}  # the address of the workshop's page, as a picture
HANDED_OUT = {
    "actionplan:calendar",  # asked for by a person who is signed in; no calendar program calls it
    "actionplan:csv",
    "endorsement:version_json",
    "endorsement:version_pdf",
    "evidence:download",
    "evidence:hub-download",
    "evidence:version-download",
    "report:bundle",
    "report:csv",
    "report:docx",
    "report:evidence-csv",
    "report:json",
    "report:pdf",  # what is endorsed lies behind a signed address to which this one leads
    "report:xlsx",
    "review:bundle",
    "review:comments",
    "review:comments_xlsx",
    "workbook:download",
    "world:csv",
}


@pytest.fixture
def visit(world):
    """Return a function that asks for what a use of an address names, as one who may."""
    Assessment.objects.filter(pk=world.assessment.pk).update(state="submitted")
    coordinator = signed_in(world.people["Coordinator"])
    reviewer = signed_in(world.people["reviewer"])

    def visit(use):
        client = reviewer if use in BEYOND_TEAMS else coordinator
        arguments = [world.arguments[name] for name in use.arguments]
        return client.get(reverse(use.name, args=arguments), follow=True)

    return visit


def is_file(response) -> bool:
    return not response.headers.get("Content-Type", "").startswith("text/html")


def test_every_address_that_hands_something_out_is_in_the_log_of_the_team(world, visit):
    entries = AuditEntry.objects.filter(team=world.assessment.team)
    found, entered = set(), {}
    for use in READING:
        before = entries.count()
        response = visit(use)
        if response.status_code == 200 and is_file(response):
            found.add(use.name)
        entered[use.name] = entries.count() - before
    assert found - NOTHING_OF_THE_TEAM == HANDED_OUT
    assert {name for name, count in entered.items() if count} == HANDED_OUT
    assert max(entered.values()) == 1


def test_every_file_is_for_the_one_who_asked_and_runs_nothing(visit):
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    files = {use.name: visit(use) for use in READING if use.name in HANDED_OUT}
    assert files.keys() == HANDED_OUT
    for name, file in files.items():
        assert {header: file.headers.get(header) for header in headers} == headers, name
        assert file["Content-Disposition"].startswith("attachment; filename"), name
