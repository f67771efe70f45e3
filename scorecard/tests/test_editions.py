import pytest
from django.db import IntegrityError, transaction

from scorecard import editions
from scorecard.models import (
    Criterion,
    Dimension,
    EvidenceCategory,
    Framework,
    Indicator,
    LevelRule,
    Measure,
)
from scorecard.rating import Rating
from scorecard.tests.factories import (
    EDITIONS,
    criteria_of,
    framework_content,
    indicator_row,
    load_changed,
    load_edition,
    rules_of,
)

pytestmark = pytest.mark.django_db


def change_a_word(content):
    indicator_row(content, "1.1")["criteria"][0]["text"] = "Another wording"


def rows():
    models = (Framework, Dimension, Indicator, Criterion, LevelRule, Measure, EvidenceCategory)
    return {model.__name__: list(model.objects.values_list("pk", flat=True)) for model in models}


# Loading


@pytest.mark.parametrize("code", EDITIONS)
def test_an_edition_is_stored_in_full(code):
    framework = load_edition(code)
    indicators = Indicator.objects.of_framework(framework)

    assert (framework.revision, framework.annual_minimum_indicators) == (1, 5)
    assert framework.dimensions.count() == 7
    assert indicators.count() == 15
    assert LevelRule.objects.filter(indicator__in=indicators).count() == 45
    assert framework.evidence_categories.count() == 9
    assert framework.level_titles[Rating.MEETS] == "Meets minimum requirements"


@pytest.mark.parametrize("code", EDITIONS)
def test_the_database_gives_the_same_rules_as_the_file(code):
    for indicator in Indicator.objects.of_framework(load_edition(code)).with_rules():
        assert indicator.rules == rules_of(code, indicator.code)
        assert indicator.criterion_rules == criteria_of(code, indicator.code)


def test_the_order_of_the_file_is_kept():
    framework = load_edition()
    codes = list(Indicator.objects.of_framework(framework).values_list("code", flat=True))
    assert codes == sorted(codes)
    joint_programmes = Indicator.objects.get(code="2.1")
    assert [row.key for row in joint_programmes.criteria.all()] == ["a-half", "a-all", "b", "c"]
    assert joint_programmes.expected_means == [
        "Joint programme documents",
        "gender screening tool for JPs",
    ]


def test_both_editions_stand_side_by_side():
    load_edition("unct-swap-2018")
    load_edition("unct-swap-2023")
    assert [framework.edition for framework in Framework.objects.all()] == ["2023", "2018"]


def test_loading_the_same_again_changes_nothing():
    load_edition()
    before = rows()
    again = editions.load(framework_content())
    assert (again.is_new, again.framework.revision, rows()) == (False, 1, before)


def test_a_changed_text_of_an_edition_that_nothing_uses_replaces_it():
    load_edition()
    loaded = load_changed(change_a_word)

    assert (loaded.is_new, loaded.framework.revision) == (True, 1)
    assert Framework.objects.get() == loaded.framework
    assert Criterion.objects.filter(text="Another wording").exists()
    assert Indicator.objects.count() == 15


def test_the_other_edition_stays_when_one_is_replaced():
    load_edition("unct-swap-2023")
    load_edition("unct-swap-2018")
    load_changed(change_a_word, "unct-swap-2018")
    assert Framework.objects.count() == 2
    assert not Framework.objects.get(code="unct-swap-2023").dimensions.filter(number=8).exists()


def test_a_load_that_fails_half_way_leaves_the_edition_as_it_was(monkeypatch):
    load_edition()
    before = rows()
    monkeypatch.setattr(editions, "_write_criteria", _fail)
    with pytest.raises(RuntimeError):
        load_changed(change_a_word)
    assert rows() == before


def _fail(*args):
    raise RuntimeError


def test_the_latest_revision_of_each_edition_is_found():
    load_edition("unct-swap-2023")
    first = load_edition("unct-swap-2018")
    second = Framework.objects.create(**_copy_of(first, revision=2))

    assert Framework.objects.latest_of("unct-swap-2018") == second
    codes = Framework.objects.latest_revisions().values_list("code", "revision")
    assert set(codes) == {("unct-swap-2023", 1), ("unct-swap-2018", 2)}
    with pytest.raises(Framework.DoesNotExist):
        Framework.objects.latest_of("unct-swap-1999")


def _copy_of(framework, **fields):
    names = [
        field.name for field in Framework._meta.fields if field.name not in ("id", "loaded_at")
    ]
    return {name: getattr(framework, name) for name in names} | fields


# What the tables refuse


