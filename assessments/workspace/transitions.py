"""Changes to one PI: what is written together, under which lock, and what refuses it."""

from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import WrongState
from accounts.access_table import STATES, WHILE_RATING
from assessments.carry_over import CARRIED_FIELDS, carry_on
from assessments.models import Assessment, CriterionFinding, IndicatorRating, MeasureEntry

SAVED_FIELDS = [
    "computed_rating",
    "rating",
    "difference_reason",
    "regression_reason",
    "findings",
    "means_of_verification",
    "version",
    "changed_at",
    "changed_by",
]


MAX_SOURCE = 100  # what simple_history keeps of it


class StaleVersion(Exception):
    """Somebody saved the rating after this person opened it. Nothing was written."""

    def __init__(self, current: IndicatorRating):
        super().__init__(f"PI {current.indicator.code} was saved by somebody else meanwhile.")
        self.current = current


@contextmanager
def only_writer(rating_pk):
    """Hold back everybody else's saves of one PI while it is read, merged and written.

    Raises WrongState when the PI has become closed to saves while waiting for them.
    """
    with transaction.atomic():
        _locked(rating_pk)
        yield


def recompute(rating: IndicatorRating):
    """Set what the criteria and measures on record give. Does not save."""
    same = IndicatorRating.objects.filter(pk=rating.pk)
    (fresh,) = same.in_detail(rating.assessment.framework)
    rating.computed_rating = fresh.standing.rating


@transaction.atomic
def save_rating(rating, answers, entries, *, by, version, source="", at=None):
    """Write one PI as one person filled it in, all of it or nothing, with its history.

    rating: the row with its new texts and ratings, computed_rating included.
    answers: CriterionFinding, unsaved, one for each criterion that a person answers.
    entries: MeasureEntry, unsaved, all rows of all measures; they replace the present ones.
    version: the version that the person had before them.
    source: where it was written if not on the site, for the history: "the workbook plan.xlsx".

    Raises StaleVersion when another save came first, WrongState when the assessment has moved on
    or the PI is carried over by now.
    """
    at = at or timezone.now()
    current = _locked(rating.pk)
    if current.version != version:
        raise StaleVersion(current)
    rating.version = version + 1
    rating.changed_at, rating.changed_by = at, by
    rating._change_reason = shortened(source, MAX_SOURCE) or None
    _recorded(rating, by=by, at=at).save(update_fields=SAVED_FIELDS)
    _save_answers(rating, answers, by=by, at=at)
    _replace_entries(rating, entries, by=by, at=at)
    if any(getattr(current, name) != getattr(rating, name) for name in CARRIED_FIELDS):
        carry_on(rating, by=by, at=at)
    return rating


def _locked(rating_pk):
    rows = IndicatorRating.objects.select_for_update(of=("self",)).select_related("indicator")
    rating = rows.get(pk=rating_pk)
    _refuse_once_closed(rating)
    return rating


def _refuse_once_closed(rating):
    """Asked after the lock of the PI: a move or choice may have been made while waiting for it."""
    state = Assessment.objects.values_list("state", flat=True).get(pk=rating.assessment_id)
    if state not in WHILE_RATING:
        raise WrongState(
            _("PI %(code)s was not saved: the assessment is in “%(state)s” by now.")
            % {"code": rating.indicator.code, "state": STATES[state]}
        )
    if rating.origin_id is not None:
        raise WrongState(
            _("PI %(code)s was not saved: it is carried over by now and not reassessed this year.")
            % {"code": rating.indicator.code}
        )


def _save_answers(rating, answers, *, by, at):
    stored = CriterionFinding.objects.filter(indicator_rating=rating)
    present = {row.criterion_id: row for row in stored}
    for answer in answers:
        row = present.get(answer.criterion_id)
        if row is None or (row.is_met, row.finding) != (answer.is_met, answer.finding):
            answer.pk = row and row.pk
            _recorded(answer, by=by, at=at).save(force_update=row is not None)


def _replace_entries(rating, entries, *, by, at):
    """Rows of a measure are known by their place only, so a changed table is written anew."""
    present = list(MeasureEntry.objects.filter(indicator_rating=rating))
    if [_numbers(row) for row in present] == [_numbers(row) for row in entries]:
        return
    for row in present:
        _recorded(row, by=by, at=at).delete()
    for row in entries:
        _recorded(row, by=by, at=at).save(force_insert=True)


def _numbers(entry):
    return entry.measure_id, entry.label, entry.numerator, entry.denominator


def shortened(text: str, limit: int) -> str:
    """Return the text, or as much as there is room for with a sign that more was there."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _recorded(row, *, by, at):
    """Tell the history who changed the row, and when: the same moment for all of one save."""
    row._history_user, row._history_date = by, at
    return row
