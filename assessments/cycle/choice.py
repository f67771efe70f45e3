"""Choosing the PIs of a year: what is known of each, and the form in which they are ticked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.carry_over import outdated, sources
from assessments.cycle.advice_words import drafted_rationale, sentences
from assessments.cycle.adviser import Advice, Facts, ranked
from assessments.cycle.missing import minimum_chosen
from assessments.models import Assessment, IndicatorRating
from assessments.progress import age
from scorecard.fields import MAX_TEXT, LongTextFormField
from scorecard.rating import Rating

PLANNING = 1  # the dimension of planning, first in either edition


class ChoiceForm(forms.Form):
    """The ticked PIs and the rationale, each with what it was when the page was made.

    Only what differs between the two is written, so that of two coordinators who have the page
    open neither undoes the other's choice.
    """

    chosen = forms.MultipleChoiceField(required=False)
    was = forms.MultipleChoiceField(required=False)
    rationale = LongTextFormField(
        label=_("Rationale for the chosen PIs"),
        required=False,
        max_length=MAX_TEXT,
        help_text=_("Why these PIs are reassessed this year and not others. Stands in the report."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    rationale_was = LongTextFormField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, assessment, ratings):
        stored = [rating.indicator.code for rating in ratings if rating.is_reassessed]
        super().__init__(
            data,
            initial={
                "chosen": stored,
                "was": stored,
                "rationale": assessment.rationale,
                "rationale_was": assessment.rationale,
            },
        )
        self.assessment = assessment
        self.ratings = ratings
        for name in ("chosen", "was"):
            self.fields[name].choices = [(row.indicator.code, row.indicator) for row in ratings]

    def clean(self):
        cleaned = super().clean()
        stored, before = self.assessment.rationale, cleaned.get("rationale_was")
        if "rationale" in cleaned and stored not in (before, cleaned["rationale"]):
            self.add_error(
                "rationale",
                gettext(
                    "Somebody else wrote meanwhile: “%(theirs)s” Bring the two together here, "
                    "then save again."
                )
                % {"theirs": stored},
            )
            self.data = self.data | {"rationale_was": stored}
        return cleaned

    @cached_property
    def earlier(self) -> dict[str, IndicatorRating]:
        """By PI code the row that holds its rating before this year, as far as there is one."""
        own = (row for row in self.ratings if not row.is_reassessed)
        recorded = {row.indicator.code: row.origin or row for row in own}
        return recorded | self._sources

    @cached_property
    def _sources(self):
        return sources(self.assessment)

    @property
    def outdated(self) -> list[str]:
        """The codes of the PIs that carry a rating although a newer one is settled."""
        return sorted(outdated(self.ratings, self._sources))

    @property
    def earlier_rows(self) -> list[IndicatorRating]:
        return list(self.earlier.values())

    @property
    def has_earlier(self) -> bool:
        """Whether any rating is recorded from before; else nothing tells the PIs apart."""
        return any(row.rating for row in self.earlier_rows)

    @property
    def ticked(self) -> set[str]:
        """The codes that are ticked on the page as it stands."""
        return set(self["chosen"].value() or [])

    @property
    def add(self) -> set[str]:
        return set(self.cleaned_data["chosen"]) - set(self.cleaned_data["was"])

    @property
    def drop(self) -> set[str]:
        return set(self.cleaned_data["was"]) - set(self.cleaned_data["chosen"])

    @property
    def field_errors(self) -> list[tuple[str, str]]:
        return [
            (self[name].id_for_label if name == "rationale" else "choice", sentence)
            for name, found in self.errors.items()
            for sentence in found
        ]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One PI to be ticked: its earlier rating and what speaks for it."""

    rating: IndicatorRating
    earlier: IndicatorRating | None
    advice: Advice
    is_ticked: bool
    is_suggested: bool

    @property
    def sentences(self) -> list[str]:
        return sentences(self.advice)

    @property
    def earlier_rating(self) -> int | None:
        return self.earlier and self.earlier.rating

    @property
    def last_assessed(self) -> int | None:
        return self.earlier and self.earlier.last_assessed

    @property
    def age(self) -> int | None:
        """How old its rating would be if it were carried over."""
        return age(self.last_assessed, self.rating.assessment.year)


class Choice:
    """The PIs in the order in which they need it, as they are ticked in the form.

    finished: by PI code, the years in which action points were finished.
    expired: by PI code, how many of its documents cover a period that is over.
    """

    def __init__(
        self,
        form: ChoiceForm,
        *,
        finished: Mapping[str, list[int]],
        expired: Mapping[str, int],
    ):
        self.form = form
        self.assessment: Assessment = form.assessment
        self.finished, self.expired = finished, expired

    @property
    def least(self) -> int:
        return minimum_chosen(self.assessment)

    @cached_property
    def rows(self) -> list[Row]:
        ratings = {rating.indicator.code: rating for rating in self.form.ratings}
        earlier = self.form.earlier
        advice = ranked(
            (self._facts(rating, earlier.get(code)) for code, rating in ratings.items()),
            year=self.assessment.year,
            cycle_began=self.assessment.cooperation_framework.first_year,
        )
        suggested = self._suggested(advice)
        return [
            Row(
                rating=ratings[one.facts.code],
                earlier=earlier.get(one.facts.code),
                advice=one,
                is_ticked=one.facts.code in self.form.ticked,
                is_suggested=one.facts.code in suggested,
            )
            for one in advice
        ]

    def _suggested(self, advice) -> list[str]:
        if not self.form.has_earlier:
            return []
        return [one.facts.code for one in advice if one.weight > 0][: self.least]

    def _facts(self, rating, earlier):
        code = rating.indicator.code
        last_assessed = earlier and earlier.last_assessed
        finished = [year for year in self.finished.get(code, []) if year > (last_assessed or 0)]
        return Facts(
            code=code,
            rating=Rating(earlier.rating) if earlier and earlier.rating else None,
            last_assessed=last_assessed,
            is_planning=rating.indicator.dimension.number == PLANNING,
            finished_actions=len(finished),
            expired_documents=self.expired.get(code, 0),
        )

    @property
    def drafted(self) -> str:
        """A rationale for what is ticked, after what is written already."""
        written = (self.form["rationale"].value() or "").strip()
        draft = drafted_rationale([row.advice for row in self.rows if row.is_ticked])
        return "\n\n".join(filter(None, [written, draft]))
