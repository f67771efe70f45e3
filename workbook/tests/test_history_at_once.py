"""Two people take earlier years of one team in at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import Membership
from accounts.tests.factories import make_cycle, make_membership
from assessments.models import Assessment
from assessments.transitions import TransitionRefused
from scorecard.tests.factories import load_edition
from workbook.history.choices import dry_run_of as read_again
from workbook.history.transitions import write_history
from workbook.models import ImportedRow, ImportRun
from workbook.tests.taking_in import LONG, dry_run_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def coordinator():
    load_edition()
    team = make_cycle(first_year=2019, last_year=2025).team
    return make_membership(team=team, role=Membership.Role.COORDINATOR)


def at_once(*acts):
    """Run each in a thread of its own, all from the same moment. Returns what was refused."""
    barrier = Barrier(len(acts))

    def run(act):
        barrier.wait(timeout=30)
        try:
            act()
        except TransitionRefused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [sentence for sentence in pool.map(run, acts) if sentence]


@pytest.mark.parametrize("attempt", range(3))
def test_one_workbook_is_taken_in_and_the_other_is_told_to_look_again(client, coordinator, attempt):
    client.force_login(coordinator.user)
    rows = *LONG, ["1.2", 2020, "Meets", "", None]
    pages = [dry_run_of(client, coordinator.team, *sheet) for sheet in (LONG, rows)]
    seen = [(page.context["run"], read_again(page.context["run"])) for page in pages]

    def write(run, history):
        return lambda: write_history(run, history, sheet="Scores", by=coordinator.user)

    refused = at_once(*(write(run, history) for run, history in seen))
    assert refused == ["Nothing was written: the site has changed since."]
    assert [row.year for row in Assessment.objects.order_by("year")] == [2020, 2021]
    (written,) = ImportRun.objects.written()
    assert set(ImportedRow.objects.values_list("run", flat=True)) == {written.pk}
    assert written.change_count == ImportedRow.objects.count()
