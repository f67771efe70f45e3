"""One person's preliminary rating of one PI: the form, and what the ticks in it give."""

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.access import Access
from accounts.access_table import GRANTS, Capability
from assessments.models import IndicatorRating, PreliminaryRating
from assessments.preliminary.forms import PreliminaryRatingForm
from assessments.preliminary.ratings import answered_criteria, give
from assessments.workspace import levels
from scorecard import rating as engine
from scorecard.form_errors import errors_of
from scorecard.models import Criterion


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """One criterion with the field for one's own answer; None where a measure decides it."""

    criterion: Criterion
    field: object | None
    is_met: bool
    is_refused: bool
    counts_towards: list[engine.Rating]


class PreliminarySheet:
    """One person's own preliminary rating of one PI, and what the ticks give as they stand.

    The ticks are the person's, the numbers of measures are those that the team shares.
    """

    def __init__(self, rating: IndicatorRating, *, access: Access, data=None):
        self.rating = rating
        self.indicator = rating.indicator
        self.stored = _own(rating, access)
        # As stored: the form writes into the row.
        self.stored_version, self.stored_comment = self.stored.version, self.stored.comment
        self.stored_given_at = self.stored.given_at
        answers = {row.criterion.key: row.is_met for row in self._stored_ticks()}
        self.form = PreliminaryRatingForm(
            data, instance=self.stored, criteria=answered_criteria(rating), answers=answers
        )

    def _stored_ticks(self):
        return self.stored.ticks.select_related("criterion") if self.stored.pk else []

    @cached_property
    def standing(self) -> engine.Standing:
        if self.form.is_bound:
            self.form.is_valid()
        answers = self.form.answers
        return engine.standing_of(
            ticked={key for key, is_met in answers.items() if is_met},
            refused={key for key, is_met in answers.items() if is_met is False},
            shares=self.rating.shares,
            rules=self.indicator.rules,
            criteria=self.indicator.criterion_rules,
        )

    @property
    def rows(self) -> list[SheetRow]:
        return [
            SheetRow(
                criterion=criterion,
                field=self.form.field_of(criterion),
                is_met=criterion.key in self.standing.met,
                is_refused=criterion.key in self.standing.refused,
                counts_towards=self.indicator.counts_towards[criterion.key],
            )
            for criterion in self.indicator.criteria.all()
        ]

    @property
    def levels(self):
        return levels.level_lines(self.indicator, self.standing)

    @property
    def lacking(self):
        return levels.lacking(self.indicator, self.standing)

    @property
    def has_more_within_reach(self):
        return self.standing.best_reachable > self.standing.rating

    @property
    def guidance_url(self):
        framework = self.rating.assessment.framework
        return reverse(
            "scorecard:indicator_detail",
            args=[framework.code, framework.revision, self.indicator.code],
        )

    def is_valid(self) -> bool:
        """Check the fields, then what they say together. Says every fault at its field."""
        if not self.form.is_valid():
            return False
        own = self.form.instance
        own.computed_rating = self.standing.rating
        own.given_at = own.rating and timezone.now()
        try:
            own.validate_constraints()
        except ValidationError as fault:
            self.form.add_error("comment", fault.messages)
        return self.form.is_valid()

    def save(self):
        """Raises TransitionRefused when the PI takes no preliminary rating any more."""
        criteria = {row.key: row for row in self.form.criteria}
        answers = {criteria[key]: is_met for key, is_met in self.form.answers.items()}
        return give(self.form.instance, answers, version=self.form.cleaned_data["version"])

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every refused field as (id of the field, sentence), for the summary on top."""
        return errors_of(self.form)


def _own(rating, access):
    """The person's own preliminary rating, or a new one in the role that may give it."""
    mine = next(row for row in access.memberships if _may_give(row.role))
    stored = PreliminaryRating.objects.visible_to(mine.user_id).filter(
        indicator_rating=rating, membership__user=mine.user_id
    )
    return stored.first() or PreliminaryRating(indicator_rating=rating, membership=mine)


def _may_give(role):
    return (role, Capability.PRELIMINARY_RATING) in GRANTS
