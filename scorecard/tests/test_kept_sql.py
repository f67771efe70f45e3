"""SQL that is put together once, and then only gets other values."""

import pytest
from django.db.models import Q

from accounts.models import Entity
from accounts.tests.factories import make_entity
from scorecard.kept_sql import rows

pytestmark = pytest.mark.django_db
puttings = []


@pytest.fixture(autouse=True)
def entities():
    puttings.clear()
    return [make_entity(acronym=name) for name in ("FAO", "ILO", "UNDP")]


def named(acronym, keys, besides):
    puttings.append(acronym)
    either = Q(acronym=acronym) | Q(pk__in=keys) | Q(pk=besides, name__contains=" ")
    return Entity.objects.filter(either).exclude(name="no such").values_list("acronym")


def acronyms(*values):
    return [acronym for (acronym,) in rows(named, *values)]


def test_each_call_gets_its_own_values(entities):
    fao, ilo, undp = (entity.pk for entity in entities)
    Entity.objects.filter(pk=undp).update(name="UN Development Programme")
    assert acronyms("FAO", [ilo], 0) == ["FAO", "ILO"]
    assert acronyms("ILO", [fao], undp) == ["FAO", "ILO", "UNDP"]
    assert acronyms("none", [undp], 0) == ["UNDP"]
    assert acronyms("none", [0], 0) == []


def test_lists_may_be_of_any_length(entities):
    keys = [entity.pk for entity in entities]
    for length in (0, 1, 3, 2):
        assert acronyms("none", keys[:length], 0) == ["FAO", "ILO", "UNDP"][:length]


def test_the_sql_is_put_together_once_for_each_length():
    for length in (1, 1, 2, 2, 1):
        acronyms("none", [0] * length, 0)
    assert len(puttings) <= 2  # another test of this process may have put it together before


def test_a_value_is_never_read_as_sql():
    assert acronyms("FAO' OR '1'='1", [0], 0) == []
