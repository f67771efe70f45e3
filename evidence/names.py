"""Names of files as people see them. Without Django. On disk a file has a name of ours."""

import re
from pathlib import PurePosixPath

from scorecard.plain_text import printable

MAX_NAME = 150  # characters
# Marks that turn the reading direction or have no width: with them, one name looks like another.
_INVISIBLE = re.compile(r"[\u061c\u200b\u200e\u200f\u2060-\u206f\ufeff]")
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')  # some systems cannot save such a name
_EXTENSION = re.compile(r"\.([A-Za-z][A-Za-z0-9]{1,7})$")


def shown_name(name: str) -> str:
    """Return the name in one line, without folders and without what deceives the eye.

    At most MAX_NAME characters, the extension kept; "file" where nothing is left.
    """
    name = _INVISIBLE.sub("", printable(name.replace("\\", "/"))).rstrip("/ ")
    name = _NOT_IN_NAMES.sub("_", PurePosixPath(name).name)
    name = " ".join(name.split()).strip(". ")
    return _shortened(name) or "file"


def _shortened(name):
    suffix = _suffix(name)
    return name.removesuffix(suffix)[: MAX_NAME - len(suffix)].rstrip() + suffix


def _suffix(name):
    found = _EXTENSION.search(name)
    return found.group(0) if found else ""


def extension_of(name: str) -> str:
    """Return "pdf" of "Report.PDF"; "" of "Concept note 09.12", which has none."""
    return _suffix(name).lower().removeprefix(".")


def with_extension(name: str, extension: str) -> str:
    """Return the name as it is where it has an extension, else with this one."""
    return name if extension_of(name) else f"{name}.{extension}"


def title_of(name: str) -> str:
    """Return what a document is called until a person gives it a title."""
    return name.removesuffix(_suffix(name)).replace("_", " ").strip() or name
