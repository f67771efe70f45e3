"""From an uploaded file to its cells: recognised by content, read in a child with limits."""

import json
from typing import BinaryIO

from evidence import filetypes
from evidence.reasons import FileRefused
from evidence.reasons import Reason as FileReason
from scorecard.child import Busy, ChildError, ChildPool, OutOfMemory, TimedOut
from workbook.archive import MAX_BYTES
from workbook.grid import Book
from workbook.reasons import BookRefused, Reason

READERS = ChildPool(seconds=10, megabytes=800)
READ = "workbook.cells:read_as_json"

_SAME_REASON = {
    FileReason.EMPTY: Reason.EMPTY,
    FileReason.PASSWORD: Reason.PASSWORD,
    FileReason.MACROS: Reason.MACROS,
    FileReason.UNPACKS_TOO_LARGE: Reason.UNPACKS_TOO_LARGE,
    FileReason.DAMAGED: Reason.DAMAGED,
}
_OLD = {"xls", "xlsb", "xltx", "ods", "csv"}


def receive(stream: BinaryIO, *, name: str, size: int) -> bytes:
    """Return the bytes of what looks like a workbook. Raises BookRefused."""
    if size > MAX_BYTES:
        raise BookRefused(Reason.TOO_LARGE, size=size)
    _check_kind(stream, name=name, size=size)
    stream.seek(0)
    return stream.read()


def read_in_child(data: bytes) -> Book:
    """Raises BookRefused, or Busy."""
    try:
        answer = json.loads(READERS.run(READ, data))
    except Busy:
        raise
    except (TimedOut, OutOfMemory) as end:
        raise BookRefused(Reason.TOO_MUCH_WORK) from end
    except ChildError as end:
        raise BookRefused(Reason.DAMAGED) from end
    if "refused" in answer:
        raise BookRefused(answer["refused"], **answer["values"])
    return Book.from_json(answer)


def _check_kind(stream, *, name, size):
    try:
        kind = filetypes.check(stream, name=name, size=size).extension
    except FileRefused as refusal:
        kind = refusal.values.get("kind")
        if refusal.reason in _SAME_REASON and kind in (None, "xlsx", "office"):
            raise BookRefused(_SAME_REASON[refusal.reason]) from refusal
    if kind != "xlsx":
        reason = Reason.OLD_FORMAT if kind in _OLD else Reason.NOT_A_WORKBOOK
        raise BookRefused(reason, kind=kind)
