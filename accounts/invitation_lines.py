"""Reads a pasted list of people: one a line, as people keep such lists. Pure.

amina@undp.org
Amina B. <amina@undp.org>
amina@undp.org; Coordinator; UNDP
Amina B. <amina@undp.org>; ; UNFPA        (an empty part: what is chosen for all)
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MAX_LINES = 100
MAX_NAME = 150
MAX_ADDRESS = 254
# Looser than the standard on odd characters, stricter on what typing errors look like.
ADDRESS = re.compile(r"[^\s@<>;,\"()]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)
NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")


class Problem(StrEnum):
    NO_ADDRESS = "no address"
    UNKNOWN_ROLE = "unknown role"
    UNKNOWN_ENTITY = "unknown entity"
    TOO_MANY_PARTS = "too many parts"
    TOO_LONG = "too long"
    REPEATED = "repeated"


@dataclass(frozen=True, kw_only=True)
class InvitedPerson:
    """One line that could be read. role and entity are None where the line leaves them open."""

    line: int
    email: str
    name: str
    role: str | None
    entity: str | None


@dataclass(frozen=True, kw_only=True)
class BadLine:
    """One line that could not be read, and the part of it that is in the way."""

    line: int
    problem: Problem
    part: str


@dataclass(kw_only=True)
class Reading:
    people: list[InvitedPerson] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)


def read_lines(text: str, *, roles: Mapping[str, str], entities: Iterable[str]) -> Reading:
    """Read every line; blank ones do not count.

    roles: role by each name people use for it, in lower case.
    entities: the known acronyms.
    """
    acronyms = {acronym.casefold(): acronym for acronym in entities}
    reading = Reading()
    seen = set()
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip(" \t;,"):
            continue
        result = _read(number, line, roles, acronyms)
        if isinstance(result, InvitedPerson):
            key = (result.email, result.role)
            if key in seen:
                result = BadLine(line=number, problem=Problem.REPEATED, part=result.email)
            seen.add(key)
        (reading.bad if isinstance(result, BadLine) else reading.people).append(result)
    return reading


def _read(number, line, roles, acronyms) -> InvitedPerson | BadLine:
    who, *rest = (part.strip() for part in line.strip().rstrip(",").split(";"))
    role_text, entity_text, *more = [*rest, "", ""]
    role = roles.get(role_text.casefold())
    entity = acronyms.get(entity_text.casefold())
    name, address = _split(who)

    def bad(problem, part):
        return BadLine(line=number, problem=problem, part=part)

    if not ADDRESS.fullmatch(address):
        return bad(Problem.NO_ADDRESS, who)
    if len(name) > MAX_NAME or len(address) > MAX_ADDRESS:
        return bad(Problem.TOO_LONG, who)
    if any(more):
        return bad(Problem.TOO_MANY_PARTS, "; ".join(filter(None, more)))
    if role_text and role is None:
        return bad(Problem.UNKNOWN_ROLE, role_text)
    if entity_text and entity is None:
        return bad(Problem.UNKNOWN_ENTITY, entity_text)
    return InvitedPerson(line=number, email=address.lower(), name=name, role=role, entity=entity)


def _split(who: str) -> tuple[str, str]:
    """Return name and address; a bare address has no name."""
    named = NAMED.fullmatch(who)
    if named is None:
        return "", who
    return named["name"].strip().strip("\"'").strip(), named["address"].strip()
