"""Why a workbook was not taken in, in one sentence: what is wrong, with which file, what to do."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.sentences import KINDS
from workbook.archive import MAX_BYTES, MAX_ROWS
from workbook.reasons import BookRefused, Reason

SENTENCES = {
    Reason.EMPTY: gettext_lazy(
        "“%(name)s” is empty: check the file on your computer and upload it again."
    ),
    Reason.TOO_LARGE: gettext_lazy(
        "“%(name)s” is too large, %(size)s where %(limit)s is the limit: take pictures and sheets "
        "that are not needed out of it and upload it again."
    ),
    Reason.NOT_A_WORKBOOK: gettext_lazy(
        "“%(name)s” is %(kind)s, not an Excel workbook: upload the workbook (.xlsx)."
    ),
    Reason.OLD_FORMAT: gettext_lazy(
        "“%(name)s” is %(kind)s: save it as an Excel workbook (.xlsx) and upload that."
    ),
    Reason.PASSWORD: gettext_lazy(
        "“%(name)s” is protected by a password: save it without one and upload that."
    ),
    Reason.MACROS: gettext_lazy(
        "“%(name)s” contains macros: save it as .xlsx, without macros, and upload that."
    ),
    Reason.UNPACKS_TOO_LARGE: gettext_lazy(
        "“%(name)s” unpacks to more than a workbook of this kind holds: copy the cells that count "
        "into a new workbook and upload that."
    ),
    Reason.DAMAGED: gettext_lazy(
        "“%(name)s” looks like an Excel workbook but cannot be read: open it in its program, save "
        "it under a new name and upload that."
    ),
    Reason.ENTITIES: gettext_lazy(
        "“%(name)s” refers to things outside itself (a document type or entities), which no "
        "spreadsheet program writes: save it anew as .xlsx and upload that."
    ),
    Reason.TOO_MANY_ROWS: gettext_lazy(
        "“%(name)s” has %(rows)s rows in the sheet “%(sheet)s”, the limit is %(limit_rows)s: "
        "delete the rows below the last one that you use and upload it again."
    ),
    Reason.NO_SHEET: gettext_lazy(
        "“%(name)s” shows no sheet with cells, only charts or hidden sheets: make the sheet with "
        "the table visible (right-click on a tab, then “Unhide”) and upload it again."
    ),
    Reason.TOO_MUCH_WORK: gettext_lazy(
        "“%(name)s” takes more time or memory to read than a workbook of this kind should: copy "
        "the cells that count into a new workbook and upload that."
    ),
    Reason.NOT_OURS: gettext_lazy(
        "“%(name)s” is not a scoring workbook of this site, or its hidden sheet is gone: download "
        "the workbook here and copy your texts into it."
    ),
    Reason.OTHER_FORM: gettext_lazy(
        "“%(name)s” was downloaded from another release of this site: download the workbook anew "
        "and copy your texts into it."
    ),
    Reason.OTHER_TEAM: gettext_lazy(
        "“%(name)s” belongs to the team %(theirs)s, this assessment to %(ours)s: upload it there."
    ),
    Reason.OTHER_YEAR: gettext_lazy(
        "“%(name)s” is the workbook of %(theirs)s, this assessment is that of %(ours)s: upload it "
        "there."
    ),
    Reason.OTHER_EDITION: gettext_lazy(
        "“%(name)s” was made for the edition %(theirs)s, this assessment follows %(ours)s: "
        "download the workbook anew and copy your texts into it."
    ),
    Reason.OTHER_ASSESSMENT: gettext_lazy(
        "“%(name)s” comes from another site or assessment: download the workbook here and copy "
        "your texts into it."
    ),
    Reason.NO_TABLE: gettext_lazy(
        "“%(name)s” has no sheet with the columns %(names)s: download the workbook anew, or write "
        "the names of the columns as they were."
    ),
    Reason.NO_COLUMN: gettext_lazy(
        "“%(name)s” has no column %(names)s in the sheet “%(sheet)s”: write its name as it was "
        "and upload it again."
    ),
    Reason.TWO_COLUMNS: gettext_lazy(
        "“%(name)s” has two columns “%(column)s” in the sheet “%(sheet)s”: rename or delete one "
        "of them and upload it again."
    ),
    Reason.MERGED: gettext_lazy(
        "“%(name)s” has merged cells in the table, %(sheet)s!%(cells)s: take the merge back and "
        "upload it again."
    ),
}
NO_FILE = gettext_lazy("No file arrived: choose one, then press “Upload”.")


def sentence(refusal: BookRefused, *, name: str) -> str:
    """Put the refusal of the file of this name into words."""
    values = refusal.values
    return SENTENCES[refusal.reason] % {
        **dict.fromkeys(["theirs", "ours", "sheet", "cells", "names", "rows"], ""),
        **values,
        "name": name,
        "column": values.get("name", ""),
        "kind": KINDS.get(values.get("kind"), _("of another kind")),
        "size": filesizeformat(values.get("size", 0)),
        "limit": _("%(number)s MB") % {"number": MAX_BYTES // 1024**2},
        "limit_rows": MAX_ROWS,
    }
