"""Takes earlier years in: as imported, never as endorsed, each thing with its row of the file."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access_table import IMPORTED
from accounts.transitions import lock
from actionplan import writing
from actionplan.activities import record_activity
from actionplan.models import ActionPoint
from assessments.carry_over import carry_on, save_with_history
from assessments.models import Assessment, AssessmentEvent, IndicatorRating
from assessments.transitions import TransitionRefused
from scorecard.models import Indicator
from workbook.history.dry_run import HistoryRun
from workbook.models import ImportedRow, ImportRun
from workbook.transitions import decide, source_of

HAS_CHANGED = gettext_lazy("Nothing was written: the site has changed since.")
RATING_FIELDS = [
    "rating",
    "computed_rating",
    "is_reassessed",
    "origin_year",
    "origin_note",
    "findings",
    "means_of_verification",
    "changed_at",
    "changed_by",
]


def write_history(run: ImportRun, seen: HistoryRun, *, sheet: str, by, at=None) -> ImportRun:
    """Waiting -> written: every year, rating, action and activity, or none of them.

    Raises TransitionRefused if by now the workbook would do something else than was seen.
    """

    def write_changes(at):
        history = _unchanged(seen)
        writer = _Writer(run, history, sheet=sheet, by=by, at=at)
        for year in history.years:
            writer.write_year(year)
        for action in history.actions:
            writer.write_action(action)
        return history.change_count

    return decide(run, write_changes, by=by, at=at)


def _unchanged(seen: HistoryRun) -> HistoryRun:
    """Ask again once set-up, another workbook and the moves of every year wait for this one."""
    lock(seen.team)
    assessments = seen.team.assessments.select_for_update(of=("self",), no_key=True)
    list(assessments.order_by("pk").values_list("pk"))
    history = seen.again()
    if history.digest != seen.digest:
        raise TransitionRefused(HAS_CHANGED)
    return history


class _Writer:
    def __init__(self, run, history, *, sheet, by, at):
        self.run, self.history, self.sheet, self.by, self.at = run, history, sheet, by, at
        self.source = source_of(run)

    def write_year(self, year):
        assessment = year.assessment or self._new_assessment(year)
        rows = assessment.indicator_ratings.select_for_update(of=("self",))
        ratings = {row.indicator.code: row for row in rows.select_related("indicator")}
        for change in year.ratings:
            rating = ratings[change.claim.code]
            self._write_rating(rating, change.claim)
            ImportedRow.objects.update_or_create(
                indicator_rating=rating, defaults=self._place(change.claim)
            )

    def _new_assessment(self, year) -> Assessment:
        """All PIs exist from the start; those that the file does not name stay unrated."""
        assessment = Assessment.objects.create(
            team=self.history.team,
            cooperation_framework=year.cycle,
            framework=self.history.framework,
            kind=Assessment.Kind.ANNUAL,
            year=year.year,
            state=IMPORTED,
        )
        AssessmentEvent.objects.create(
            assessment=assessment, to_state=IMPORTED, by=self.by, at=self.at, comment=self.source
        )
        note = _("Not in “%(name)s”") % {"name": self.run.file_name}
        for indicator in Indicator.objects.of_framework(self.history.framework):
            rating = IndicatorRating(assessment=assessment, indicator=indicator, origin_note=note)
            rating._history_user, rating._history_date = self.by, self.at
            rating.save(force_insert=True)
        return assessment

    def _write_rating(self, rating, claim):
        """The criteria are not on record, so the rating stands as what they gave."""
        rating.rating = rating.computed_rating = claim.rating
        rating.is_reassessed = claim.last_assessed is None
        rating.origin_year = claim.last_assessed
        rating.origin_note = ""
        rating.findings = claim.findings
        rating.means_of_verification = claim.means_of_verification
        rating.changed_at, rating.changed_by = self.at, self.by
        rating._change_reason = self.source[:100]
        save_with_history(rating, RATING_FIELDS, by=self.by, at=self.at)
        carry_on(rating, by=self.by, at=self.at)

    def write_action(self, change):
        point = change.point or self._new_point(change.claim)
        for year, text in change.activities.items():
            activity = record_activity(
                point,
                year,
                text=text,
                no_action=False,
                version=0,
                by=self.by,
                source=self.source,
                at=self.at,
            )
            ImportedRow.objects.create(activity=activity, **self._place(change.claim))

    def _new_point(self, claim) -> ActionPoint:
        indicators = Indicator.objects.of_framework(self.history.framework)
        point = writing.add_point(
            ActionPoint(indicator=indicators.get(code=claim.code), text=claim.text),
            cycle=self.history.cycle,
            links={name: [] for name in writing.LINKS},
            by=self.by,
            source=self.source,
            at=self.at,
        )
        ImportedRow.objects.create(action_point=point, **self._place(claim))
        return point

    def _place(self, claim):
        return {"run": self.run, "sheet": self.sheet[:100], "row": claim.row}
