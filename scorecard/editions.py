"""Writes a checked framework file into the database as an edition, and checks what is there."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import ProtectedError

from scorecard import framework_file
from scorecard.framework_file import LEVELS, RULED_LEVELS
from scorecard.models import (
    Criterion,
    Dimension,
    EvidenceCategory,
    Framework,
    Indicator,
    Level,
    LevelRule,
    Measure,
)


@dataclass(frozen=True, kw_only=True)
class Loaded:
    framework: Framework
    is_new: bool


@transaction.atomic
def load(content: framework_file.Mapping) -> Loaded:
    """Store the content as the newest revision of its edition, unless it already is that.

    An edition that an assessment uses is never altered: a changed text becomes a new
    revision. One that nothing uses is replaced.
    """
    sha256 = framework_file.content_sha256(content)
    newest = Framework.objects.filter(code=content["code"]).order_by("-revision").first()
    if newest is None:
        return Loaded(framework=_write(content, sha256, revision=1), is_new=True)
    if newest.content_sha256 == sha256:
        return Loaded(framework=newest, is_new=False)
    revision = newest.revision if _remove_if_unused(newest) else newest.revision + 1
    return Loaded(framework=_write(content, sha256, revision=revision), is_new=True)


def _remove_if_unused(framework):
    try:
        with transaction.atomic():
            # Criteria protect measures and PIs protect categories: take the users away first.
            Criterion.objects.filter(indicator__dimension__framework=framework).delete()
            Indicator.objects.of_framework(framework).delete()
            framework.delete()
    except ProtectedError:
        return False
    return True


def _write(content, sha256, *, revision):
    framework = Framework.objects.create(
        code=content["code"],
        revision=revision,
        title=content["title"],
        edition=content["edition"],
        publisher=content["publisher"],
        annual_minimum_indicators=content["annual_minimum_indicators"],
        parity_from_percent=content["parity_range_percent"][0],
        parity_to_percent=content["parity_range_percent"][1],
        supersedes=content.get("supersedes", ""),
        content_sha256=sha256,
    )
    for name, level in LEVELS.items():
        Level.objects.create(framework=framework, rating=level, title=content["levels"][name])
    categories = {
        title: EvidenceCategory.objects.create(framework=framework, title=title, position=position)
        for position, title in enumerate(content["evidence_categories"], start=1)
    }
    for row in content["dimensions"]:
        dimension = Dimension.objects.create(
            framework=framework, number=row["number"], title=row["title"]
        )
        for position, indicator_row in enumerate(row["indicators"], start=1):
            _write_indicator(dimension, position, indicator_row, categories)
    return framework


def _write_indicator(dimension, position, row, categories):
    ((calculator, fills),) = row.get("calculator", {"": ""}).items()
    indicator = Indicator.objects.create(
        dimension=dimension,
        code=row["code"],
        position=position,
        title=row["title"],
        statement=row["statement"],
        lead=row.get("lead", ""),
        notes=row.get("notes", ""),
        evidence_category=categories.get(row.get("evidence_category")),
        expected_means_of_verification="\n".join(row["means_of_verification"]),
        calculator=calculator,
        calculator_fills=fills,
    )
    measures = {
        measure["key"]: Measure.objects.create(
            indicator=indicator,
            key=measure["key"],
            text=measure["text"],
            numerator_label=measure["numerator"],
            denominator_label=measure["denominator"],
            breakdown=measure.get("breakdown", ""),
        )
        for measure in row.get("measures", [])
    }
    criteria = _write_criteria(indicator, row["criteria"], measures)
    _write_rules(indicator, row, criteria)


def _write_rules(indicator, row, criteria):
    rules = LevelRule.objects.bulk_create(
        LevelRule(
            indicator=indicator,
            rating=level,
            at_least=row["rules"][name].get("at_least", len(row["rules"][name]["of"])),
            includes=LEVELS.get(row["rules"][name].get("includes")),
            is_unverified=name in row.get("unverified", []),
        )
        for name, level in RULED_LEVELS.items()
    )
    for name, rule in zip(RULED_LEVELS, rules, strict=True):
        rule.criteria.add(*(criteria[key] for key in row["rules"][name]["of"]))


def _write_criteria(indicator, rows, measures):
    written = Criterion.objects.bulk_create(
        Criterion(
            indicator=indicator,
            key=row["key"],
            letter=row.get("letter", ""),
            position=position,
            text=row["text"],
            source=row["source"],
            measure=measures.get(row.get("when", {}).get("measure")),
            at_least_percent=_percent(row.get("when", {}).get("at_least")),
            more_than_percent=_percent(row.get("when", {}).get("more_than")),
        )
        for position, row in enumerate(rows, start=1)
    )
    criteria = {criterion.key: criterion for criterion in written}
    for row in rows:
        if implied := row.get("implies"):
            criteria[row["key"]].implies.add(*(criteria[key] for key in implied))
    return criteria


def _percent(number):
    return None if number is None else Decimal(str(number))


def faults(framework: Framework) -> list[str]:
    """Return what is wrong with a stored edition as sentences; [] when it is whole.

    Reads rows, not the rating engine's rules: those refuse to exist with a fault.
    """
    found = []
    indicators = list(Indicator.objects.of_framework(framework).with_rules())
    dimensions = framework.dimensions.count()
    if dimensions != 7:
        found.append(f"{dimensions} dimensions; the scorecard has 7.")
    if len(indicators) != 15:
        found.append(f"{len(indicators)} PIs; the scorecard has 15.")
    if untitled := [name for name, level in LEVELS.items() if level not in framework.level_titles]:
        found.append(f"No title for {', '.join(untitled)}.")
    for indicator in indicators:
        found.extend(f"PI {indicator.code}: {fault}" for fault in _rule_faults(indicator))
        found.extend(f"PI {indicator.code}: {fault}" for fault in _criterion_faults(indicator))
    return found


def _rule_faults(indicator):
    keys = {criterion.pk: criterion.key for criterion in indicator.criteria.all()}
    rules = {rule.rating: rule for rule in indicator.level_rules.all()}
    for name, level in RULED_LEVELS.items():
        if level not in rules:
            yield f"no rule for {name}."
    named = set()
    for rule in rules.values():
        level = rule.get_rating_display().upper()
        criteria = list(rule.criteria.all())
        named |= {criterion.pk for criterion in criteria}
        if foreign := sorted(row.key for row in criteria if row.pk not in keys):
            yield f"{level} names criteria of another PI: {', '.join(foreign)}."
        if not 1 <= rule.at_least <= len(criteria):
            yield f"{level} asks for {rule.at_least} of {len(criteria)} criteria."
        if rule.includes and rule.includes not in rules:
            yield f"{level} includes a level that has no rule."
    if unused := sorted(key for pk, key in keys.items() if pk not in named):
        yield f"no level uses the criterion {', '.join(unused)}."


def _criterion_faults(indicator):
    criteria = list(indicator.criteria.all())
    implied = {row.pk: {weaker.pk for weaker in row.implies.all()} for row in criteria}
    for row in criteria:
        if row.measure and row.measure.indicator_id != indicator.pk:
            yield f"a measure of another PI decides {row.key}."
        if not implied[row.pk] <= implied.keys():
            yield f"{row.key} implies a criterion of another PI."
        if row.pk in _all_implied(implied, row.pk):
            yield f"{row.key} implies itself."


def _all_implied(implied, pk):
    found, waiting = set(), list(implied[pk])
    while waiting:
        weaker = waiting.pop()
        if weaker not in found:
            found.add(weaker)
            waiting.extend(implied.get(weaker, ()))
    return found
