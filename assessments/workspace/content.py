"""What one PI says, as a flat mapping by field name: to compare, to merge, to restore.

The names are those of the form: "findings", "criterion-a-is_met", "criterion-a-finding",
"measure-gender-sensitive-indicators". A measure is one value: the tuple of its rows, each
(label, numerator, denominator) as texts.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import CriterionFinding, IndicatorRating, MeasureEntry
from scorecard.models import RATING_LABELS, Criterion, Indicator
from scorecard.statements import short_name

REASONS = ["difference_reason", "regression_reason"]
TEXTS = ["findings", "means_of_verification", *REASONS]
ANSWERS = {"yes": True, "no": False, "undecided": None}
ANSWER_WORDS = {answer: word for word, answer in ANSWERS.items()}
ANSWER_LABELS = {
    True: gettext_lazy("Met"),
    False: gettext_lazy("Not met"),
    None: gettext_lazy("Not decided"),
}


def answered(indicator: Indicator) -> list[Criterion]:
    """Return the criteria that a person answers; measures decide the others."""
    return [criterion for criterion in indicator.criteria.all() if criterion.measure_id is None]


def content_of(
    indicator: Indicator,
    rating: IndicatorRating,
    findings: Iterable[CriterionFinding],
    entries: Iterable[MeasureEntry],
) -> dict[str, Any]:
    """Return the content from rows, live or historical ones."""
    by_criterion = {row.criterion_id: row for row in findings}
    rows = sorted(entries, key=lambda row: row.position)
    content: dict[str, Any] = {name: getattr(rating, name) for name in TEXTS}
    content["rating"] = rating.rating
    for criterion in answered(indicator):
        row = by_criterion.get(criterion.pk)
        content[f"criterion-{criterion.key}-is_met"] = row.is_met if row else None
        content[f"criterion-{criterion.key}-finding"] = row.finding if row else ""
    for measure in indicator.measures.all():
        content[f"measure-{measure.key}"] = tuple(
            (row.label, str(row.numerator), str(row.denominator))
            for row in rows
            if row.measure_id == measure.pk
        )
    return content


def stored_content(rating: IndicatorRating) -> dict[str, Any]:
    """Return what is stored now. The rating must come from in_detail()."""
    return content_of(
        rating.indicator, rating, rating.criterion_findings.all(), rating.measure_entries.all()
    )


def sent_content(data: Mapping[str, str], indicator: Indicator) -> dict[str, Any]:
    """Return what a form sent, as far as it sent anything."""
    content: dict[str, Any] = {name: _text(data[name]) for name in TEXTS if name in data}
    if "rating" in data:
        content["rating"] = int(data["rating"]) if data["rating"].isdecimal() else None
    for criterion in answered(indicator):
        name = f"criterion-{criterion.key}"
        if f"{name}-is_met" in data:
            content[f"{name}-is_met"] = ANSWERS.get(data[f"{name}-is_met"])
        if f"{name}-finding" in data:
            content[f"{name}-finding"] = _text(data[f"{name}-finding"])
    for measure in indicator.measures.all():
        name = f"measure-{measure.key}"
        total = data.get(f"{name}-TOTAL_FORMS", "")
        if total.isdecimal():
            rows = [_sent_row(data, f"{name}-{number}") for number in range(min(int(total), 100))]
            content[name] = tuple(row for row in rows if any(row))
    return content


def form_data(content: Mapping[str, Any], indicator: Indicator, *, version: int) -> dict[str, str]:
    """Return the content as a browser would send it."""
    data = {"version": str(version), "rating": str(content["rating"] or "")}
    data |= {name: content[name] for name in TEXTS}
    for criterion in answered(indicator):
        name = f"criterion-{criterion.key}"
        data[f"{name}-is_met"] = ANSWER_WORDS[content[f"{name}-is_met"]]
        data[f"{name}-finding"] = content[f"{name}-finding"]
    for measure in indicator.measures.all():
        data |= _form_rows(f"measure-{measure.key}", content[f"measure-{measure.key}"])
    return data


def label(name: str, indicator: Indicator) -> str:
    """Return the words that name a field to a person. Raises LookupError for no such field."""
    if name == "rating" or name in TEXTS:
        return IndicatorRating._meta.get_field(name).verbose_name
    for criterion in answered(indicator):
        if name == f"criterion-{criterion.key}-is_met":
            return _("%(criterion)s: is it met?") % {"criterion": short_name(criterion)}
        if name == f"criterion-{criterion.key}-finding":
            return _("%(criterion)s: finding") % {"criterion": short_name(criterion)}
    for measure in indicator.measures.all():
        if name == f"measure-{measure.key}":
            return measure.text
    raise LookupError(f"PI {indicator.code} has no field {name!r}.")


def fields_of(name: str, data: Mapping[str, str]) -> list[str]:
    """Return the names of the form fields that make up one value: one, or those of all rows."""
    return [field for field in data if field == name or field.startswith(f"{name}-")]


def bears_on_rating(name: str) -> bool:
    """Whether the value is a tick, a measure or the agreed rating, which must fit together."""
    return name == "rating" or name.startswith("measure-") or name.endswith("-is_met")


def in_words(name: str, value: Any) -> str:
    """Return a field's value as a person reads it; "" for nothing."""
    if name == "rating":
        return str(RATING_LABELS[value]) if value in RATING_LABELS else ""
    if name.endswith("-is_met"):
        return str(ANSWER_LABELS[value])
    if name.startswith("measure-"):
        return "\n".join(f"- {row[0]}: {row[1]} / {row[2]}".replace(" : ", " ") for row in value)
    return value


def _text(text):
    return IndicatorRating._meta.get_field("findings").to_python(text).strip()


def _sent_row(data, prefix):
    return tuple(data.get(f"{prefix}-{part}", "").strip() for part in _ROW_PARTS)


def _form_rows(name, rows):
    data = {f"{name}-TOTAL_FORMS": str(len(rows)), f"{name}-INITIAL_FORMS": str(len(rows))}
    for number, row in enumerate(rows):
        data |= {
            f"{name}-{number}-{part}": text for part, text in zip(_ROW_PARTS, row, strict=True)
        }
    return data


_ROW_PARTS = ("label", "numerator", "denominator")
