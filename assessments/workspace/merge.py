"""Two people on one thing: which of their changes fit together. Without Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Content = Mapping[str, Any]  # what a thing says, by field name


@dataclass(frozen=True, kw_only=True)
class Merge:
    """The content after both changes, and the fields that both changed differently.

    content holds what is stored for the fields in conflict: nothing is overwritten.
    """

    content: dict[str, Any]
    conflicts: dict[str, Any]  # what was sent, by field name


def merge(*, base: Content, stored: Content, sent: Content) -> Merge:
    """Return what the fields hold when a person's changes meet those stored meanwhile.

    base: what the person had before them. stored: what is there now. sent: what they send;
    it may lack fields, which they then did not touch.

    A field that the person left as it was keeps what is stored. One that nobody else changed,
    or changed to the same, takes what was sent. Any other is in conflict.
    """
    content, conflicts = dict(stored), {}
    for name, value in sent.items():
        if value == base.get(name) or value == stored.get(name):
            continue
        if stored.get(name) == base.get(name):
            content[name] = value
        else:
            conflicts[name] = value
    return Merge(content=content, conflicts=conflicts)
