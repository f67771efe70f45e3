"""How two versions of a report differ, field by field, and whom a difference concerns.

Works on the report's JSON as report/as_json.py writes it, read back into dicts and lists.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

Path = tuple[str, ...]

# Names by which the members of a list are known from one version to the next.
NAMES = ("number", "code", "acronym", "name", "heading", "function", "title", "label", "text")
# Follow from other fields: shown only where nothing else differs.
DERIVED_CHAPTERS = {"overview", "change"}
DERIVED_FIELDS = {
    "sentence",
    "level_statement",
    "lacking_for_next",
    "criteria_give",
    "entry_count",
    "document_count",
    "entity_count",
    "person_count",
    "is_above",
    "lacking",
}


class Kind(StrEnum):
    RATING = "rating"
    CRITERION = "criterion"
    ACTION_POINT = "action_point"
    EVIDENCE_REMOVED = "evidence_removed"
    OTHER = "other"


MATERIAL = frozenset(Kind) - {Kind.OTHER}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One field before and after; "" where it was not there.

    code, point: the PI and the number of the action point that it belongs to, where it does.
    """

    kind: Kind
    path: Path
    before: str
    after: str
    code: str | None = None
    point: int | None = None


@dataclass(frozen=True, kw_only=True)
class SeatFacts:
    key: Hashable
    entity: Hashable
    is_resident_coordinator: bool


def difference(before: Mapping, after: Mapping) -> list[Change]:
    """Return what differs; [] only for contents that say the same."""
    changes = list(_changes(_facts(before), _facts(after)))
    if changes or before == after:
        return changes
    return list(_changes(dict(_leaves(before, ())), dict(_leaves(after, ()))))


def is_material(changes: Collection[Change]) -> bool:
    """A rating, a criterion, an action point, or evidence that is gone."""
    return any(change.kind in MATERIAL for change in changes)


def concerned(
    changes: Collection[Change],
    seats: Collection[SeatFacts],
    *,
    of_indicator: Mapping[str, Collection[Hashable]],
    of_point: Mapping[int, Collection[Hashable]],
) -> set[Hashable]:
    """Return the seats that a material change asks again.

    of_indicator, of_point: the entities that work on a PI, by its code, and on an action point,
    by its number.

    A rating is the word of the whole team and counts in every total: it concerns everybody.
    Anything smaller concerns the entities that work on it, and the resident coordinator. Where
    that finds nobody, or the class was raised without a field to point at, all are asked.
    """
    material = [change for change in changes if change.kind in MATERIAL]
    everybody = {seat.key for seat in seats}
    if not material or any(change.kind == Kind.RATING for change in material):
        return everybody
    entities = set()
    for change in material:
        entities |= set(of_indicator.get(change.code, ())) | set(of_point.get(change.point, ()))
    working = {seat.key for seat in seats if seat.entity in entities}
    coordinating = {seat.key for seat in seats if seat.is_resident_coordinator}
    return working | coordinating if working else everybody


def _changes(before: Mapping[Path, str], after: Mapping[Path, str]) -> Iterator[Change]:
    for path in [*before, *(path for path in after if path not in before)]:
        old, new = before.get(path, ""), after.get(path, "")
        if old != new:
            code, point = _place(path)
            is_gone = path not in after
            yield Change(
                kind=_kind(path, is_gone=is_gone),
                path=path,
                before=old,
                after=new,
                code=code,
                point=point,
            )


def _kind(path: Path, *, is_gone: bool) -> Kind:
    if path[0] == "action_plan" and "points" in path:
        return Kind.ACTION_POINT
    if path[0] == "evidence":
        return Kind.EVIDENCE_REMOVED if is_gone else Kind.OTHER
    if path[0] == "findings" and path[4:] in [("rating", "value"), ("is_reassessed",)]:
        return Kind.RATING
    if path[0] == "findings" and path[4:5] == ("criteria",) and path[-1] == "state":
        return Kind.CRITERION
    return Kind.OTHER


def _place(path: Path) -> tuple[str | None, int | None]:
    """The code of the PI and the number of the action point that a path leads to."""
    if path[0] == "findings" and len(path) > 3:
        return path[3], None
    if path[0] == "evidence" and len(path) > 1:
        return path[1], None
    if path[0] == "action_plan" and path[3:4] == ("points",):
        return None, int(path[4])
    return None, None


def _facts(content: Mapping) -> dict[Path, str]:
    """What a version says, each thing once: what follows from something else is left out."""
    facts = {
        path: value
        for path, value in _leaves(content, ())
        if path[0] not in DERIVED_CHAPTERS | {"evidence"} and not _is_derived(path)
    }
    return facts | dict(_documents(content.get("evidence", {})))


def _is_derived(path: Path) -> bool:
    """Also the words beside the number of a rating."""
    return bool(DERIVED_FIELDS & set(path)) or (
        path[0] == "findings" and path[4:5] == ("rating",) and path[5:] not in [(), ("value",)]
    )


def _documents(evidence: Mapping) -> Iterator[tuple[Path, str]]:
    """One fact for each document under a PI, known by its bytes wherever it is listed there."""
    for indicator in evidence.get("indicators", ()):
        for category in indicator["categories"]:
            for document in category["documents"]:
                known_by = document["sha256"] or document["link"] or document["title"]
                places = "; ".join(document["places"])
                yield (
                    ("evidence", indicator["code"], known_by),
                    " · ".join(filter(None, [document["title"], category["title"], places])),
                )


def _leaves(value, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _leaves(part, (*path, name))
    elif isinstance(value, list):
        for name, part in zip(_names(value), value, strict=True):
            yield from _leaves(part, (*path, name))
    else:
        yield path, _text(value)


def _names(rows: list) -> list[str]:
    """A name for each member of a list that it keeps when others come and go; else its place."""
    for name in NAMES:
        if all(isinstance(row, Mapping) and row.get(name) not in (None, "") for row in rows):
            names = [str(row[name]) for row in rows]
            if len(set(names)) == len(names):
                return names
    return [str(place) for place in range(1, len(rows) + 1)]


def _text(value) -> str:
    if value is None:
        return ""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
