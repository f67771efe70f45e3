"""What a workbook can change: an assessment's PIs, each as one person may change it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from accounts.access import Access, Answer
from accounts.access_table import STATES, Capability
from assessments.carry_over import why_closed
from assessments.models import Agreement, Assessment, IndicatorRating
from assessments.overview import previous_ratings
from assessments.workspace.content import (
    fields_of,
    form_data,
    in_words,
    label,
    stored_content,
)
from assessments.workspace.form import IndicatorWorkspace
from assessments.workspace.transitions import StaleVersion
from scorecard.models import RATING_LABELS, Indicator
from scorecard.rating import Rating
from workbook.changed import ChangedMeanwhile
from workbook.values import settled

RATING_FIELDS = ("rating", "difference_reason", "regression_reason")


@dataclass(frozen=True, kw_only=True)
class RatedIndicator:
    """One PI: its rating in detail, last time's, and what the person may do with it.

    is_decided: the workshop agreed on the rating, so that only its reasons can change.
    """

    rating: IndicatorRating
    previous: IndicatorRating | None
    access: Access
    is_decided: bool

    @property
    def indicator(self) -> Indicator:
        return self.rating.indicator

    @property
    def code(self) -> str:
        return self.rating.indicator.code

    @property
    def title(self) -> str:
        return _("PI %(indicator)s") % {"indicator": self.indicator}

    @property
    def url(self) -> str:
        return self.rating.get_absolute_url()

    @cached_property
    def content(self) -> Mapping[str, Any]:
        """What the PI says by field; where it is carried over, what its origin says."""
        content = {**stored_content(self.rating.source), "rating": self.rating.rating}
        return {name: settled(value) for name, value in content.items()}

    @cached_property
    def last_change(self) -> str:
        """Who changed the PI last: "Aliya, UNICEF"; "" where nobody did on the site."""
        return str(self.rating.changed_by or "")

    # Who may write what

    @property
    def may_write(self) -> bool:
        return not self.refusal

    @cached_property
    def refusal(self) -> str:
        """Why this person cannot write here now, as a sentence; "" where they can."""
        if self.rating.origin is not None:
            return why_closed(self.rating)
        assigned = self.rating.assigned_to.all()
        answer = self.access.answer(Capability.WRITE_FINDINGS, assigned=assigned)
        return {Answer.YES: "", Answer.NOT_NOW: self._not_now(), Answer.NO: self._not_theirs()}[
            answer
        ]

    def _not_now(self):
        return _("PI %(code)s cannot be changed while the assessment is in “%(state)s”.") % {
            "code": self.code,
            "state": STATES.get(self.access.state, ""),
        }

    def _not_theirs(self):
        return _("PI %(code)s is not assigned to you; ask the coordinator.") % {"code": self.code}

    def refusal_of(self, name: str) -> str:
        """Why this person cannot change a field; "" where they can."""
        if self.refusal or name not in RATING_FIELDS:
            return self.refusal
        if not self.access.allows(Capability.RECORD_RATING):
            return _("The agreed rating and its reasons are recorded by the coordinator.")
        if name == "rating" and self.is_decided:
            return _("The workshop agreed on the rating of PI %(code)s: change it there.") % {
                "code": self.code
            }
        if name == "regression_reason" and not (self.previous and self.previous.rating):
            return _("PI %(code)s has no earlier rating from which this one could have fallen.") % {
                "code": self.code
            }
        return ""

    # Changes

    def label(self, name: str) -> str:
        words = str(label(name, self.indicator))
        return words[0].upper() + words[1:]

    def in_words(self, name: str, value: Any) -> str:
        return in_words(name, value)

    def faults(self, changes: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Return what stands against these changes as (field, sentence); "" for the PI as such."""
        workspace = self._workspace(changes)
        workspace.is_valid()
        return [(self._field_of(target), sentence) for target, sentence in workspace.errors]

    def effect(self, changes: Mapping[str, Any]) -> str:
        """Say what the criteria give with the changes, if that differs; else ""."""
        after = self._workspace(changes).standing.rating
        if after == self.computed:
            return ""
        return _("The criteria then give %(after)s instead of %(before)s.") % {
            "after": RATING_LABELS[after],
            "before": RATING_LABELS[self.computed],
        }

    def save(self, changes: Mapping[str, Any], *, by, source: str):
        """Write the changes through the workspace of the PI. Raises ChangedMeanwhile."""
        workspace = self._workspace(changes)
        if not workspace.is_valid():
            raise ValueError(f"PI {self.code}: {workspace.errors}")
        try:
            workspace.save(by=by, source=source)
        except StaleVersion as stale:
            raise ChangedMeanwhile(self.title) from stale

    @cached_property
    def computed(self) -> Rating:
        """What the criteria give as they are stored."""
        return self.rating.source.standing.rating

    def _read_off(self):
        return self.content, self.computed

    def _workspace(self, changes):
        """Forms write into the rows that they are given: what is stored is read off before."""
        self._read_off()
        data = form_data({**self.content, **changes}, self.indicator, version=self.rating.version)
        return IndicatorWorkspace(
            self.rating,
            access=self.access,
            previous=self.previous,
            data=data,
            is_decided=self.is_decided,
        )

    def _field_of(self, target: str) -> str:
        """The field that an id on the page of the PI belongs to."""
        html_name = target.removeprefix("id_")
        return next((name for name in self.content if fields_of(name, [html_name])), "")


@dataclass(frozen=True, kw_only=True)
class Scoring:
    """An assessment with its fifteen PIs by code."""

    assessment: Assessment
    indicators: Mapping[str, RatedIndicator]

    @classmethod
    def of(cls, assessment: Assessment, access: Access) -> "Scoring":
        """A fixed number of queries."""
        ratings = assessment.indicator_ratings.in_detail(assessment.framework)
        agreements = Agreement.objects.in_force(ratings)
        before = previous_ratings(assessment)
        return cls(
            assessment=assessment,
            indicators=dict(_rated(assessment, access, ratings, agreements, before)),
        )


def _rated(assessment, access, ratings: Iterable[IndicatorRating], agreements, before):
    for rating in ratings:
        rating.assessment = assessment
        yield (
            rating.indicator.code,
            RatedIndicator(
                rating=rating,
                previous=before.get(rating.indicator.code),
                access=access,
                is_decided=rating.pk in agreements,
            ),
        )
