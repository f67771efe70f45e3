"""Why a file is not stored, as data. Without Django: sentences.py puts it into words."""

from enum import StrEnum


class Reason(StrEnum):
    """What is wrong with a file; in brackets what FileRefused.values holds besides."""

    EMPTY = "empty"
    TOO_LARGE = "too large"  # size in bytes
    MISNAMED = "misnamed"  # kind: what it really is, the extension it should have
    OTHER_FORMAT = "other format"  # kind; save_as: the extension that is taken instead
    PASSWORD = "protected by a password"
    MACROS = "macros"  # save_as
    ARCHIVE = "archive"
    UNPACKS_TOO_LARGE = "unpacks too large"
    DAMAGED = "damaged"  # kind
    ACTIVE = "active content"
    PICTURE_TOO_LARGE = "picture too large"  # megapixels
    PROGRAM = "program"
    RECORDING = "recording"
    NOT_TEXT = "not text"
    UNKNOWN = "unknown"


class FileRefused(Exception):
    """The file cannot be stored; nothing was."""

    def __init__(self, reason: Reason, **values):
        super().__init__(reason, values)
        self.reason = reason
        self.values = values
