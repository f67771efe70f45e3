"""Checks of the criteria of reassessed PIs: decided, and decided on something."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.models import IndicatorRating
from report.checks.check import Check, Kind, warns
from report.checks.facts import Facts
from scorecard.models import RATING_LABELS, Criterion
from scorecard.rating import implied_by
from scorecard.statements import short_name


def undecided(facts: Facts) -> Iterator[Check]:
    for rating in facts.reassessed:
        standing = rating.standing
        open_criteria = [
            criterion
            for criterion in rating.indicator.criteria.all()
            if criterion.measure_id is None and criterion.key not in standing.met | standing.refused
        ]
        if open_criteria:
            yield _undecided(rating, open_criteria)


def _undecided(rating: IndicatorRating, criteria: list[Criterion]) -> Check:
    sentence = ngettext(
        "PI %(code)s: criterion %(names)s is not decided and so counts as not met. Decide it.",
        "PI %(code)s: criteria %(names)s are not decided and so count as not met. Decide them.",
        len(criteria),
    ) % {"code": rating.indicator.code, "names": _names(criteria)}
    if rating.standing.best_reachable > rating.standing.rating:
        within_reach = _("Still within reach: %(level)s.") % {
            "level": RATING_LABELS[rating.standing.best_reachable]
        }
        sentence = f"{sentence} {within_reach}"
    return warns(rating, _id_of(criteria[0]), key=Kind.UNDECIDED, sentence=sentence)


def without_figures(facts: Facts) -> Iterator[Check]:
    for rating in facts.reassessed:
        for measure in rating.indicator.measures.all():
            if rating.shares[measure.key] is None:
                sentence = _(
                    "PI %(code)s: no figures are entered for “%(measure)s”. "
                    "Enter them; they decide what is met."
                )
                yield warns(
                    rating,
                    f"measure-{measure.key}",
                    key=Kind.NO_FIGURES,
                    sentence=sentence
                    % {"code": rating.indicator.code, "measure": measure.text.removesuffix(".")},
                )


def met_on_nothing(facts: Facts) -> Iterator[Check]:
    """Criteria ticked as met without a finding of their own, where no document stands for them."""
    for rating in facts.reassessed:
        cited = {row.criterion_id for row in facts.documents_of(rating)}
        if None in cited:
            continue  # a document that proves the PI as a whole
        bare = [criterion for criterion in _explained_nowhere(rating) if criterion.pk not in cited]
        if bare:
            yield _on_nothing(rating, bare)


def _explained_nowhere(rating: IndicatorRating) -> Iterable[Criterion]:
    """Met criteria without a finding, but those that follow from one with a finding."""
    rows = {key: row for key, row in rating.findings_by_key.items() if row and row.is_met}
    explained = {key for key, row in rows.items() if row.finding}
    explained = implied_by(explained, rating.indicator.criterion_rules)
    for criterion in rating.indicator.criteria.all():
        if criterion.key in rows and criterion.key not in explained:
            yield criterion


def _on_nothing(rating: IndicatorRating, criteria: list[Criterion]) -> Check:
    sentence = ngettext(
        "PI %(code)s: criterion %(names)s is marked as met, with neither a finding nor a "
        "document. Write what shows it, or cite a document for it.",
        "PI %(code)s: criteria %(names)s are marked as met, with neither findings nor documents. "
        "Write what shows them, or cite documents for them.",
        len(criteria),
    )
    return warns(
        rating,
        _id_of(criteria[0]),
        key=Kind.MET_ON_NOTHING,
        sentence=sentence % {"code": rating.indicator.code, "names": _names(criteria)},
    )


def _names(criteria: Iterable[Criterion]) -> str:
    """Return "(a), (b)"; two criteria of one letter are named once."""
    return ", ".join(dict.fromkeys(map(short_name, criteria)))


def _id_of(criterion: Criterion) -> str:
    return f"criterion-{criterion.key}"
