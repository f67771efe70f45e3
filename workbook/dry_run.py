"""What an upload would change, what stands against it, and what somebody has to decide."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

from workbook.filled import Entry, Filled, Refusal
from workbook.stamp import fingerprint

MINE, THEIRS = "mine", "theirs"


class Subject(Protocol):
    """Something whose fields a workbook can change: a PI, an action point."""

    content: Mapping[str, Any]
    title: str
    url: str
    last_change: str

    def refusal_of(self, name: str) -> str: ...
    def label(self, name: str) -> str: ...
    def in_words(self, name: str, value: Any) -> str: ...
    def faults(self, changes: Mapping[str, Any]) -> list[tuple[str, str]]: ...
    def effect(self, changes: Mapping[str, Any]) -> str: ...
    def save(self, changes: Mapping[str, Any], *, by, source: str): ...


@dataclass(frozen=True, kw_only=True)
class Change:
    """One field, before and after, in words."""

    name: str
    label: str
    address: str
    before: str
    after: str
    value: Any


@dataclass(frozen=True, kw_only=True)
class Conflict(Change):
    """A field that was changed in the workbook and on the site.

    choice: "" until decided. fault: what stands against what was chosen.
    """

    key: str
    by: str
    choice: str
    fault: str = ""

    @property
    def is_mine(self) -> bool:
        return self.choice == MINE

    @property
    def is_theirs(self) -> bool:
        return self.choice == THEIRS


@dataclass(frozen=True, kw_only=True)
class ChangedSubject:
    """What would change in one subject: changes as they are, conflicts as decided."""

    subject: Subject
    changes: Sequence[Change]
    conflicts: Sequence[Conflict]
    effect: str

    @property
    def accepted(self) -> dict[str, Any]:
        decided = [conflict for conflict in self.conflicts if conflict.is_mine]
        return {change.name: change.value for change in (*self.changes, *decided)}


@dataclass(frozen=True, kw_only=True)
class DryRun:
    subjects: Sequence[ChangedSubject]
    refusals: Sequence[Refusal]
    extra: Sequence[str]

    @cached_property
    def change_count(self) -> int:
        return sum(len(subject.changes) for subject in self.subjects)

    @cached_property
    def conflicts(self) -> list[Conflict]:
        return [conflict for subject in self.subjects for conflict in subject.conflicts]

    @cached_property
    def undecided(self) -> int:
        return sum(not conflict.choice for conflict in self.conflicts)

    @property
    def has_faults(self) -> bool:
        return any(conflict.fault for conflict in self.conflicts)

    @property
    def changes_something(self) -> bool:
        return bool(self.change_count or self.conflicts)

    @property
    def digest(self) -> str:
        """Equal as long as the dry run says the same, decisions aside."""
        changes = [
            (change.address, change.name, change.before, change.after)
            for subject in self.subjects
            for change in (*subject.changes, *subject.conflicts)
        ]
        refusals = [(refusal.address, refusal.sentence) for refusal in self.refusals]
        return fingerprint([changes, refusals])


def dry_run(
    filled: Filled,
    subjects: Mapping[str, Subject],
    fingerprints: Mapping[tuple[str, str], str],
    *,
    choices: Mapping[str, str],
) -> DryRun:
    """Hold what was filled in against what is stored.

    fingerprints: of the fields when the workbook was made.
    choices: MINE or THEIRS by the key of a conflict, as far as decided.

    What was not touched in the workbook stays as it is on the site, whatever happened there.
    """
    refusals = list(filled.refusals)
    by_subject: dict[str, dict[str, Entry]] = defaultdict(dict)
    for (thing, name), entry in filled.entries.items():
        if thing in subjects and _is_touched(entry, fingerprints.get((thing, name))):
            by_subject[thing][name] = entry
    changed = [
        _changed(thing, subjects[thing], entries, fingerprints, choices, refusals)
        for thing in subjects
        if (entries := by_subject.get(thing))
    ]
    return DryRun(
        subjects=[subject for subject in changed if subject.changes or subject.conflicts],
        refusals=refusals,
        extra=filled.extra,
    )


def _is_touched(entry, downloaded):
    return fingerprint(entry.value) != downloaded


def _changed(thing, subject, entries, fingerprints, choices, refusals) -> ChangedSubject:
    changes, conflicts = [], []
    for name, entry in entries.items():
        stored = subject.content[name]
        if entry.value == stored:
            continue
        if sentence := subject.refusal_of(name):
            refusals.append(Refusal(address=entry.address, sentence=sentence))
            continue
        facts = {
            "name": name,
            "label": subject.label(name),
            "address": entry.address,
            "before": subject.in_words(name, stored),
            "after": subject.in_words(name, entry.value),
            "value": entry.value,
        }
        if fingerprint(stored) == fingerprints.get((thing, name)):
            changes.append(Change(**facts))
        else:
            key = f"{thing} {name}"
            choice = choices.get(key, "")
            conflicts.append(Conflict(**facts, key=key, by=subject.last_change, choice=choice))
    return _sound(subject, changes, conflicts, refusals)


def _sound(subject, changes, conflicts, refusals) -> ChangedSubject:
    """Leave out what the subject does not take; of what was decided, say what it does not take."""
    while changes and (faults := _faults(subject, changes)):
        blamed = _blamed({change.name for change in changes}, faults.keys())
        general = next(iter(faults.values()))
        refusals += [
            Refusal(address=change.address, sentence=faults.get(change.name, general))
            for change in changes
            if change.name in blamed
        ]
        changes = [change for change in changes if change.name not in blamed]
    mine = [conflict for conflict in conflicts if conflict.is_mine]
    if mine and (faults := _faults(subject, [*changes, *mine])):
        conflicts = [_with_fault(conflict, faults) for conflict in conflicts]
    changed = ChangedSubject(subject=subject, changes=changes, conflicts=conflicts, effect="")
    return replace(changed, effect=subject.effect(changed.accepted) if changed.accepted else "")


def _faults(subject, changes) -> dict[str, str]:
    """The first fault of each field, the first of all first."""
    found = subject.faults({change.name: change.value for change in changes})
    faults: dict[str, str] = {}
    for name, sentence in found:
        faults.setdefault(name, sentence)
    return faults


def _with_fault(conflict, faults) -> Conflict:
    if not conflict.is_mine:
        return conflict
    return replace(conflict, fault=faults.get(conflict.name, next(iter(faults.values()))))


def _blamed(names: Set[str], faulty: Set[str]) -> Set[str]:
    """Return which of the changed fields a fault lies in.

    One of a field that did not change follows from all together: above all from a new rating,
    which lacks its reason.
    """
    own = names & faulty
    if "rating" in names and own <= {"difference_reason", "regression_reason"}:
        return {"rating"}
    return own or names
