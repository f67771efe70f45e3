"""A report read back from its canonical JSON, so that what was kept can be shown again."""

import json
from dataclasses import fields, is_dataclass
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_type_hints

from report.contents import AssessmentReport


def from_json(content: str | bytes) -> AssessmentReport:
    """Return the report whose as_json() is these bytes.

    Fields that are no content, such as addresses on this site, come back empty. Raises KeyError
    or ValueError for what an other edition of this program wrote with other fields.
    """
    return _read(json.loads(content), AssessmentReport)


def _read(value: Any, kind: Any) -> Any:
    options = get_args(kind)
    if NoneType in options:
        (kind,) = set(options) - {NoneType}
        return None if value is None else _read(value, kind)
    if options:  # tuple[X, ...]
        return tuple(_read(item, options[0]) for item in value)
    if is_dataclass(kind):
        return _read_dataclass(value, kind)
    if issubclass(kind, Enum):
        return kind(value)
    if type(value) is not kind:
        raise ValueError(f"A {kind.__name__} is expected; got {value!r}.")
    return value


def _read_dataclass(value: dict, kind: Any) -> Any:
    kinds = get_type_hints(kind)
    names = {field.name: field.metadata.get("is_content", True) for field in fields(kind)}
    if unknown := value.keys() - {name for name, is_content in names.items() if is_content}:
        raise ValueError(f"{kind.__name__} has no {sorted(unknown)}.")
    return kind(
        **{
            name: _read(value[name], kinds[name]) if is_content else kinds[name]()
            for name, is_content in names.items()
        }
    )
