"""Whatever address is used once a report is endorsed, the report stays byte for byte as it was."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from assessments.models import Assessment
from endorsement.models import Ask, Decision, Endorsement, ReportVersion, Submission
from tests.access.routes import PEOPLE, SITE
from tests.access.world import sent, signed_in, undone

pytestmark = pytest.mark.django_db
KEPT = [ReportVersion, Endorsement, Submission, Ask, Decision]
# Fields that forms of this site know: so a step is really taken wherever it may be.
FILLED_IN = {
    "reason": "To mend something.",
    "comment": "Mended.",
    "note": "Mended.",
    "findings": "Something else.",
    "rating": "4",
    "kind": "all",
    "title": "Another title",
    "indicator": "2.2",
    "codes": "2.2",
    "confidentiality": "shared",
    "is_raised": "on",
    "confirm": "on",
}


def rows() -> dict:
    """Those that are there before any step; further ones may come."""
    return {(model, row["id"]): row for model in KEPT for row in model.objects.values()}


def files() -> dict:
    folder = settings.MEDIA_ROOT / "reports"
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def use_each(client, world, before, stored) -> dict[int, int]:
    """Use every route once, undo what that changed, and count the answers."""
    answers: dict[int, int] = {}
    for use in [*SITE, *PEOPLE]:
        address = reverse(use.name, args=[world.arguments[name] for name in use.arguments])
        data = FILLED_IN | sent(world, use) | {"on": timezone.localdate().isoformat()}
        with undone():
            status = getattr(client, use.method)(address, data).status_code
            assert before.items() <= rows().items(), (use.method, use.name)
        assert stored.items() <= files().items(), (use.method, use.name)
        answers[status] = answers.get(status, 0) + 1
    return answers


@pytest.mark.parametrize(
    ("person", "state"),
    [("Coordinator", "endorsed"), ("head of the seat", "endorsed"), ("reviewer", "submitted")],
)
def test_no_address_changes_an_endorsed_report(world, person, state):
    Assessment.objects.filter(pk=world.assessment.pk).update(state=state)
    user = world.seated[0].user if person == "head of the seat" else world.people[person]
    before, stored = rows(), files()
    assert {model for model, _pk in before} >= {ReportVersion, Endorsement, Submission, Ask}
    answers = use_each(signed_in(user), world, before, stored)
    assert answers.get(200, 0) + answers.get(302, 0) > 10  # some steps were really taken
