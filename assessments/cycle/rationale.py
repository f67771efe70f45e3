"""What the rationale for the chosen PIs says of them."""

import re
from collections.abc import Collection

_CODE = re.compile(r"(?<![\d.])\d\.\d(?![\d])")


def left_out(rationale: str, chosen: Collection[str]) -> list[str]:
    """Return the codes of the chosen PIs that a rationale leaves out although it names others.

    A rationale that names none of them speaks of all; it may name PIs that were not chosen.
    """
    named = set(_CODE.findall(rationale))
    return sorted(set(chosen) - named) if named & set(chosen) else []