@pytest.mark.parametrize(
    ("rows", "change", "constraint"),
    [
        (Framework, {"parity_from_percent": 54}, "framework_parity_range_is_in_order"),
        (Framework, {"parity_to_percent": 101}, "framework_parity_range_is_in_order"),
        (LevelRule, {"rating": 1}, "level_rule_is_above_missing"),
        (LevelRule, {"rating": 5}, "level_rule_is_above_missing"),
        (LevelRule, {"includes": 1}, "level_rule_includes_a_lower_level"),
        (LevelRule, {"includes": 4}, "level_rule_includes_a_lower_level"),
        (Criterion, {"source": "hearsay"}, "criterion_source_is_known"),
        (Criterion, {"at_least_percent": 5}, "criterion_with_a_measure_has_one_threshold"),
        (Criterion, {"more_than_percent": 5}, "criterion_with_a_measure_has_one_threshold"),
    ],
)
def test_the_tables_refuse_what_no_framework_says(rows, change, constraint):
    load_edition()
    ticked_or_rule = rows.objects.filter(**{"measure": None} if rows is Criterion else {})
    one = ticked_or_rule.filter(pk=ticked_or_rule.first().pk)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        one.update(**change)


@pytest.mark.parametrize(
    "change",
    [
        {"at_least_percent": None},
        {"more_than_percent": 50},
        {"measure": None},
    ],
)
def test_a_criterion_with_a_measure_and_not_exactly_one_threshold_is_refused(change):
    load_edition()
    fifth = Criterion.objects.filter(key="fifth")
    with (
        pytest.raises(IntegrityError, match="criterion_with_a_measure_has_one_threshold"),
        transaction.atomic(),
    ):
        fifth.update(**change)


# Faults


@pytest.mark.parametrize("code", EDITIONS)
def test_a_shipped_edition_has_no_faults(code):
    assert editions.faults(load_edition(code)) == []


def take_away_a_dimension(framework):
    EvidenceCategory.objects.all()
    Criterion.objects.filter(indicator__dimension__number=7).delete()
    framework.dimensions.get(number=7).delete()


def take_away_a_title(framework):
    framework.levels.get(rating=Rating.MEETS).delete()


def rule_of(framework, code, rating):
    return LevelRule.objects.get(
        indicator__dimension__framework=framework, indicator__code=code, rating=rating
    )


def take_away_a_rule(framework):
    rule_of(framework, "4.1", Rating.MEETS).delete()


def take_away_an_included_rule(framework):
    rule_of(framework, "2.2", Rating.MEETS).delete()


def ask_for_too_many(framework):
    LevelRule.objects.filter(pk=rule_of(framework, "4.1", Rating.MEETS).pk).update(at_least=9)


def ask_for_none(framework):
    rule_of(framework, "1.2", Rating.APPROACHES).criteria.clear()


def name_a_foreign_criterion(framework):
    foreign = Criterion.objects.get(indicator__code="2.2", key="d")
    rule_of(framework, "2.3", Rating.MEETS).criteria.add(foreign)


def criterion(code, key):
    return Criterion.objects.get(indicator__code=code, key=key)


def imply_in_a_circle(framework):
    criterion("1.1", "a-majority").implies.add(criterion("1.1", "a-all"))


def imply_a_foreign_criterion(framework):
    criterion("1.1", "c").implies.add(criterion("1.2", "b"))


def decide_by_a_foreign_measure(framework):
    measure = Measure.objects.get(indicator__code="1.3")
    Criterion.objects.filter(pk=criterion("4.2", "fifty").pk).update(measure=measure)


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (take_away_a_dimension, ["6 dimensions; the scorecard has 7.", "14 PIs; the score"]),
        (take_away_a_title, ["No title for meets."]),
        (take_away_a_rule, ["PI 4.1: no rule for meets."]),
        (
            take_away_an_included_rule,
            [
                "PI 2.2: no rule for meets.",
                "PI 2.2: EXCEEDS includes a level that has no rule.",
                "PI 2.2: no level uses the criterion b, c.",
            ],
        ),
        (ask_for_too_many, ["PI 4.1: MEETS asks for 9 of 4 criteria."]),
        (
            ask_for_none,
            [
                "PI 1.2: APPROACHES asks for 1 of 0 criteria.",
                "PI 1.2: no level uses the criterion a-some.",
            ],
        ),
        (name_a_foreign_criterion, ["PI 2.3: MEETS names criteria of another PI: d."]),
        (
            imply_in_a_circle,
            ["PI 1.1: a-majority implies itself.", "PI 1.1: a-all implies itself."],
        ),
        (imply_a_foreign_criterion, ["PI 1.1: c implies a criterion of another PI."]),
        (decide_by_a_foreign_measure, ["PI 4.2: a measure of another PI decides fifty."]),
    ],
)
def test_faults_names_what_is_wrong_and_nothing_else(damage, found):
    framework = load_edition()
    damage(framework)
    faults = editions.faults(framework)
    assert len(faults) == len(found)
    for fault, sentence in zip(faults, found, strict=True):
        assert fault.startswith(sentence)
