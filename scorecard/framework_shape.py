"""Checks the shape of a parsed framework file: names, kinds, lengths. Without Django."""

import re

from scorecard.framework_yaml import FrameworkFileRefused, Mapping

# The most characters that the database holds of a text, by its name in the file.
MAX_CHARACTERS = {
    "code": 50,
    "title": 100,
    "edition": 20,
    "publisher": 200,
    "supersedes": 50,
    "statement": 300,
    "lead": 200,
    "key": 30,
    "letter": 2,
    "numerator": 100,
    "denominator": 100,
    "breakdown": 100,
}
# These stand in addresses and on the command line.
_PLAIN_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KIND_WORDS = {
    str: "a text (in quotes if it looks like a number)",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    Mapping: "a mapping of names to values",
}


class Shape:
    """Refuses with the file's name, the line and a reason what is not of the shape asked for."""

    def __init__(self, file_name):
        self.file_name = file_name

    def refuse(self, line, reason):
        raise FrameworkFileRefused(f"{self.file_name}, line {line}: {reason}")

    def keys(self, mapping, where, *, required, optional=None):
        optional = optional or {}
        if not isinstance(mapping, Mapping):
            self.refuse(1, f"{where} is not a mapping of names to values.")
        for key, kind in (required | optional).items():
            if key not in mapping:
                if key in required:
                    self.refuse(mapping.line, f"{where} lacks {key!r}.")
                continue
            value = mapping[key]
            kinds = kind if isinstance(kind, tuple) else (kind,)
            if type(value) not in kinds or (kind is str and not value.strip()):
                named = " or ".join(_KIND_WORDS[kind] for kind in kinds)
                self.refuse(mapping.line, f"{where}: {key!r} must be {named}; it is {value!r:.60}.")
            if kind is str and key in MAX_CHARACTERS:
                self.short(value, MAX_CHARACTERS[key], mapping.line, f"{where}: {key!r}")
        if unknown := [key for key in mapping if key not in required and key not in optional]:
            self.refuse(mapping.line, f"{where}: {unknown[0]!r:.60} is not a name known here.")

    def plain_key(self, key, line, what):
        if not _PLAIN_KEY.fullmatch(key):
            self.refuse(line, f"{what} {key!r}: write small letters, digits and hyphens only.")

    def short(self, text, limit, line, what):
        if len(text) > limit:
            self.refuse(line, f"{what} has {len(text)} characters; at most {limit} fit.")

    def mappings(self, rows, line, where, *, empty=False):
        if not rows and not empty:
            self.refuse(line, f"{where}: the list is empty.")
        for row in rows:
            if not isinstance(row, Mapping):
                self.refuse(line, f"{where}: {row!r:.60} is not a mapping of names to values.")
        return rows

    def texts(self, rows, line, where):
        if not rows or not all(isinstance(row, str) and row.strip() for row in rows):
            self.refuse(line, f"{where}: a list of texts is needed; it is {rows!r:.60}.")

    def unique(self, values, line, what):
        seen = set()
        for value in values:
            if value in seen:
                self.refuse(line, f"{what} {value!r:.60} stands twice.")
            seen.add(value)

    def known(self, names, known, line, where):
        if unknown := [name for name in names if name not in known]:
            self.refuse(
                line, f"{where} names {unknown[0]!r:.60}; known are {', '.join(known) or 'none'}."
            )
