"""Checks of the action plan. What is done, dropped or went into the next plan is left alone."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actionplan.models import ActionPoint, Activity
from actionplan.schedule import plan_year
from assessments.models import IndicatorRating
from report.checks.check import Check, Kind, Severity
from report.checks.facts import Facts
from scorecard.models import RATING_LABELS
from scorecard.rating import Rating


def low_without_point(facts: Facts) -> Iterator[Check]:
    served = {
        indicator.code
        for point in facts.points
        if point.text and point.status != ActionPoint.Status.DROPPED
        for indicator in (point.indicator, *point.other_indicators.all())
    }
    for rating in facts.ratings:
        is_low = rating.rating is not None and rating.rating < Rating.MEETS
        if is_low and rating.indicator.code not in served:
            yield _without_point(facts, rating)


def _without_point(facts: Facts, rating: IndicatorRating) -> Check:
    cycle, code = facts.assessment.cooperation_framework, rating.indicator.code
    add = reverse("actionplan:add", args=[facts.assessment.team.code, cycle.first_year])
    sentence = _(
        "PI %(code)s is rated %(level)s, and no action point says what will be done. Add one."
    )
    return Check(
        key=Kind.NO_ACTION_POINT,
        severity=Severity.WARNS,
        code=code,
        sentence=sentence % {"code": code, "level": RATING_LABELS[rating.rating]},
        url=f"{add}?pi={code}#id_text",
        read_url=rating.get_absolute_url(),
    )


def point_without_text(facts: Facts) -> Iterator[Check]:
    for point in facts.open_points:
        if not point.text:
            sentence = _(
                "Action point %(number)s (PI %(code)s) does not say what is to be done. "
                "Write it, or drop the point."
            )
            yield _of_point(
                point, key=Kind.ACTION_WITHOUT_TEXT, sentence=sentence, url=_edit(point, "text")
            )


def point_of_nobody(facts: Facts) -> Iterator[Check]:
    """A point without text lacks more than this, and is told so."""
    for point in facts.open_points:
        if point.text and (point.lead_id is None or point.due is None):
            field = "due" if point.lead_id else "lead"
            yield _of_point(
                point,
                key=Kind.ACTION_OF_NOBODY,
                sentence=_unowned(point),
                url=_edit(point, field),
            )


def _unowned(point: ActionPoint) -> str:
    if point.lead_id is None and point.due is None:
        return _(
            "Action point %(number)s (PI %(code)s) has no lead entity and no due date. "
            "Name who sees to it, and until when."
        )
    if point.lead_id is None:
        return _("Action point %(number)s (PI %(code)s) has no lead entity. Name who sees to it.")
    return _("Action point %(number)s (PI %(code)s) has no due date. Say until when.")


def overdue_point(facts: Facts) -> Iterator[Check]:
    for point in facts.open_points:
        if point.due and point.due < facts.today:
            sentence = _(
                "Action point %(number)s (PI %(code)s) was due on %(due)s and is not done. "
                "Have it verified as done, set a new date, or drop it."
            )
            yield _of_point(
                point,
                key=Kind.ACTION_OVERDUE,
                sentence=sentence,
                url=point.get_absolute_url(),
                due=date_format(point.due, "DATE_FORMAT"),
            )


def repeated_activity(facts: Facts) -> Iterator[Check]:
    """An activity in the words of the year before; case, white space and a last stop aside."""
    for point in facts.points:
        texts = {row.year: _plain(row.text) for row in _first_texts(point)}
        for year in range(point.plan.first_year + 1, facts.assessment.year + 1):
            if year in texts and texts[year] == texts.get(year - 1):
                yield _repeated(point, year)


def _repeated(point: ActionPoint, year: int) -> Check:
    first = point.plan.first_year
    sentence = _(
        "Action point %(number)s (PI %(code)s): Year %(plan_year)s (%(year)s) repeats the text of "
        "Year %(plan_year_before)s (%(year_before)s). Say what was undertaken in %(year)s."
    )
    return _of_point(
        point,
        key=Kind.ACTIVITY_REPEATED,
        sentence=sentence,
        url=_activity(point, year),
        plan_year=plan_year(year, first),
        plan_year_before=plan_year(year - 1, first),
        year=year,
        year_before=year - 1,
    )


def _first_texts(point: ActionPoint) -> list[Activity]:
    return [row for row in point.activities.all() if row.text and not row.is_addition]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".")


def without_activity(facts: Facts) -> Iterator[Check]:
    year = facts.assessment.year
    for point in facts.open_points:
        if point.text and year not in {row.year for row in point.activities.all()}:
            sentence = _(
                "Action point %(number)s (PI %(code)s): nothing is recorded for %(year)s. "
                "Say what was undertaken, or that nothing was."
            )
            yield _of_point(
                point,
                key=Kind.NO_ACTIVITY,
                sentence=sentence,
                url=_activity(point, year),
                year=year,
            )


def _edit(point: ActionPoint, field: str) -> str:
    return f"{reverse('actionplan:edit', args=[point.pk])}#id_{field}"


def _activity(point: ActionPoint, year: int) -> str:
    return f"{reverse('actionplan:activity', args=[point.pk, year])}#id_text"


def _of_point(point: ActionPoint, *, key: Kind, sentence: str, url: str, **values) -> Check:
    code = point.indicator.code
    return Check(
        key=key,
        severity=Severity.WARNS,
        code=code,
        sentence=sentence % {"number": point.number, "code": code, **values},
        url=url,
        read_url=point.get_absolute_url(),
    )
