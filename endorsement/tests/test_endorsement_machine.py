"""An endorsement under any sequence of steps, wise or not: what must hold, holds after each."""

import hashlib
import json
from collections import Counter
from functools import partial

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from accounts.tests.factories import make_user
from endorsement import closing, versions
from endorsement.models import Ask, Endorsement, ReportVersion, Submission
from endorsement.review.bundle import faults_of
from endorsement.seats import outcome_of, standings
from endorsement.stored import in_force
from endorsement.tests.flow import make_team_that_agreed, quick_printer
from endorsement.tests.steps import KEPT, Steps
from report.as_json import as_json

__all__ = ["quick_printer"]


class EndorsementMachine(Steps):
    """Keeps beside the database what was written: rows and bytes that must never be others."""

    def __init__(self, *facts):
        super().__init__(*facts)
        self.written, self.whole, self.told = {}, set(), []
        self.looked_at = {}

    def _is_new_to(self, invariant: str, *facts) -> bool:
        """Whether anything has changed since it last asked; a refused step changes nothing."""
        before, self.looked_at[invariant] = self.looked_at.get(invariant), (self.present, *facts)
        return before != self.looked_at[invariant]

    @invariant()
    def what_was_written_is_never_another(self):
        """Neither while it is endorsed nor after a return: versions, decisions, queries stay."""
        for model in KEPT if self._is_new_to("rows") else ():
            present = self.present[model]
            for pk, row in present.items():
                assert self.written.setdefault((model, pk), row) == row
            assert {pk for kept, pk in self.written if kept is model} == present.keys()

    @invariant()
    def the_files_are_what_was_stored_and_no_others_lie_about(self):
        if not self._is_new_to("files"):
            return
        named = set()
        for row in [*ReportVersion.objects.all(), *Endorsement.objects.all()]:
            for name in ("pdf", "html"):
                with getattr(row, name).open("rb") as file:
                    content = file.read()
                assert hashlib.sha256(content).hexdigest() == getattr(row, f"{name}_sha256")
                named.add(getattr(row, name).path)
        named |= {row.bundle.path for row in Submission.objects.all()}
        assert {str(path) for path in self.present["files"]} == named

    @invariant()
    def a_version_is_known_by_its_content(self):
        for row in self.present[ReportVersion].values() if self._is_new_to("hashes") else ():
            assert hashlib.sha256(row["content"].encode()).hexdigest() == row["sha256"]

    @invariant()
    def an_endorsed_report_has_its_record_and_a_draft_has_none_in_force(self):
        if not self._is_new_to("record"):
            return
        assessment = self.team.now
        endorsement = in_force(assessment)
        assert (endorsement is not None) == assessment.is_endorsed
        if endorsement:
            assert endorsement.version.number == versions.latest(assessment).number

    @invariant()
    def those_who_serve_today_say_what_they_decided_last_on_what_they_were_asked(self):
        """So a decision counts for no version on which its seat was asked again."""
        if not self._is_new_to("seats", self.today, self.team):
            return
        rows, answers = standings(self.team.now, today=self.today), self.answers()
        assert all(row.seat.membership.ended_on is None for row in rows)
        said = [row.decision and row.decision.kind for row in rows]
        without_a_seat = [None] * (len(answers) - len(rows))
        assert Counter([*said, *without_a_seat]) == Counter(answers)
        if self.state == "endorsement" and not without_a_seat:
            is_fulfilled = outcome_of(self.team.now, today=self.today).is_fulfilled
            assert is_fulfilled == self.is_enough()

    @invariant()
    def a_material_version_asks_somebody_and_an_editorial_one_only_new_seats(self):
        asked = {}
        for ask in self.present[Ask].values():
            asked.setdefault(ask["version_id"], []).append(ask)
        for version in self.present[ReportVersion].values():
            asks = asked.get(version["id"], [])
            if version["change"] != "editorial":
                assert asks
            else:
                assert not any(self._was_asked_before(ask) for ask in asks)

    def _was_asked_before(self, ask) -> bool:
        asks = self.present[Ask].values()
        return any(row["seat_id"] == ask["seat_id"] and row["id"] < ask["id"] for row in asks)

    @invariant()
    def what_was_handed_in_is_whole(self):
        """All bundles when one is new, and at the end of the steps."""
        if self.present[Submission].keys() != self.whole:
            for submission in Submission.objects.select_related("endorsement__version"):
                self._require_whole(submission)
            self.whole = set(self.present[Submission])

    def _require_whole(self, submission):
        with submission.bundle.open("rb") as bundle:
            assert faults_of(bundle, submission.manifest) == []
        manifest = json.loads(submission.manifest)
        assert manifest["content_sha256"] == submission.endorsement.version.sha256

    @invariant()
    def the_moves_follow_from_one_another(self):
        moves = list(
            self.team.assessment.events.order_by("pk").values_list("from_state", "to_state")
        )
        assert moves[: len(self.told)] == self.told
        for before, after in zip(moves, moves[1:], strict=False):
            assert before[1] == after[0]
        self.told = moves

    def teardown(self):
        for submission in Submission.objects.select_related("endorsement__version"):
            self._require_whole(submission)
        super().teardown()


@pytest.mark.django_db
def test_no_sequence_of_steps_changes_what_was_endorsed(quick_printer, monkeypatch):
    monkeypatch.setattr("endorsement.review.bundle.MADE_ANEW", ["csv"])
    for module in (versions, closing):
        monkeypatch.setattr(module, "article", lambda report, record: as_json(report).decode())
    run_state_machine_as_test(
        partial(EndorsementMachine, make_team_that_agreed(), make_user(is_reviewer=True)),
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            suppress_health_check=list(HealthCheck),
        ),
    )
