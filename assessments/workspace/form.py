"""The workspace of one PI: all its forms together, and what they give as they stand."""

from functools import cached_property

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import Access, WrongState
from accounts.access_table import Capability
from assessments.carry_over import why_closed
from assessments.models import CriterionFinding, IndicatorRating
from assessments.workspace import transitions
from assessments.workspace.content import TEXTS
from assessments.workspace.forms import CriterionFindingForm, IndicatorRatingForm
from assessments.workspace.levels import LevelLine, lacking, level_lines
from assessments.workspace.rows import CriterionRow, MeasureTable
from scorecard import rating as engine
from scorecard.form_errors import errors_of
from scorecard.models import RATING_LABELS
from scorecard.rating import Rating


class IndicatorWorkspace:
    """Forms for the texts, the criteria and the measures of one PI.

    Without data it shows what is stored; with data, what a person sent. The computed rating
    always follows the forms.

    is_decided: the workshop has agreed on the rating, so that here only its reasons change.
    """

    def __init__(
        self,
        rating: IndicatorRating,
        *,
        access: Access,
        is_decided: bool,
        previous=None,
        data=None,
    ):
        self.rating = rating
        self.indicator = rating.indicator
        self.previous = previous
        self.access = access
        self.data = data
        self.may_write = rating.origin is None and access.allows(
            Capability.WRITE_FINDINGS, assigned=rating.assigned_to.all()
        )
        self.may_view_work = access.allows(Capability.VIEW_WORK)
        self.is_decided = is_decided
        self.may_explain = rating.origin is None and access.allows(Capability.RECORD_RATING)
        self.may_rate = self.may_explain and not is_decided
        self.form = IndicatorRatingForm(
            data,
            instance=rating,
            initial={"version": rating.version},
            may_rate=self.may_rate,
            may_explain=self.may_explain,
            has_previous=previous is not None and previous.rating is not None,
        )

    def filled_in(self, data) -> "IndicatorWorkspace":
        """The same PI, as read before, with what a person sent in its forms."""
        return IndicatorWorkspace(
            self.rating,
            access=self.access,
            previous=self.previous,
            data=data,
            is_decided=self.is_decided,
        )

    def require_writing(self):
        """Raise PermissionDenied or WrongState unless this person may write here now."""
        self.access.require(Capability.WRITE_FINDINGS, assigned=self.rating.assigned_to.all())
        if self.rating.origin is not None:
            raise WrongState(why_closed(self.rating))

    @cached_property
    def criterion_forms(self) -> dict[str, CriterionFindingForm]:
        """Forms by criterion key, for the criteria that a person answers."""
        return {
            criterion.key: CriterionFindingForm(
                self.data,
                prefix=f"criterion-{criterion.key}",
                instance=self.rating.findings_by_key[criterion.key]
                or CriterionFinding(indicator_rating=self.rating, criterion=criterion),
            )
            for criterion in self.indicator.criteria.all()
            if criterion.measure is None
        }

    @cached_property
    def measures(self) -> list[MeasureTable]:
        entries = self.rating.source.measure_entries.all()
        return [
            MeasureTable.of(measure, entries, data=self.data)
            for measure in self.indicator.measures.all()
        ]

    @cached_property
    def standing(self) -> engine.Standing:
        """What the criteria and measures give as they stand in the forms, valid fields only."""
        if self.data is None:
            return self.rating.source.standing
        for form in self._all_forms():
            form.is_valid()
        answers = {
            key: form.cleaned_data.get("is_met") for key, form in self.criterion_forms.items()
        }
        return engine.standing_of(
            ticked={key for key, is_met in answers.items() if is_met},
            refused={key for key, is_met in answers.items() if is_met is False},
            shares={table.measure.key: table.share for table in self.measures},
            rules=self.indicator.rules,
            criteria=self.indicator.criterion_rules,
        )

    @property
    def criteria(self) -> list[CriterionRow]:
        findings = self.rating.source.findings_by_key
        return [
            CriterionRow(
                criterion=criterion,
                form=self.criterion_forms.get(criterion.key),
                finding=findings[criterion.key].finding if findings[criterion.key] else "",
                is_met=criterion.key in self.standing.met,
                is_refused=criterion.key in self.standing.refused,
                counts_towards=self.indicator.counts_towards[criterion.key],
            )
            for criterion in self.indicator.criteria.all()
        ]

    @property
    def decided_criteria(self) -> list[CriterionRow]:
        """Those on the page that numbers decide, so that they follow what is typed."""
        if not self.has_criteria_to_answer:
            return []
        return [row for row in self.criteria if row.form is None]

    @property
    def guidance_url(self):
        framework = self.rating.assessment.framework
        return reverse(
            "scorecard:indicator_detail",
            args=[framework.code, framework.revision, self.indicator.code],
        )

    @property
    def has_criteria_to_answer(self):
        """False where measures decide every criterion, so that only numbers are asked for."""
        return bool(self.criterion_forms)

    @property
    def levels(self) -> list[LevelLine]:
        return level_lines(self.indicator, self.standing)

    @property
    def has_more_within_reach(self):
        return self.standing.best_reachable > self.standing.rating

    @property
    def lacking(self) -> list[tuple[Rating, str]]:
        """What is missing for each level above the computed one, in words: (MEETS, "(c)")."""
        return lacking(self.indicator, self.standing)

    def takes(self, name: str) -> bool:
        """Whether this person writes the field here; by its name in content.py."""
        return name in self.form.fields or name not in {"rating", *TEXTS}

    @cached_property
    def refused(self) -> dict[str, list[str]]:
        """What is refused whatever else is sent: sentences by the name in content.py."""
        single = [self.form, *self.criterion_forms.values()]
        refused = {
            form.add_prefix(name): list(sentences)
            for form in single
            for name, sentences in form.errors.items()
        }
        return refused | {
            table.formset.prefix: [sentence for _place, sentence in table.errors]
            for table in self.measures
            if not table.formset.is_valid()
        }

    def is_valid(self, *, is_about_rating=True) -> bool:
        """Check every form, then what they say together if it is about the rating."""
        return not self.refused and (not is_about_rating or self._is_explained())

    def _is_explained(self):
        rating = self.form.instance
        rating.computed_rating = self.standing.rating
        if self._is_regression(rating) and not rating.regression_reason:
            self.form.add_error(
                "regression_reason",
                _("The rating falls from %(before)s to %(now)s: say why.")
                % {
                    "before": self.previous.get_rating_display(),
                    "now": rating.get_rating_display(),
                },
            )
        try:
            rating.validate_constraints()
        except ValidationError as fault:
            self._add_unexplained(fault)
        return self.form.is_valid()

    def _add_unexplained(self, fault):
        """Tell whoever records the rating what lacks; a member, who can mend it."""
        if self.may_explain:
            self.form.add_error("difference_reason", fault.messages)
            return
        rating = self.form.instance
        self.form.add_error(
            None,
            _(
                "With this the criteria give %(computed)s, while %(agreed)s is agreed. Ask the "
                "coordinator to agree on the rating anew or to record the reason, then save again."
            )
            % {
                "computed": RATING_LABELS[rating.computed_rating],
                "agreed": RATING_LABELS[rating.rating],
            },
        )

    def _is_regression(self, rating):
        if "regression_reason" not in self.form.fields or not rating.is_reassessed:
            return False
        return rating.fell_from(self.previous)

    def save(self, *, by, source=""):
        """Write everything. Raises transitions.StaleVersion when another save came first.

        source: where it was written if not on the site, for the history.
        """
        return transitions.save_rating(
            self.form.instance,
            [form.instance for form in self.criterion_forms.values()],
            list(self._entries()),
            by=by,
            version=self.form.cleaned_data["version"],
            source=source,
        )

    def _entries(self):
        for table in self.measures:
            rows = [form for form in table.forms if form.is_filled]
            for position, form in enumerate(rows, start=1):
                form.instance.indicator_rating = self.rating
                form.instance.measure = table.measure
                form.instance.position = position
                yield form.instance

    def _all_forms(self):
        return [
            self.form,
            *self.criterion_forms.values(),
            *(table.formset for table in self.measures),
        ]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every refused field as (id of the field, sentence), for the summary on top."""
        single = [self.form, *self.criterion_forms.values()]
        found = [error for form in single for error in errors_of(form)]
        return found + [error for table in self.measures for error in table.errors]
