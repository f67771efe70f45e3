"""The PIs of an edition with their rules, read once a process: a loaded edition never changes."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType

from scorecard.models import Framework, Indicator


def indicators_of(framework: Framework) -> Mapping[int, Indicator]:
    """Return the PIs by primary key, ready for the rating engine. Shared: to be read only.

    Six queries the first time, none afterwards. The time of loading is part of the key, since
    after a rollback another revision can get the same primary key.
    """
    return _indicators(framework.pk, framework.loaded_at)


@lru_cache(maxsize=16)
def _indicators(framework_pk: int, loaded_at: datetime) -> Mapping[int, Indicator]:
    indicators = Indicator.objects.of_framework(framework_pk).with_rules()
    return MappingProxyType({indicator.pk: indicator for indicator in indicators})
