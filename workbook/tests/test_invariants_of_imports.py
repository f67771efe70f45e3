"""What is always true of a team's assessments stays true when years are taken in and corrected."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test

from assessments.tests.voting_rules import levels, walk
from assessments.tests.year_rules import CODES, FIRST_YEAR, LAST_YEAR, Years, codes, which
from scorecard.tests.factories import load_edition
from workbook.history.claims import Claims, RatingClaim
from workbook.history.dry_run import history_run
from workbook.history.transitions import write_history
from workbook.models import ImportedRow
from workbook.tests.factories import make_history_run

files = st.dictionaries(codes, levels, min_size=1)
long_files = st.dictionaries(codes, levels, min_size=6)  # more than the next year reassesses
last_assessed = st.sampled_from([None, FIRST_YEAR - 2])


class ImportedYears(Years):
    others = [*Years.others, ImportedRow]

    @initialize(file=files, corrected=long_files, is_endorsed=st.sampled_from([True, False]))
    def begin(self, file, corrected, is_endorsed):
        """A year that was taken in, the next one that carries its ratings, and a correction."""
        self.form_team()
        self.take_in(0, file, None)
        self.set_up("annual", 1)
        if is_endorsed:
            self.get_a_year_endorsed(1, "annual", CODES[:5])
            self.what_the_heads_are_asked_to_endorse_stays_as_it_is()
        self.take_in(0, corrected, None)

    @rule(year=which, file=files, last_assessed=last_assessed)
    def take_in(self, year, file, last_assessed):
        """A year that is new, or a correction of one that was taken in."""
        run = make_history_run(self.cycle.team, by=self.by)
        history = history_run(
            self.claims(FIRST_YEAR + year, file, last_assessed),
            team=self.cycle.team,
            framework=self.framework,
            cycle=self.cycle,
            this_year=LAST_YEAR,
        )
        self.attempt(lambda: write_history(run, history, sheet="Scores", by=self.by))

    def claims(self, year, file, last_assessed):
        claims = Claims()
        for row, (code, rating) in enumerate(file.items(), start=2):
            claims.ratings[year, code] = RatingClaim(
                year=year,
                code=code,
                rating=rating,
                last_assessed=last_assessed,
                findings="From the file.",
                means_of_verification="",
                address=f"Scores!C{row}",
                row=row,
            )
        return claims


@pytest.mark.django_db
def test_whatever_is_taken_in_the_invariants_hold():
    load_edition()  # once, outside what each run undoes
    run_state_machine_as_test(ImportedYears, settings=walk(examples=5))
