"""Why a workbook cannot be taken in at all, as data. Without Django: sentences.py has the words."""

from enum import StrEnum


class Reason(StrEnum):
    """What is wrong with a file; in brackets what BookRefused.values holds besides."""

    EMPTY = "empty"
    TOO_LARGE = "too large"  # size in bytes
    NOT_A_WORKBOOK = "not a workbook"  # kind: as evidence.sentences.KINDS names it
    OLD_FORMAT = "old format"  # kind
    PASSWORD = "protected by a password"
    MACROS = "macros"
    UNPACKS_TOO_LARGE = "unpacks too large"
    DAMAGED = "damaged"
    ENTITIES = "entities"  # XML that defines its own words, or names others' files
    TOO_MANY_ROWS = "too many rows"  # sheet, rows
    NO_SHEET = "no sheet"  # that can be seen: only charts and hidden sheets
    TOO_MUCH_WORK = "too much work"  # more time or memory than one reading gets
    # Sound files that are not the workbook that is asked for
    NOT_OURS = "not ours"
    OTHER_FORM = "other form"  # a workbook of an earlier or later form of this site
    OTHER_TEAM = "other team"  # theirs, ours
    OTHER_YEAR = "other year"  # theirs, ours
    OTHER_EDITION = "other edition"  # theirs, ours
    OTHER_ASSESSMENT = "other assessment"
    NO_TABLE = "no table"  # names: the headings that were looked for
    NO_COLUMN = "no column"  # sheet, names: the headings that are missing
    TWO_COLUMNS = "two columns"  # sheet, name
    MERGED = "merged"  # sheet, cells


class BookRefused(Exception):
    """The file cannot be taken in; nothing was written."""

    def __init__(self, reason: Reason, **values):
        super().__init__(reason, values)
        self.reason = Reason(reason)
        self.values = values
