"""An edition that an assessment uses is never altered (a test of the framework from above)."""

import pytest

from accounts.models import CooperationFramework, CountryTeam
from assessments.models import Assessment
from scorecard.models import Criterion, Framework
from scorecard.tests.factories import indicator_row, load_changed, load_edition

pytestmark = pytest.mark.django_db


def change_a_word(content):
    indicator_row(content, "1.1")["criteria"][0]["text"] = "Another wording"


def use(framework):
    team = CountryTeam.objects.create(code="KAZ", country="Kazakhstan")
    cycle = CooperationFramework.objects.create(
        team=team, title="UNSDCF", first_year=2021, last_year=2025
    )
    return Assessment.objects.create(
        team=team, cooperation_framework=cycle, framework=framework, kind="annual", year=2022
    )


def contents(framework):
    criteria = Criterion.objects.filter(indicator__dimension__framework=framework)
    return list(criteria.order_by("pk").values_list("pk", "text"))


def test_a_changed_text_of_an_edition_in_use_becomes_a_new_revision():
    first = load_edition()
    assessment = use(first)
    before = contents(first)

    loaded = load_changed(change_a_word)

    assert (loaded.is_new, loaded.framework.revision) == (True, 2)
    assert Framework.objects.latest_of("unct-swap-2018") == loaded.framework
    assert contents(first) == before
    assessment.refresh_from_db()
    assert assessment.framework == first


def test_a_new_revision_that_nothing_uses_is_replaced_while_the_old_one_stays():
    first = load_edition()
    use(first)
    load_changed(change_a_word)

    def change_another_word(content):
        change_a_word(content)
        content["dimensions"][0]["title"] = "Planning together"

    loaded = load_changed(change_another_word)

    assert (loaded.is_new, loaded.framework.revision) == (True, 2)
    assert list(Framework.objects.values_list("revision", flat=True)) == [2, 1]


def test_loading_an_edition_in_use_again_changes_nothing():
    first = load_edition()
    use(first)
    assert load_edition() == first
    assert Framework.objects.count() == 1
