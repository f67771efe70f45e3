"""SQL that is put together once, and then only gets other values."""

import pytest
from django.contrib.auth.models import Group
from django.db.models import Q

from scorecard.kept_sql import rows

pytestmark = pytest.mark.django_db
puttings = []


@pytest.fixture
def groups():
    return [Group.objects.create(name=name) for name in ("ash", "elm tree", "oak")]


def named(name, keys, besides):
    puttings.append(name)
    either = Q(name=name) | Q(pk__in=keys) | Q(pk=besides, name__contains=" ")
    return Group.objects.filter(either).exclude(name="no such").order_by("name").values_list("name")


def names(*values):
    return [name for (name,) in rows(named, *values)]


def test_each_call_gets_its_own_values(groups):
    ash, elm, oak = (group.pk for group in groups)
    assert names("ash", [oak], 0) == ["ash", "oak"]
    assert names("oak", [ash], elm) == ["ash", "elm tree", "oak"]
    assert names("none", [elm], oak) == ["elm tree"]
    assert names("none", [0], 0) == []


def test_lists_may_be_of_any_length(groups):
    keys = [group.pk for group in groups]
    for length in (0, 1, 3, 2):
        assert names("none", keys[:length], 0) == ["ash", "elm tree", "oak"][:length]


def test_the_sql_is_put_together_once_for_each_length():
    puttings.clear()
    for length in (1, 1, 2, 2, 1):
        names("none", [0] * length, 0)
    assert len(puttings) <= 2  # another test of this process may have put it together before


@pytest.mark.parametrize(
    "build",
    [
        lambda name: Group.objects.filter(name__icontains=name).values_list("name"),
        lambda name: Group.objects.values_list("name"),
    ],
)
def test_a_query_that_does_not_send_a_value_as_it_is_is_refused(build):
    with pytest.raises(ValueError, match="as they are"):
        rows(build, "oak")


def test_a_truth_is_no_key():
    with pytest.raises(TypeError):
        rows(named, "oak", [0], True)


def test_a_value_is_never_read_as_sql(groups):
    assert names("ash' OR '1'='1", [0], 0) == []
