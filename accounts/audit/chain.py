"""A chain of records: each holds a code over its content and the code of the one before.

Whoever changes, removes or reorders a row without the key leaves a chain that does not fit.
"""

import hmac
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

START = ""  # what stands for the code before the first


@dataclass(frozen=True, kw_only=True)
class Link:
    """One record of a chain as it is stored.

    number: its place, from 1 on without gaps.
    content: all that it says, in texts, whole numbers and None.
    """

    number: int
    content: Mapping[str, str | int | None]
    previous: str
    code: str


class FaultKind(StrEnum):
    MISSING = "missing"
    NOT_NEXT = "does not follow from the one before"
    ALTERED = "altered"
    NOT_NEWEST = "not the one noted as the newest"


@dataclass(frozen=True)
class Fault:
    """What does not fit, and where: the numbers from first to last, both included."""

    kind: FaultKind
    first: int
    last: int


def canonical(content: Mapping[str, str | int | None]) -> bytes:
    """The one way to write content down: sorted keys, no spaces, composed letters, UTF-8."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return unicodedata.normalize("NFC", text).encode()


def code_of(content, *, number: int, previous: str, key: bytes) -> str:
    """HMAC-SHA256 over content, place and the code before, as 64 hexadecimal digits."""
    whole = {**content, "number": number, "previous": previous}
    return hmac.new(key, canonical(whole), "sha256").hexdigest()


def faults(links: Iterable[Link], *, key: bytes, last: tuple[int, str]) -> Iterator[Fault]:
    """Yield each place where a chain does not fit. What it is called stands in log.py.

    links: in the order of their numbers.
    last: number and code of the newest link, as noted beside the chain; (0, START) for none.
    """
    number, previous = 0, START
    for link in links:
        if link.number != number + 1:
            yield Fault(FaultKind.MISSING, number + 1, link.number - 1)
        elif link.previous != previous:
            yield Fault(FaultKind.NOT_NEXT, link.number, link.number)
        expected = code_of(link.content, number=link.number, previous=link.previous, key=key)
        if not hmac.compare_digest(expected, link.code):
            yield Fault(FaultKind.ALTERED, link.number, link.number)
        number, previous = link.number, link.code
    if number < last[0]:
        yield Fault(FaultKind.MISSING, number + 1, last[0])
    elif (number, previous) != last:
        yield Fault(FaultKind.NOT_NEWEST, number, number)
