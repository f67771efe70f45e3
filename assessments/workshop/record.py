"""What the workshop left on record about each PI: for minutes and report."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import Agreement, Dissent, IndicatorRating
from assessments.workshop.ballots import RoundShown, rounds_of
from assessments.workshop.result import Result
from scorecard.models import RATING_CHOICES, RATING_LABELS


@dataclass(frozen=True, kw_only=True)
class Record:
    """One PI in the workshop. There is a round, or there would be no record."""

    rating: IndicatorRating
    rounds: list[RoundShown]
    agreement: Agreement | None
    dissents: list[Dissent]

    @property
    def levels(self) -> list:
        return RATING_CHOICES

    @property
    def decisive(self) -> RoundShown | None:
        """The round on which the agreement rests, else the last one revealed."""
        revealed = [row for row in self.rounds if row.result]
        if self.agreement:
            revealed = [row for row in revealed if row.round == self.agreement.round]
        return revealed[-1] if revealed else None

    @property
    def sentence(self) -> str:
        """Return "7 of 8 entities voted, approaches to meets; agreed: meets", as far as it is."""
        if self.decisive is None:
            return _("Voting is open")
        voted = votes_sentence(self.decisive)
        if self.agreement is None:
            return _("%(voted)s; not agreed yet") % {"voted": voted}
        return _("%(voted)s; agreed: %(agreed)s") % {
            "voted": voted,
            "agreed": _word(self.agreement.rating),
        }


def records_of(ratings: Iterable[IndicatorRating]) -> dict[int, Record]:
    """Return the record of each PI that was voted on, by primary key, in three queries."""
    ratings = list(ratings)
    rounds: dict[int, list[RoundShown]] = {}
    for row in rounds_of(ratings):
        rounds.setdefault(row.round.indicator_rating_id, []).append(row)
    agreements = Agreement.objects.in_force(ratings)
    dissents: dict[int, list[Dissent]] = {}
    for row in Dissent.objects.filter(indicator_rating__in=ratings).select_related("entity"):
        dissents.setdefault(row.indicator_rating_id, []).append(row)
    return {
        rating.pk: Record(
            rating=rating,
            rounds=rounds[rating.pk],
            agreement=agreements.get(rating.pk),
            dissents=dissents.get(rating.pk, []),
        )
        for rating in ratings
        if rating.pk in rounds
    }


def is_overtaken(agreement: Agreement, shown: RoundShown) -> bool:
    """Whether votes after the agreement moved the median of its round off what was agreed."""
    median = shown.result.median
    has_moved = median != (agreement.median_low, agreement.median_high)
    return has_moved and not shown.result.is_within_median(agreement.rating)


def votes_sentence(shown: RoundShown) -> str:
    """Return "7 of 8 entities voted, approaches to meets" for a revealed round."""
    voted = ngettext(
        "%(given)s of %(total)s entity voted, %(range)s",
        "%(given)s of %(total)s entities voted, %(range)s",
        len(shown.ballots),
    ) % {
        "given": len(shown.given),
        "total": len(shown.ballots),
        "range": _range(shown.result),
    }
    if not shown.late:
        return voted
    late = ngettext(
        "%(count)s of them after the reveal: %(entities)s",
        "%(count)s of them after the reveal: %(entities)s",
        len(shown.late),
    ) % {"count": len(shown.late), "entities": ", ".join(shown.late_entities)}
    return f"{voted} ({late})"


def _range(result: Result) -> str:
    if result.is_unanimous:
        return _("all %(rating)s") % {"rating": _word(result.lowest)}
    return _("%(lowest)s to %(highest)s") % {
        "lowest": _word(result.lowest),
        "highest": _word(result.highest),
    }


def _word(rating) -> str:
    return str(RATING_LABELS[rating]).lower()
