"""Reads the YAML of a framework file strictly: nothing repeated, nothing hidden, nothing huge.

Without Django. What the words mean is checked in framework_file.py.
"""

from pathlib import Path

import yaml

from scorecard.plain_text import printable

MAX_BYTES = 1_000_000
_MAX_DIGITS = 9  # longer numbers are nonsense here, and Python is slow or refuses to print them


class FrameworkFileRefused(Exception):
    """The file cannot be loaded; the text names the file, the line and the reason."""


class Mapping(dict):
    """A mapping of the file that knows the line on which it begins."""

    line = 0


class _Loader(yaml.SafeLoader):
    """Safe loading, plus line numbers, less what a plain text file does not need."""

    def compose_node(self, parent, index):
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent):  # aliases can make a small file huge
            raise _fault("an alias (*name) is not allowed here; write the text out", event)
        if event.tag is not None:
            raise _fault(f"a tag ({event.tag:.60}) is not allowed here", event)
        return super().compose_node(parent, index)

    def checked_mapping(self, node):
        self.flatten_mapping(node)
        mapping = Mapping()
        mapping.line = node.start_mark.line + 1
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise _fault(f"the key {key!r:.60} is not a word", key_node)
            if key in mapping:
                raise _fault(f"{key!r:.60} stands here twice", key_node)
            mapping[key] = self.construct_object(value_node, deep=True)
        return mapping

    def printable_text(self, node):
        return printable(self.construct_scalar(node))

    def short_number(self, node):
        if len(node.value) > _MAX_DIGITS:
            raise _fault("a number this long has no place here", node)
        whole = node.tag == "tag:yaml.org,2002:int"
        return self.construct_yaml_int(node) if whole else self.construct_yaml_float(node)


_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.checked_mapping)
_Loader.add_constructor("tag:yaml.org,2002:str", _Loader.printable_text)
_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.short_number)
_Loader.add_constructor("tag:yaml.org,2002:float", _Loader.short_number)


def _fault(reason, place):
    """place: an event or a node, which both know where they begin."""
    return yaml.constructor.ConstructorError(None, None, reason, place.start_mark)


def read_yaml(path: Path):
    """Return the content of the file; mappings are of the class Mapping.

    Raises FrameworkFileRefused.
    """
    text = _read_text(path)
    try:
        return yaml.load(text, Loader=_Loader)
    except RecursionError as reason:
        raise FrameworkFileRefused(f"{path.name}: nested too deeply to be a framework.") from reason
    except yaml.reader.ReaderError as reason:
        line = text.count("\n", 0, reason.position) + 1
        raise FrameworkFileRefused(
            f"{path.name}, line {line}: holds a character that YAML does not allow."
        ) from reason
    except yaml.MarkedYAMLError as reason:
        line = f", line {reason.problem_mark.line + 1}" if reason.problem_mark else ""
        raise FrameworkFileRefused(f"{path.name}{line}: {reason.problem}.") from reason
    except (yaml.YAMLError, ValueError) as reason:
        raise FrameworkFileRefused(f"{path.name}: not YAML ({reason}).") from reason


def _read_text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as reason:
        raise FrameworkFileRefused(f"{path}: cannot be read ({reason.strerror}).") from reason
    if len(raw) > MAX_BYTES:
        raise FrameworkFileRefused(f"{path.name}: larger than {MAX_BYTES:,} bytes.")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as reason:
        line = raw.count(b"\n", 0, reason.start) + 1
        raise FrameworkFileRefused(
            f"{path.name}, line {line}: not UTF-8 text; save it as UTF-8."
        ) from reason
